/** Files of a fixture, and where its cursor is. */
export interface Fixture {
  /** Text by URI, in the order written; the first file is the root. */
  readonly files: ReadonlyMap<string, string>;
  readonly cursor?: { readonly uri: string; readonly offset: number };
}

/** URI of a file of a fixture: `/shop.sysd` → `file:///shop.sysd`. */
export const fixtureUri = (path: string): string => `file://${path}`;

/** The file of a fixture that names none. */
export const ONLY_FILE = '/design.sysd';

const MARKER = /^\s*~+ [a-z-]+: /;

/**
 * Reads a fixture: `//- /file.sysd` begins a file, `$0` is the cursor, lines of `~~~ rule: message` (what is expected of the line above)
 * are left out.
 */
export function readFixture(text: string): Fixture {
  const files = new Map<string, string>();
  let cursor: Fixture['cursor'];
  for (const { path, lines } of split(text)) {
    let content = lines.filter((line) => !MARKER.test(line)).join('\n');
    const offset = content.indexOf('$0');
    if (offset >= 0) {
      if (cursor) throw new Error('a fixture has one cursor ($0)');
      cursor = { uri: fixtureUri(path), offset };
      content = content.slice(0, offset) + content.slice(offset + 2);
    }
    files.set(fixtureUri(path), content);
  }
  return cursor ? { files, cursor } : { files };
}

function split(text: string): { path: string; lines: string[] }[] {
  const parts: { path: string; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const head = /^\/\/- (\/\S+)\s*$/.exec(line);
    if (head) parts.push({ path: head[1] as string, lines: [] });
    else if (parts.length > 0) parts.at(-1)?.lines.push(line);
    else parts.push({ path: ONLY_FILE, lines: [line] });
  }
  return parts;
}

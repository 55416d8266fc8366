import { readString } from '../../parser/values.ts';
import { typeOf } from '../text/lex.ts';
import { remember, type Snapshot, tokensOf } from '../text/snapshot.ts';

/** What a file says about the design that it belongs to. */
export interface Outlook {
  /** Canonical URIs of the files that it imports. */
  readonly imports: readonly string[];
  /** It has `system`: it is a design of its own. */
  readonly system: boolean;
}

export function outlookOf(of: Snapshot): Outlook {
  return remember(of, look);
}

function look(of: Snapshot): Outlook {
  const { tokens } = tokensOf(of);
  const imports: string[] = [];
  let system = false;
  tokens.forEach((token, i) => {
    const type = typeOf(token);
    if (type === 'system') system = true;
    const path = tokens[i + 1];
    if (type !== 'import' || !path || typeOf(path) !== 'STRING') return;
    const uri = resolveImport(of.uri, readString(path.image));
    if (uri !== undefined) imports.push(uri);
  });
  return { imports, system };
}

/** URI of an imported path, relative to the importing document; undefined where it cannot be one. */
export function resolveImport(from: string, path: string): string | undefined {
  if (path === '' || !from.startsWith('file:')) return undefined;
  try {
    return new URL(path.split('/').map(encodeURIComponent).join('/'), from).href;
  } catch {
    return undefined;
  }
}

/**
 * Designs to which a file belongs: itself if it has `system`, else the files with `system` that import it, directly or not, sorted.
 * None: nobody imports it.
 */
export function rootsOf(uri: string, all: Iterable<string>, read: (uri: string) => Snapshot | undefined): string[] {
  const own = read(uri);
  if (own && outlookOf(own).system) return [uri];
  const importers = new Map<string, string[]>();
  for (const file of new Set(all)) {
    const from = read(file);
    for (const to of from ? outlookOf(from).imports : []) importers.set(to, [...(importers.get(to) ?? []), file]);
  }
  const roots = new Set<string>();
  const seen = new Set([uri]);
  for (const at of seen) {
    for (const importer of importers.get(at) ?? []) {
      seen.add(importer);
      const from = read(importer);
      if (from && outlookOf(from).system) roots.add(importer);
    }
  }
  return [...roots].sort();
}

import { absolute, type Diagnostic } from '@sysd/core';
import { fixtureUri, ONLY_FILE } from './fixture.ts';

/**
 * The files with each diagnostic below its line, as `~~~ rule: message` under the text that it is about (up to the end of its first line).
 * This is the fixture that would expect exactly these diagnostics.
 */
export function annotate(files: ReadonlyMap<string, string>, diagnostics: readonly Diagnostic[]): string {
  const parts: string[] = [];
  for (const [uri, text] of files) {
    if (files.size > 1 || uri !== fixtureUri(ONLY_FILE)) parts.push(`//- ${uri.replace('file://', '')}`);
    parts.push(annotateFile(uri, text, diagnostics));
  }
  return parts.join('\n');
}

function annotateFile(uri: string, text: string, diagnostics: readonly Diagnostic[]): string {
  const own = diagnostics.map((d) => ({ ...absolute(d.span), d })).filter((x) => x.uri === uri);
  const out: string[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    out.push(line);
    const end = offset + line.length;
    const here = own
      .filter((x) => x.start >= offset && x.start <= end)
      .sort((a, b) => a.start - b.start || a.d.rule.localeCompare(b.d.rule));
    for (const { start, end: to, d } of here) {
      const width = Math.max(1, Math.min(to, end) - start);
      out.push(`${' '.repeat(start - offset)}${'~'.repeat(width)} ${d.rule}: ${d.message.replaceAll('\n', ' ')}`);
    }
    offset = end + 1;
  }
  return out.join('\n');
}

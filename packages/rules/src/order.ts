import { absolute, type Diagnostic } from '@sysd/core';

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Order of diagnostics: file, position, rule, message. By code units: the same everywhere. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  const x = absolute(a.span);
  const y = absolute(b.span);
  return byText(x.uri, y.uri) || x.start - y.start || x.end - y.end || byText(a.rule, b.rule) || byText(a.message, b.message);
}

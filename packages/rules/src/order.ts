import { absolute, type Diagnostic } from '@sysd/core';

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Placed {
  readonly diagnostic: Diagnostic;
  readonly uri: string;
  readonly start: number;
  readonly end: number;
}

function placed(diagnostic: Diagnostic): Placed {
  const { uri, start, end } = absolute(diagnostic.span);
  return { diagnostic, uri, start, end };
}

function compare(a: Placed, b: Placed): number {
  return (
    (a.uri === b.uri ? 0 : byText(a.uri, b.uri)) ||
    a.start - b.start ||
    a.end - b.end ||
    byText(a.diagnostic.rule, b.diagnostic.rule) ||
    byText(a.diagnostic.message, b.diagnostic.message)
  );
}

/** Order of diagnostics: file, position, rule, message. By code units: the same everywhere. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return compare(placed(a), placed(b));
}

/** In that order, the place of each looked up once. */
export function sorted(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics
    .map(placed)
    .sort(compare)
    .map((p) => p.diagnostic);
}

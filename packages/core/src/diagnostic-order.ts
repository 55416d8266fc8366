import type { Diagnostic } from './diagnostic.ts';
import { absolute } from './source.ts';

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

function compare(a: Placed, b: Placed, byFile: (a: string, b: string) => number): number {
  return (
    (a.uri === b.uri ? 0 : byFile(a.uri, b.uri)) ||
    a.start - b.start ||
    a.end - b.end ||
    byText(a.diagnostic.rule, b.diagnostic.rule) ||
    byText(a.diagnostic.message, b.diagnostic.message)
  );
}

/** Diagnostics by file, position, rule, message; by code units, so the same everywhere. Equal ones keep their order. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[], byFile: (a: string, b: string) => number = byText): Diagnostic[] {
  return diagnostics
    .map(placed)
    .sort((a, b) => compare(a, b, byFile))
    .map((p) => p.diagnostic);
}

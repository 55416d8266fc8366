import type { Diagnostic, Severity, Span } from '@sysd/core';
import { documentationUrl } from '@sysd/rules';
import {
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  type Location,
  type Diagnostic as LspDiagnostic,
  type Range,
} from 'vscode-languageserver';
import { rangeOf, type Snapshot } from '../text/snapshot.ts';

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** How spans become ranges: the text of a file, and the spelling of its URI that the editor uses. */
export interface Places {
  read(uri: string): Snapshot | undefined;
  clientUri(uri: string): string;
}

export function locate(uri: string, start: number, end: number, places: Places): Location | undefined {
  const text = places.read(uri);
  return text ? { uri: places.clientUri(uri), range: rangeOf(text, start, end) } : undefined;
}

/** What was made of a diagnostic last: the same object as long as it is shown at the same places, so that nothing is sent again for it. */
const made = new WeakMap<Diagnostic, LspDiagnostic>();

/** A diagnostic in LSP's form, at a range that the caller has found for it. `locationOf` finds those of what is related. */
export function toLsp(diagnostic: Diagnostic, range: Range, locationOf: (span: Span) => Location | undefined): LspDiagnostic {
  const related: DiagnosticRelatedInformation[] = [];
  for (const { span, message } of diagnostic.related ?? []) {
    const location = locationOf(span);
    if (location) related.push({ location, message });
  }
  const known = made.get(diagnostic);
  if (known && sameRange(known.range, range) && sameRelated(known.relatedInformation ?? [], related)) return known;
  const tags = (diagnostic.tags ?? []).map((tag) => (tag === 'unnecessary' ? DiagnosticTag.Unnecessary : DiagnosticTag.Deprecated));
  const lsp: LspDiagnostic = {
    range,
    severity: SEVERITY[diagnostic.severity],
    code: diagnostic.rule,
    codeDescription: { href: documentationUrl(diagnostic.rule) },
    source: 'sysd',
    message: diagnostic.message,
    ...(related.length > 0 ? { relatedInformation: related } : {}),
    ...(tags.length > 0 ? { tags } : {}),
  };
  made.set(diagnostic, lsp);
  return lsp;
}

const sameRange = (a: Range, b: Range): boolean =>
  a.start.line === b.start.line &&
  a.start.character === b.start.character &&
  a.end.line === b.end.line &&
  a.end.character === b.end.character;

const sameRelated = (a: readonly DiagnosticRelatedInformation[], b: readonly DiagnosticRelatedInformation[]): boolean =>
  a.length === b.length &&
  a.every((one, i) => one.location.uri === b[i]?.location.uri && sameRange(one.location.range, b[i].location.range));

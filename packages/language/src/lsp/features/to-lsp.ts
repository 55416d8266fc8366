import type { Diagnostic, Severity } from '@sysd/core';
import { documentationUrl } from '@sysd/rules';
import { DiagnosticSeverity, DiagnosticTag, type Location, type Diagnostic as LspDiagnostic, type Range } from 'vscode-languageserver';
import { rangeOf, type Snapshot } from '../text/snapshot.ts';
import type { Locator } from './inlay-hints.ts';

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

/** A diagnostic in LSP's form, at a range that the caller has found for it. `locator` finds those of what is related. */
export function toLsp(diagnostic: Diagnostic, range: Range, places: Places, locator: Locator): LspDiagnostic {
  const related = (diagnostic.related ?? []).flatMap((r) => {
    const at = locator(r.span);
    const location = at && locate(at.uri, at.start, at.end, places);
    return location ? [{ location, message: r.message }] : [];
  });
  const tags = (diagnostic.tags ?? []).map((tag) => (tag === 'unnecessary' ? DiagnosticTag.Unnecessary : DiagnosticTag.Deprecated));
  return {
    range,
    severity: SEVERITY[diagnostic.severity],
    code: diagnostic.rule,
    codeDescription: { href: documentationUrl(diagnostic.rule) },
    source: 'sysd',
    message: diagnostic.message,
    ...(related.length > 0 ? { relatedInformation: related } : {}),
    ...(tags.length > 0 ? { tags } : {}),
  };
}

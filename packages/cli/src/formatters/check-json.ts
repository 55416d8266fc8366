import type { Diagnostic, Span } from '@sysd/core';
import { absolute } from '@sysd/core';

/** Turns an absolute place in a file into line and column (both from 1, columns in UTF-16 code units). */
export type Locate = (uri: string, offset: number) => { readonly line: number; readonly column: number };

/** Findings as plain data (`schemas/check.schema.json`). `nameFile` makes a path that the reader can use from a URI. */
export function checkJson(
  diagnostics: readonly Diagnostic[],
  locate: Locate,
  nameFile: (uri: string) => string,
  link: (rule: string) => string,
): object {
  const place = (span: Span) => {
    const { uri, start, end } = absolute(span);
    return { file: nameFile(uri), start: locate(uri, start), end: locate(uri, end) };
  };
  const findings = diagnostics.map((d) => ({
    rule: d.rule,
    severity: d.severity,
    message: d.message,
    documentation: link(d.rule),
    ...place(d.span),
    ...(d.element === undefined ? {} : { element: d.element }),
    ...(d.affects?.length ? { affects: d.affects } : {}),
    ...(d.related?.length ? { related: d.related.map((r) => ({ message: r.message, ...place(r.span) })) } : {}),
    ...(d.fixes?.length ? { fixes: d.fixes.map((f) => f.title) } : {}),
    ...(d.accepted === undefined ? {} : { accepted: d.accepted }),
  }));
  const open = diagnostics.filter((d) => d.accepted === undefined);
  const count = (severity: string) => open.filter((d) => d.severity === severity).length;
  return {
    version: 1,
    findings,
    summary: {
      error: count('error'),
      warning: count('warning'),
      info: count('info'),
      hint: count('hint'),
      accepted: diagnostics.length - open.length,
    },
  };
}

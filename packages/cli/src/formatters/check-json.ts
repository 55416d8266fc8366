import { absolute, type Design, type Diagnostic, type FlowEffect, isFigure, type Span } from '@sysd/core';
import { targetText } from './design-title.ts';

/** Turns an absolute place in a file into line and column (both from 1, columns in UTF-16 code units). */
export type Locate = (uri: string, offset: number) => { readonly line: number; readonly column: number };

export interface CheckJsonOptions {
  readonly locate: Locate;
  /** Makes a path that the reader can use from a URI. */
  readonly nameFile: (uri: string) => string;
  readonly link: (rule: string) => string;
  /** What the failures that were asked for make of the flows of each design; empty where none were. */
  readonly effects: readonly { readonly design: Design; readonly flows: readonly FlowEffect[] }[];
}

/** Findings as plain data (`schemas/check.schema.json`). */
export function checkJson(diagnostics: readonly Diagnostic[], { locate, nameFile, link, effects }: CheckJsonOptions): object {
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
    ...(effects.length > 0
      ? { effects: effects.map((e) => ({ system: e.design.id, failed: e.design.failed.map(targetText), flows: e.flows.map(flowJson) })) }
      : {}),
    summary: {
      error: count('error'),
      warning: count('warning'),
      info: count('info'),
      hint: count('hint'),
      accepted: diagnostics.length - open.length,
    },
  };
}

/** `failing`: a number, or why there is none. */
function flowJson({ flow, completion, state, reasons, share }: FlowEffect): object {
  const failing =
    share === undefined ? {} : isFigure(share) ? { failing: share.value } : { failing: null, failingNotEstimated: share.notEstimated };
  return { flow, completion, state, ...failing, reasons };
}

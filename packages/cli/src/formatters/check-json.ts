import { absolute, type Diagnostic, isFigure, type Span, targetText } from '@sysd/core';
import type { DesignUnderFailure, FlowUnderFailure } from '../failure.ts';

/** Turns an absolute place in a file into line and column (both from 1, columns in UTF-16 code units). */
export type Locate = (uri: string, offset: number) => { readonly line: number; readonly column: number };

export interface CheckJsonOptions {
  readonly locate: Locate;
  /** Makes a path that the reader can use from a URI. */
  readonly nameFile: (uri: string) => string;
  readonly link: (rule: string) => string;
  /** The designs in which something has failed, with what that makes of their flows and the findings that are new with it. */
  readonly failing: readonly DesignUnderFailure[];
}

/** Findings as plain data, those that are new with a failure last (`schemas/check.schema.json`). */
export function checkJson(whole: readonly Diagnostic[], { locate, nameFile, link, failing }: CheckJsonOptions): object {
  const place = (span: Span) => {
    const { uri, start, end } = absolute(span);
    return { file: nameFile(uri), start: locate(uri, start), end: locate(uri, end) };
  };
  const added = failing.flatMap((f) => f.findings);
  const diagnostics = [...whole, ...added];
  const findings = diagnostics.map((d, i) => ({
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
    ...(i < whole.length ? {} : { newWithFailure: true }),
  }));
  const open = diagnostics.filter((d) => d.accepted === undefined);
  const count = (severity: string) => open.filter((d) => d.severity === severity).length;
  return {
    version: 1,
    findings,
    ...(failing.length > 0
      ? { effects: failing.map((f) => ({ system: f.design.id, failed: f.design.failed.map(targetText), flows: f.flows.map(flowJson) })) }
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
function flowJson({ flow, completion, state, without, reasons, share }: FlowUnderFailure): object {
  const failing =
    share === undefined ? {} : isFigure(share) ? { failing: share.value } : { failing: null, failingNotEstimated: share.notEstimated };
  return { flow, completion, state, without, ...failing, reasons };
}

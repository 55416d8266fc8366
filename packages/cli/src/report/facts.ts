import { type FlowAvailability, isFigure, known, SEVERITIES } from '@sysd/core';
import { minutes } from '../formatters/availability-numbers.ts';
import { countText } from './findings.ts';
import type { ReportAnswer } from './report-answer.ts';

/** `a, b and c`. */
export const listText = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** The flow that is down most, among those of which it is known. */
export function weakest({ availability }: ReportAnswer): FlowAvailability | undefined {
  return availability.availability.flows
    .filter((f) => isFigure(f.unavailability))
    .reduce<FlowAvailability | undefined>(
      (worst, f) => (worst && (known(worst.unavailability) ?? 0) >= (known(f.unavailability) ?? 0) ? worst : f),
      undefined,
    );
}

/** Flows of whose availability no number is known. */
export const unknownAvailability = ({ availability }: ReportAnswer): string[] =>
  availability.availability.flows
    .filter((f) => !isFigure(f.unavailability))
    .map((f) => (f.completion ? `the completion of ${f.flow}` : f.flow));

/** `, 525.6 min down a year`, and on which condition; nothing where it is not known. */
export const downText = (flow: FlowAvailability): string =>
  isFigure(flow.downtime) ? `, ${minutes(flow.downtime.value)} down a year${asIfText(flow)}` : asIfText(flow);

/** Figures of availability leave overload out: where something is, they hold on a condition. */
export const asIfText = ({ overCapacity, unavailability }: FlowAvailability): string =>
  overCapacity.length > 0 && isFigure(unavailability) ? ' if its components carried the peak' : '';

/** What is in no sum: `not counting media (not estimated) and 8 components that have no price`. */
export function unpricedText({ components, unpriced }: ReportAnswer['estimate']['cost']): string {
  const unknown = components.flatMap((c) => (isFigure(c.perMonth) ? [] : [`${c.component} (not estimated)`]));
  const without =
    unpriced.length === 1 ? [`${unpriced[0]} (no price)`] : unpriced.length > 1 ? [`${unpriced.length} components without a price`] : [];
  return unknown.length + without.length > 0 ? `not counting ${listText([...unknown, ...without])}` : '';
}

/** `2 errors`, `1 warning`: of open findings. */
export const severityCounts = (findings: ReportAnswer['findings']): string[] =>
  SEVERITIES.flatMap((severity) => {
    const n = findings.filter((d) => d.accepted === undefined && d.severity === severity).length;
    return n === 0 ? [] : [countText(n, severity)];
  });

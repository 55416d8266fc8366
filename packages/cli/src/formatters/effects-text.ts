import { toldEffects } from '@sysd/analysis';
import { type Diagnostic, type FlowEffect, formatRatio, isFigure } from '@sysd/core';
import { type DesignUnderFailure, type FlowUnderFailure, isAlreadySo } from '../failure.ts';
import { placeText, type TextOptions } from './check-text.ts';
import { designTitle } from './design-title.ts';
import { printable } from './printable.ts';
import { type Table, tableText } from './table.ts';

/** States of flows in words. */
export const STATES: Readonly<Record<FlowEffect['state'], string>> = {
  fails: 'FAILS',
  overloaded: 'OVERLOADED',
  degraded: 'degraded',
  unaffected: 'unaffected',
};

/**
 * What the failures make of each flow of a design, then what else must not fail now, for people. A completion is told where it comes off
 * worse than its answer.
 */
export function effectsText({ design, flows, findings }: DesignUnderFailure, options: TextOptions): string {
  const table = effectsTable(flows);
  const effects = table.rows.length > 0 ? tableText(table) : 'No flow.';
  return `${printable(designTitle(design))}:\n\n${effects}\n\n${newFindings(findings, options)}\n`;
}

/** The state of each flow with what has failed, how much of it fails, and why. */
export function effectsTable(flows: readonly FlowUnderFailure[]): Table {
  const rows = toldEffects(flows).map((e) => [
    e.completion ? `${e.flow}, completion` : e.flow,
    STATES[e.state],
    e.share === undefined ? '' : isFigure(e.share) ? formatRatio(e.share.value) : 'not estimated',
    why(e),
  ]);
  return { header: ['Flow', 'state', 'failing', 'why'], rows, align: ['left', 'left', 'right', 'left'] };
}

/** One reason a line. */
const why = (e: FlowUnderFailure): string =>
  [...(isAlreadySo(e) ? ['already so without the failure; with it:'] : []), ...e.reasons.map((r) => r.text)].join('\n');

function newFindings(findings: readonly Diagnostic[], options: TextOptions): string {
  if (findings.length === 0) return 'No finding is new with the failure; `sysd check` without it shows those of the design.';
  const lines = findings.map((d) => `  ${placeText(d, options)} ${d.rule}: ${printable(d.message)}`);
  return `New with the failure (the design without it does not have these findings):\n${lines.join('\n')}`;
}

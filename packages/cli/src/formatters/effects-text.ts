import { toldEffects } from '@sysd/analysis';
import { type Design, type FlowEffect, formatRatio, isFigure } from '@sysd/core';
import { targetText } from './design-title.ts';
import { table } from './table.ts';

const STATES: Record<FlowEffect['state'], string> = {
  fails: 'FAILS',
  overloaded: 'OVERLOADED',
  degraded: 'degraded',
  unaffected: 'unaffected',
};

/** What the failures make of each flow of a design, for people. A completion is told where it comes off worse than its answer. */
export function effectsText(design: Design, effects: readonly FlowEffect[]): string {
  const rows = toldEffects(effects).map((e) => [
    e.completion ? `${e.flow}, completion` : e.flow,
    STATES[e.state],
    e.share === undefined ? '' : isFigure(e.share) ? formatRatio(e.share.value) : 'not estimated',
    e.reasons.map((r) => r.text).join('; '),
  ]);
  const title = `${design.title ?? design.id}, with ${design.failed.map(targetText).join(', ')} failed:`;
  return `${title}\n\n${rows.length > 0 ? table(['Flow', 'state', 'failing', 'why'], rows, ['left', 'left', 'right', 'left']) : 'No flow.'}\n`;
}

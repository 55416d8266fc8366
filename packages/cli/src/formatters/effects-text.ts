import type { Design, FlowEffect } from '@sysd/core';
import { targetText } from './design-title.ts';
import { table } from './table.ts';

/** States of flows in words. */
export const STATES: Readonly<Record<FlowEffect['state'], string>> = {
  fails: 'FAILS',
  overloaded: 'OVERLOADED',
  degraded: 'degraded',
  unaffected: 'unaffected',
};

/** What the failures make of each flow of a design, for people. A completion is told where it comes off worse than its answer. */
export function effectsText(design: Design, effects: readonly FlowEffect[]): string {
  const told = effects.filter((e, i) => !e.completion || e.state !== effects[i - 1]?.state);
  const rows = told.map((e) => [e.completion ? `${e.flow}, completion` : e.flow, STATES[e.state], e.reasons.map((r) => r.text).join('; ')]);
  const title = `${design.title ?? design.id}, with ${design.failed.map(targetText).join(', ')} failed:`;
  return `${title}\n\n${rows.length > 0 ? table(['Flow', 'state', 'why'], rows, ['left', 'left', 'left']) : 'No flow.'}\n`;
}

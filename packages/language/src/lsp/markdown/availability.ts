import { type FailurePair, type FlowAvailability, formatAvailability, isFigure } from '@sysd/core';
import { code, plain } from './text.ts';

/** Entries of a list that a hover shows; `sysd availability` has them all. */
const SHOWN = 4;

/** How available a flow is, against its objectives, and what fails it: one event alone, two together. */
export function availabilityText(flow: FlowAvailability): string {
  const lines = [plain(`${flow.completion ? 'completed: ' : 'available: '}${reachedText(flow)}`)];
  for (const { objective, verdict } of flow.objectives) {
    const word = { met: 'met', missed: 'missed', 'not-estimated': 'not estimated' }[verdict];
    lines.push(
      `objective ${code(`${objective.relation} ${objective.bound.text ?? formatAvailability(1 - objective.bound.value)}`)}: ${word}`,
    );
  }
  if (flow.singles.length > 0) lines.push(plain(`fails alone: ${listed(flow.singles.map((e) => e.label))}`));
  if (!('notEstimated' in flow.pairs) && flow.pairs.length > 0) lines.push(plain(`fails in pairs: ${listed(flow.pairs.map(pairText))}`));
  return lines.map((line) => `- ${line}`).join('\n');
}

function reachedText({ unavailability, downtime, between }: FlowAvailability): string {
  if (isFigure(unavailability)) {
    const down = isFigure(downtime) ? `, ${Number((downtime.value / 60).toPrecision(4))} min down a year` : '';
    return `${formatAvailability(unavailability.value)}${down}`;
  }
  const most = between && between.high.value < 1 ? `; at most ${formatAvailability(1 - between.high.value)}` : '';
  return `not estimated: ${unavailability.notEstimated}${most}`;
}

const pairText = ({ first, second, same }: FailurePair): string => (same ? `two of: ${first.label}` : `${first.label} + ${second.label}`);

function listed(items: readonly string[]): string {
  const more = items.length - SHOWN;
  return `${items.slice(0, SHOWN).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

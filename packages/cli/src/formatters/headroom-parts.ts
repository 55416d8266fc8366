import { formatRatio, formatTimes, type Headroom, isFigure, known } from '@sysd/core';
import type { Part } from './parts.ts';

/** How far the traffic may grow, the first component to saturate first; nothing where no utilisation is estimated. */
export function headroomParts(order: readonly Headroom[]): Part[] {
  if (order.length === 0) return [];
  const rows = order.map((h) => [
    h.component,
    formatRatio(h.utilization.value),
    formatRatio(h.target.value),
    isFigure(h.toTarget) ? formatTimes(h.toTarget.value) : 'never',
    isFigure(h.toFull) ? formatTimes(h.toFull.value) : 'never',
  ]);
  const header = ['First to saturate', 'utilisation at peak', 'target', 'at target with traffic', 'full with traffic'];
  const bars = order.map((h) => ({ from: 0, to: Math.min(1, h.utilization.value) }));
  return [{ table: { header, rows, bars } }, { lines: [headroomSentence(order)] }];
}

/** What saturates first, and what is over its target already. */
export function headroomSentence(order: readonly Headroom[]): string {
  const [first] = order;
  const full = known(first?.toFull);
  if (!first || full === undefined) return 'Nothing loads any of them.';
  const over = order.filter((h) => (known(h.toFull) ?? 2) < 1).map((h) => h.component);
  const past = order.filter((h) => (known(h.toTarget) ?? 2) < 1 - 1e-9 && !over.includes(h.component)).map((h) => h.component);
  const saturates =
    full < 1
      ? `${over.join(', ')} ${over.length === 1 ? 'is' : 'are'} over capacity at this traffic: ${first.component} carries ${formatTimes(full)} of it.`
      : `First to saturate: ${first.component}, at ${formatTimes(full)} the traffic.`;
  const passed = past.length > 0 ? ` Above ${past.length === 1 ? 'its' : 'their'} target already: ${past.join(', ')}.` : '';
  return `${saturates}${passed}`;
}

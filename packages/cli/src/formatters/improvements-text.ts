import {
  type Estimate,
  type Fix,
  formatAvailability,
  formatQuantity,
  type Improvement,
  type Improvements,
  isFigure,
  known,
  type NotEstimated,
} from '@sysd/core';
import { percent } from './availability-numbers.ts';

/** What has been found for each missed objective, in the order of the objectives. */
export type Found = Improvements | NotEstimated;

/** What is left that a sentence names. */
const NAMED = 3;

/** `+210 USD/month`, `no cost added`, or why it is not known. */
export function costText(cost: Estimate): string {
  if (!isFigure(cost)) return `not estimated: ${cost.notEstimated}`;
  if (cost.value === 0) return 'nothing added';
  return `${cost.value > 0 ? '+' : '−'}${formatQuantity(Math.abs(cost.value), cost.dimension)}`;
}

/** Cells of a change: what it is, what the flow comes to with it, what it costs. */
export const changeCells = ({ fix, unavailability, cost }: Improvement): string[] => [
  [fix.title, ...alsoSet(fix)].join('\n'),
  formatAvailability(unavailability.value),
  costText(cost),
];

/** What a change sets besides instances, where its title does not say it: `with failover: automatic of db`. */
function alsoSet(fix: Fix): string[] {
  return fix.edits.flatMap((e) =>
    e.kind === 'set-property' && e.property !== 'replicas' ? [`  with ${e.property}: ${e.value} of ${e.on}`] : [],
  );
}

/** What comes of the search in one sentence. */
export function pathText(found: Found): string {
  if ('notEstimated' in found) return `no changes tried: ${found.notEstimated}`;
  const { path, met, cost, bounded, computed } = found;
  const end = path.at(-1);
  const tried = bounded ? `; more could be tried than the ${computed} designs that were` : '';
  if (!end) return `no change found that gains anything${leftText(found)}${tried}`;
  const comes = `${path.length === 1 ? 'one change' : `${path.length} changes`}, ${formatAvailability(end.unavailability.value)}`;
  if (met) return `${comes}; cost: ${costText(cost)}${tried}`;
  return `no path found; with ${comes}${leftText(found)}${tried}`;
}

/** What keeps it from its objective: `; left is media (down 0.1 % of the time, decisive in 87 % of the downtime)`. */
function leftText({ left }: Improvements): string {
  const named = left.filter((i) => i.criticality >= 0.05).slice(0, NAMED);
  if (named.length === 0) return '';
  const events = named.map(
    (i) =>
      `${i.event.label} (${i.count > 1 ? `one of ${i.count}, ` : ''}down ${percent(known(i.probability) ?? 0)} of the time, decisive in ${percent(i.criticality)} of the downtime)`,
  );
  return `; left ${named.length === 1 ? 'is' : 'are'} ${events.join(', ')}`;
}

/** Changes that are worth showing by themselves: not where the path is the only one. */
export function singleChanges(found: Improvements, most: number): readonly Improvement[] {
  const [only] = found.path;
  const same = found.changes.length === 1 && found.path.length === 1 && only?.fix === found.changes[0]?.fix;
  return same ? [] : found.changes.slice(0, most);
}

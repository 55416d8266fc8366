import { overCapacityText } from '@sysd/analysis';
import {
  type Availability,
  type Design,
  type EventImportance,
  type FailureEvent,
  type FailurePair,
  type FlowAvailability,
  formatAvailability,
  isFigure,
  known,
  type Objective,
  type ObjectiveResult,
  scientific,
  type Verdict,
} from '@sysd/core';
import { grouped } from './numbers.ts';

/** A probability or share as a percentage of two figures. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value === 0 ? '0' : value < 0.01 ? scientific(value, 2) : grouped(Number(value.toPrecision(2)))} %`;
}

/** Minutes of a time in seconds. */
export const minutes = (seconds: number): string => `${grouped(seconds / 60)} min`;

/** `Order`, or `Order, completion`. */
export const nameOf = (flow: FlowAvailability): string => (flow.completion ? `${flow.flow}, completion` : flow.flow);

/** What is known of the availability: a percentage, an interval, or that it is not estimated. */
export function availabilityText(flow: FlowAvailability): string {
  if (isFigure(flow.unavailability)) return formatAvailability(flow.unavailability.value);
  const { between } = flow;
  if (!between) return 'not estimated';
  const [low, high] = [1 - between.low.value, 1 - between.high.value];
  if (between.low.value <= 0) return between.high.value >= 1 ? 'not estimated' : `not estimated, at most ${formatAvailability(high)}`;
  return `not estimated, between ${formatAvailability(low)} and ${formatAvailability(high)}`;
}

export const pairText = ({ first, second, same }: FailurePair): string =>
  same ? `two of: ${first.label}` : `${first.label} + ${second.label}`;

/** `1 of one event, 15 of two, 88 of three; 1,028 in all`. */
export function cutSetText(flow: FlowAvailability): string {
  const { cutSets } = flow;
  if ('notEstimated' in cutSets) {
    const exact = isFigure(flow.availability) ? '; the availability above is exact all the same' : '';
    return `too many to be counted one by one${exact}`;
  }
  const words = ['none', 'one event', 'two', 'three', 'four', 'five'];
  const parts = cutSets.ofOrder.flatMap((n, k) => (k === 0 ? [] : [`${grouped(n)} of ${words[k] ?? k}`]));
  return `${parts.join(', ')}; ${grouped(cutSets.total)} in all`;
}

/** Single failures by name; those that never happen last, saying so. */
export function singleTexts(flow: FlowAvailability, isNever: (event: FailureEvent) => boolean): string[] {
  const never = flow.singles.filter(isNever);
  const others = flow.singles.filter((e) => !never.includes(e));
  return [...others.map((e) => e.label), ...never.map((e) => `${e.label} (never down: its availability is said to be 100 %)`)];
}

/** What contributes to the unavailability: without events that never happen. */
export const contributors = (flow: FlowAvailability): EventImportance[] => flow.importance.filter((i) => known(i.probability) !== 0);

/** Verdicts in words. */
export const VERDICTS: Record<Verdict, string> = { met: 'met', missed: 'missed', 'not-estimated': 'not estimated' };

/** How many objectives came to what. */
export function verdictsOf({ flows }: Availability): Record<'met' | 'missed' | 'notEstimated', number> {
  const count = (verdict: Verdict): number => flows.reduce((n, f) => n + f.objectives.filter((o) => o.verdict === verdict).length, 0);
  return { met: count('met'), missed: count('missed'), notEstimated: count('not-estimated') };
}

/** `3 objectives: 1 met, 0 missed, 2 not estimated.` Nothing where there are none. */
export function verdictsText(availability: Availability): string[] {
  const { met, missed, notEstimated } = verdictsOf(availability);
  const all = met + missed + notEstimated;
  if (all === 0) return [];
  return [`${all} objective${all === 1 ? '' : 's'}: ${met} met, ${missed} missed, ${notEstimated} not estimated.`];
}

/** What the figures take for granted, one sentence each. */
export function assumptionsOf(flow: FlowAvailability): string[] {
  const { conditionalSteps: steps, shiftsUpTo: upTo } = flow;
  const taken =
    steps === 0
      ? []
      : [
          steps === 1
            ? 'the step that only some requests take (when) counts as taken: most requests need less'
            : `the ${steps} steps that only some requests take (when) count as taken: most requests need less`,
        ];
  const shifted =
    upTo === undefined ? [] : [`load that others take over is counted with up to ${upTo} components down at once, not with more`];
  return [...taken, ...shifted];
}

/** The objective as it is written, and what came of it. */
export function objectiveText(result: ObjectiveResult): string {
  const { verdict, used } = result;
  const reason = verdict === 'not-estimated' && !isFigure(used) ? ` (${used.notEstimated})` : '';
  return `${objectiveBound(result.objective)}: ${VERDICTS[verdict]}${reason}, ${budgetText(result)}`;
}

/** `completion availability >= 99.9%`. */
export const objectiveBound = ({ completion, relation, bound }: Objective): string =>
  `${completion ? 'completion ' : ''}availability ${relation} ${bound.text ?? formatAvailability(1 - bound.value)}`;

/** How much of what an objective allows is used. */
export function budgetText({ allowed, used }: ObjectiveResult): string {
  const share = known(used);
  if (share === undefined) return `${minutes(allowed.value)} a year allowed`;
  return share >= 10
    ? `${grouped(share)} times what it allows, ${minutes(allowed.value)} a year`
    : `${percent(share)} of the ${minutes(allowed.value)} a year that it allows`;
}

/** The figures leave overload out: they are of a design that can carry its load. */
export const overCapacityNote = (flow: FlowAvailability, { failed }: Pick<Design, 'failed'>): string =>
  `${flow.overCapacity.map(overCapacityText).join('; ')}, ${failed.length > 0 ? 'with what the failure leaves' : 'even with everything up'}; the figures above are as if ${flow.overCapacity.length === 1 ? 'it' : 'they'} carried the peak`;

/** A row of the table of importances: event, share of the time that it is down, Birnbaum importance, contribution. */
export const importanceCells = (i: EventImportance): string[] => [
  `${i.event.label}${i.count > 1 ? ` (one of ${i.count})` : ''}`,
  percent(known(i.probability) ?? 0),
  i.birnbaum.toPrecision(3),
  percent(i.criticality),
];

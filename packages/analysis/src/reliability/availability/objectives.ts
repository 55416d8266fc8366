import {
  type AvailabilityRange,
  COUNT,
  complement,
  type Estimate,
  type Figure,
  type Flow,
  isFigure,
  notEstimated,
  type ObjectiveResult,
  TIME,
  type Verdict,
  YEAR,
} from '@sysd/core';
import { leaf, quantityLeaf } from '../../figure/make.ts';

/** Seconds of the year that downtime is counted over: 365 days. */
export const A_YEAR: Figure = leaf('a year', YEAR, TIME);

/** Rounding of sums and products of doubles must not miss an objective that is met exactly. */
const ROUNDING = 1e-9;

/** What a flow comes to, as far as it is known. */
export interface Reached {
  readonly unavailability: Estimate;
  readonly between?: AvailabilityRange;
}

/**
 * The availability objectives of a flow's answer or completion against what it comes to. `overloaded`: why it does not serve its peak even
 * with everything up; its figures leave that out, so what they meet is not known to be met.
 */
export function objectiveResults(
  flow: Flow,
  completion: boolean,
  reached: Reached,
  overloaded: string | undefined = undefined,
): ObjectiveResult[] {
  return flow.objectives
    .filter((o) => o.metric === 'availability' && o.completion === completion)
    .map((objective): ObjectiveResult => {
      const bound = quantityLeaf(`objective of ${flow.id}`, objective.bound);
      const left = Math.max(0, complement(objective.bound.value));
      const allowed: Figure = {
        value: left * YEAR,
        dimension: TIME,
        label: `downtime that the objective of ${flow.id} allows a year`,
        formula: '(1 − objective) × a year',
        inputs: [bound, A_YEAR],
      };
      const fits = atMost(left, reached);
      const known = fits === 'met' && overloaded !== undefined ? 'not-estimated' : fits;
      const verdict = objective.relation === '>=' ? known : opposite(known);
      const used = verdict === 'not-estimated' && overloaded !== undefined ? notEstimated(overloaded) : undefined;
      return { objective, verdict, allowed, used: used ?? usedOf(flow.id, reached.unavailability, left, allowed) };
    });
}

/** Whether an unavailability is at most that, to rounding. */
export const isAtMost = (u: number, limit: number): boolean => u <= limit * (1 + ROUNDING) + Number.EPSILON;

/** Whether the unavailability is at most that. An interval may settle it where the value itself is not known. */
function atMost(limit: number, { unavailability, between }: Reached): Verdict {
  const fits = (u: number): boolean => isAtMost(u, limit);
  if (isFigure(unavailability)) return fits(unavailability.value) ? 'met' : 'missed';
  if (!between) return 'not-estimated';
  if (fits(1 - between.low.value)) return 'met';
  return fits(1 - between.high.value) ? 'not-estimated' : 'missed';
}

const opposite = (verdict: Verdict): Verdict => (verdict === 'met' ? 'missed' : verdict === 'missed' ? 'met' : verdict);

function usedOf(flow: string, unavailability: Estimate, left: number, allowed: Figure): Estimate {
  if (!isFigure(unavailability)) return notEstimated(unavailability.notEstimated);
  if (left === 0) return notEstimated(`the objective of ${flow} allows no downtime at all`);
  return {
    value: unavailability.value / left,
    dimension: COUNT,
    label: `share of the error budget of ${flow} that is used`,
    formula: 'unavailability ÷ (1 − objective)',
    inputs: [unavailability, allowed],
  };
}

import type { Origin } from '../design/property-bag.ts';
import type { Dimension } from '../quantity/dimension.ts';
import type { Span } from '../source.ts';

/**
 * A number of the analysis in base units with its derivation. A leaf says where it was declared or which default it is; an inner figure
 * names its formula and its inputs, down to leaves.
 */
export interface Figure {
  readonly value: number;
  readonly dimension: Dimension;
  /** What it is: `users.daily-active`, `peak rate of api`. */
  readonly label: string;
  /** For a leaf: where the number comes from. */
  readonly origin?: Origin;
  readonly span?: Span;
  /** As the author wrote it. */
  readonly text?: string;
  /** For a computed figure: the formula in the words of its inputs, `at × daily-active`. */
  readonly formula?: string;
  readonly inputs?: readonly Figure[];
}

/** Said instead of a number that cannot be known: `not estimated: api has no cpu-time and no capacity`. */
export interface NotEstimated {
  readonly notEstimated: string;
}

export type Estimate = Figure | NotEstimated;

export function isFigure(estimate: Estimate | undefined): estimate is Figure {
  return estimate !== undefined && 'value' in estimate;
}

export function notEstimated(reason: string): NotEstimated {
  return { notEstimated: reason };
}

/** Value of a figure, or undefined. */
export function known(estimate: Estimate | undefined): number | undefined {
  return isFigure(estimate) ? estimate.value : undefined;
}

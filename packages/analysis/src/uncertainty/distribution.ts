import { normalQuantile } from './normal-quantile.ts';

/** A number that is known as a range, its 90 % interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** A part of a whole, from 0 to 1. */
  readonly share: boolean;
  /** What it may be; inclusive. */
  readonly least?: number;
  readonly most?: number;
  readonly whole?: boolean;
}

export type DistributionName = 'log-normal' | 'logit-normal' | 'uniform';

/** Quantile of the standard normal distribution at 95 %. */
const Z95 = normalQuantile(0.95);

/**
 * As what a range is taken. Its ends are the 5 % and 95 % quantiles: of a log-normal distribution for what is above 0 (products and
 * quotients of such numbers are of this kind again), of a logit-normal one for shares, which stay between 0 and 1. Where an end is the
 * least or most that there is (0, or 100 % of a share), of the two ends themselves: uniform from one to the other.
 */
export function distributionOf({ low, high, share }: Interval): DistributionName {
  if (low <= 0 || (share && high >= 1)) return 'uniform';
  return share ? 'logit-normal' : 'log-normal';
}

/** The value of a range below which it lies with probability p, 0 < p < 1; moved into what it may be, and whole where it must. */
export function quantileOf(interval: Interval, p: number): number {
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY, whole } = interval;
  const value = unbounded(interval, p);
  const rounded = whole ? Math.round(value) : value;
  return Math.min(most, Math.max(least, rounded));
}

function unbounded(interval: Interval, p: number): number {
  const { low, high } = interval;
  const between = (f: (x: number) => number): number => {
    const [a, b] = [f(low), f(high)];
    return (a + b) / 2 + ((b - a) / (2 * Z95)) * normalQuantile(p);
  };
  switch (distributionOf(interval)) {
    case 'log-normal':
      return Math.exp(between(Math.log));
    case 'logit-normal':
      return 1 / (1 + Math.exp(-between((x) => Math.log(x / (1 - x)))));
    case 'uniform':
      return low + (high - low) * p;
  }
}

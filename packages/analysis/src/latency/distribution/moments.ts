import { meanPosition, positionVariance } from '../../queueing/truncated-geometric.ts';
import type { Distribution } from './distribution.ts';
import { fold } from './fold.ts';

export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/** Moments that have been computed: those of parts are asked for again and again. */
export type KnownMoments = Map<Distribution, BoundingMoments>;

export interface BoundingMoments extends Moments {
  /** They are those of the time itself. */
  readonly exact: boolean;
}

/**
 * Mean and variance of a time that is never shorter: the same, but for what runs at once, which is counted one after another, and for what
 * is given up, which is counted to its end.
 */
export function boundingMoments(whole: Distribution, known: KnownMoments = new Map()): BoundingMoments {
  return fold<BoundingMoments>(
    whole,
    (d, parts) => {
      const before = known.get(d);
      if (before) return before;
      const bounds = d.kind === 'slowest' || d.kind === 'slowest-of' || d.kind === 'at-most';
      const moments = { ...momentsOf(d, parts), exact: !bounds && parts.every((p) => p.exact) };
      known.set(d, moments);
      return moments;
    },
    (d) => known.has(d),
  );
}

/** Moments of a distribution from those of its parts. */
function momentsOf(d: Distribution, parts: readonly Moments[]): Moments {
  switch (d.kind) {
    case 'constant':
      return { mean: d.time, variance: 0 };
    case 'exponential':
      return { mean: d.probability * d.mean, variance: d.probability * (2 - d.probability) * d.mean ** 2 };
    case 'bounded-wait': {
      const { probability, ratio, places, each } = d;
      const turns = meanPosition(ratio, places) + 1;
      const ofWaiting = each ** 2 * (turns + positionVariance(ratio, places));
      const mean = probability * turns * each;
      return { mean, variance: probability * (ofWaiting + (1 - probability) * (turns * each) ** 2) };
    }
    case 'log-normal': {
      const mean = Math.exp(d.mu + d.sigma ** 2 / 2);
      return { mean, variance: Math.expm1(d.sigma ** 2) * mean ** 2 };
    }
    case 'sum':
    case 'slowest':
      return { mean: total(parts, (p) => p.mean), variance: total(parts, (p) => p.variance) };
    case 'mixture': {
      const share = (i: number): number => d.parts[i]?.share ?? 0;
      const mean = total(parts, (p, i) => share(i) * p.mean);
      return { mean, variance: total(parts, (p, i) => share(i) * (p.variance + (p.mean - mean) ** 2)) };
    }
    case 'repeated':
    case 'slowest-of': {
      const [of] = parts as [Moments];
      return { mean: d.times * of.mean, variance: d.times * of.variance };
    }
    case 'at-most':
      return parts[0] as Moments;
  }
}

const total = (parts: readonly Moments[], value: (part: Moments, index: number) => number): number =>
  parts.reduce((n, part, i) => n + value(part, i), 0);

/**
 * A time that the quantile surely does not exceed, whatever the shape: mean + σ·√(q / (1 − q)), Cantelli's inequality. Takes a moment, where
 * the quantile itself takes transforms.
 */
export function quantileIsAtMost(d: Distribution, q: number, known?: KnownMoments): number {
  const { mean, variance } = boundingMoments(d, known);
  return mean + Math.sqrt((variance * q) / (1 - q));
}

import type { Distribution } from './distribution.ts';
import { fold } from './fold.ts';
import { POINTS } from './grid.ts';
import { boundingMoments } from './moments.ts';
import { type OnGrid, onGrid } from './on-grid.ts';

/** Mean and quantiles of a time, s. */
export interface Summary {
  readonly mean: number;
  /** One for each that was asked for; infinite beyond 10^13 s. */
  readonly quantiles: readonly number[];
}

/** Grids are 8^level seconds long. */
const FINEST = -9;
const LONGEST = 14;
/** A quantile is read where it stands at this point or later, so that a step is at most 0.4 % of it … */
const LEAST_POINT = POINTS / 16;
/** … or where a step is less than this part of it, since most of it is constant. */
const FINE = 5e-4;

/**
 * Mean and quantiles (each in [0, 1)) of a distribution. Each quantile is read off the grid on which it lies well: a grid that ends before the tail
 * does is right as far as it goes. Errors stay below about 0.1 % of the quantile (compared with closed forms and simulation in the tests).
 */
export function summarize(d: Distribution, quantiles: readonly number[]): Summary {
  const levels = new Map<number, OnGrid>();
  const at = (level: number): OnGrid => {
    const known = levels.get(level) ?? onGrid(d, { step: stepOf(level) });
    levels.set(level, known);
    return known;
  };
  const start = startOf(d);
  return { mean: meanOf(d), quantiles: quantiles.map((q) => search(at, start, q).time) };
}

/** A grid on which most of it surely lies. */
function startOf(d: Distribution): number {
  const { mean, variance } = boundingMoments(d);
  return clamp(Math.ceil(Math.log(mean + 3 * Math.sqrt(variance)) / Math.log(8)));
}

/** Means that have been computed: those of parts are asked for again and again. */
export type Means = Map<Distribution, number>;

/** The mean. That of what runs at once or is given up is taken from its distribution function, to about 0.1 %. */
export function meanOf(whole: Distribution, means: Means = new Map()): number {
  return fold<number>(
    whole,
    (d, parts) => {
      const mean = means.get(d) ?? meanFrom(d, parts);
      means.set(d, mean);
      return mean;
    },
    (d) => means.has(d),
  );
}

function meanFrom(d: Distribution, parts: readonly number[]): number {
  switch (d.kind) {
    case 'slowest':
    case 'slowest-of':
    case 'at-most':
      return numericMean(d);
    case 'sum':
      return parts.reduce((n, mean) => n + mean, 0);
    case 'mixture':
      return parts.reduce((n, mean, i) => n + mean * (d.parts[i]?.share ?? 0), 0);
    case 'repeated':
      return (parts[0] as number) * d.times;
    default:
      return boundingMoments(d).mean;
  }
}

/** From a grid that reaches eight times as far as the 99th percentile. */
function numericMean(d: Distribution): number {
  const at = (level: number): OnGrid => onGrid(d, { step: stepOf(level) });
  const level = clamp(search(at, startOf(d), 0.99).level + 1);
  return meanOn(at(level), level);
}

export const stepOf = (level: number): number => 8 ** level / POINTS;

const clamp = (level: number): number => Math.min(LONGEST, Math.max(FINEST, Number.isFinite(level) ? level : FINEST));

/** The finest grid on which a time lies. */
export const gridAround = (time: number): number => clamp(Math.floor(Math.log(time) / Math.log(8)) + 1);

function search(at: (level: number) => OnGrid, start: number, q: number): { readonly level: number; readonly time: number } {
  let level = start;
  for (;;) {
    const { shift, cdf } = at(level);
    if (!cdf) return { level, time: shift };
    const point = pointOf(cdf, q);
    if (point === undefined) {
      if (level === LONGEST) return { level, time: Number.POSITIVE_INFINITY };
      level++;
      continue;
    }
    const step = stepOf(level);
    const time = shift + point * step;
    if (point >= LEAST_POINT || step <= FINE * time || level === FINEST) return { level, time };
    // As far as it stays in the first half of the finer grid.
    level = Math.max(FINEST, level - Math.max(1, Math.floor(Math.log(POINTS / 2 / Math.max(0.5, point)) / Math.log(8))));
  }
}

/** Where the distribution function reaches q, in steps: half of the mass of a point lies before it. Undefined beyond the grid. */
function pointOf(cdf: Float64Array, q: number): number | undefined {
  let low = 0;
  let high = POINTS - 1;
  if ((cdf[high] as number) <= q) return undefined;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cdf[middle] as number) > q) high = middle;
    else low = middle + 1;
  }
  const before = low === 0 ? 0 : (cdf[low - 1] as number);
  const mass = (cdf[low] as number) - before;
  return Math.max(0, low - 0.5 + (q - before) / mass);
}

/** Mean of what is on the grid; what lies beyond counts as standing at its end. */
function meanOn({ shift, cdf }: OnGrid, level: number): number {
  if (!cdf) return shift;
  let points = 0;
  for (let k = 0; k < POINTS; k++) points += Math.max(0, 1 - (cdf[k] as number));
  return shift + points * stepOf(level);
}

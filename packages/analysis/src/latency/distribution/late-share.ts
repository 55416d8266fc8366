import type { SimpleTime } from './distribution.ts';
import { normalCdf } from './normal.ts';

/**
 * P(T > limit) of a service and a wait one after the other: in closed form, but where a log-normal and an exponential meet, whose sum is integrated
 * to about 10 digits. Times in s; the wait is none or exponential, as in M/M/c.
 */
export function lateShare(service: SimpleTime, wait: SimpleTime, limit: number): number {
  if (service.kind === 'constant') return later(wait, limit - service.time);
  if (wait.kind !== 'exponential') return later(service, limit - (wait.kind === 'constant' ? wait.time : 0));
  if (limit < 0) return 1;
  const { probability, mean } = wait;
  const pushed = service.kind === 'exponential' ? pushedOver(service.mean, mean, limit) : integral(service.mu, service.sigma, mean, limit);
  const atOnce = service.kind === 'exponential' ? 1 - service.probability : 0;
  return Math.min(1, later(service, limit) + probability * ((1 - atOnce) * pushed + atOnce * Math.exp(-limit / mean)));
}

/** P(T > limit) of one of them. */
function later(time: SimpleTime, limit: number): number {
  if (limit < 0) return 1;
  if (time.kind === 'constant') return time.time > limit ? 1 : 0;
  if (time.kind === 'exponential') return time.probability * Math.exp(-limit / time.mean);
  return limit === 0 ? 1 : normalCdf((time.mu - Math.log(limit)) / time.sigma);
}

/** P(S ≤ t < S + W), both exponential: a·e^(−min(a, b))·(1 − e^(−|a − b|))/|a − b| with a = t/m, b = t/w, which does not cancel where they are alike. */
function pushedOver(service: number, wait: number, limit: number): number {
  const [a, b] = [limit / service, limit / wait];
  if (a === Number.POSITIVE_INFINITY) return Math.exp(-b);
  if (b === Number.POSITIVE_INFINITY) return 0;
  const x = Math.abs(a - b);
  return a * Math.exp(-Math.min(a, b)) * (x === 0 ? 1 : -Math.expm1(-x) / x);
}

/** Nodes and weights of the Gauss–Legendre rule of 8 points on [−1, 1]: Abramowitz & Stegun, table 25.4. */
const RULE = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
] as const;

/** Beyond so many standard deviations there is nothing; panels are no wider and no narrower than that. */
const FAR = 9;
const WIDEST = 0.5;
const NARROWEST = 1e-9;

/**
 * P(S ≤ t < S + W) with log-normal S and exponential W: ∫ φ(z − y)·e^(−t·(1 − e^(−σy))/w) dy, where z is what t is of S in standard deviations and
 * y how far S stays below it. In panels that begin as narrow as the exponential is steep.
 */
function integral(mu: number, sigma: number, wait: number, limit: number): number {
  if (limit === 0) return 0;
  const z = (Math.log(limit) - mu) / sigma;
  let sum = 0;
  let from = Math.max(0, z - FAR);
  let width = Math.min(WIDEST, Math.max(NARROWEST, wait / (4 * sigma * limit)));
  while (from < z + FAR) {
    const half = width / 2;
    for (const [node, weight] of RULE) sum += half * weight * (at(from + half * (1 - node)) + at(from + half * (1 + node)));
    from += width;
    width = Math.min(WIDEST, 2 * width);
  }
  return sum;

  function at(y: number): number {
    return density(z - y) * Math.exp((limit * Math.expm1(-sigma * y)) / wait);
  }
}

const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

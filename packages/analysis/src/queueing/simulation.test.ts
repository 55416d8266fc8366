import { describe, expect, it } from 'vitest';
import { generalServiceQueue } from './mg1.ts';
import { multiServerQueue } from './mmc.ts';
import { timeQuantile } from './mmc-time-quantile.ts';
import { boundedQueue } from './mmck.ts';
import type { Station } from './station.ts';
import { estimated } from './testing/estimated.ts';
import { randomNumbers } from './testing/random.ts';

const BATCHES = 30;
const BATCH = 100_000;
/** Two-sided 99.9 % of Student's t with 29 degrees of freedom. */
const T_999 = 3.659;

/** Waits and times of customers in order of arrival: each takes the server that is free first (Kiefer & Wolfowitz 1955). */
function simulate({ arrivalRate, servers }: Station, service: (random: () => number) => number, seed: number) {
  const random = randomNumbers(seed);
  const free = new Array<number>(servers).fill(0);
  let now = 0;
  const next = () => {
    now -= Math.log(random()) / arrivalRate;
    let first = 0;
    for (let i = 1; i < servers; i++) if (free[i]! < free[first]!) first = i;
    const wait = Math.max(0, free[first]! - now);
    const time = wait + service(random);
    free[first] = now + time;
    return { wait, time };
  };
  for (let i = 0; i < BATCH; i++) next();
  return next;
}

/** Means of batches give a confidence interval that correlation of neighbours does not narrow. */
function interval(sample: () => number) {
  const means = Array.from({ length: BATCHES }, () => {
    let sum = 0;
    for (let i = 0; i < BATCH; i++) sum += sample();
    return sum / BATCH;
  });
  const mean = means.reduce((a, b) => a + b, 0) / BATCHES;
  const variance = means.reduce((a, b) => a + (b - mean) ** 2, 0) / (BATCHES - 1);
  return { mean, half: T_999 * Math.sqrt(variance / BATCHES) };
}

const exponential = (mean: number) => (random: () => number) => -mean * Math.log(random());

function expectWithin({ mean, half }: { mean: number; half: number }, expected: number, precision: number) {
  // An interval that is wide would agree with anything.
  expect(half / expected).toBeLessThan(precision);
  expect(Math.abs(mean - expected), `${expected} is not within ${mean} ± ${half}`).toBeLessThan(half);
}

describe('closed forms and a seeded simulation of 3,000,000 customers', () => {
  const station = { arrivalRate: 8, serviceTime: 0.4, servers: 4 };

  it('M/M/c: the mean wait is in the 99.9 % confidence interval', () => {
    const next = simulate(station, exponential(0.4), 1);
    expectWithin(
      interval(() => next().wait),
      estimated(multiServerQueue(station)).meanWait,
      0.05,
    );
  });

  it('M/M/c: so are the share that waits and the shares beyond the 50th, 95th and 99th percentile of the time', () => {
    const waiting = simulate(station, exponential(0.4), 2);
    expectWithin(
      interval(() => (waiting().wait > 0 ? 1 : 0)),
      estimated(multiServerQueue(station)).waitProbability,
      0.02,
    );
    for (const [quantile, precision] of [
      [0.5, 0.02],
      [0.95, 0.1],
      [0.99, 0.2],
    ] as const) {
      const limit = estimated(timeQuantile(station, quantile));
      const next = simulate(station, exponential(0.4), 3);
      expectWithin(
        interval(() => (next().time > limit ? 1 : 0)),
        1 - quantile,
        precision,
      );
    }
  });

  it('M/G/1 with uniform service', () => {
    const one = { arrivalRate: 0.7, serviceTime: 1, servers: 1 };
    const next = simulate(one, (random) => 2 * random(), 4);
    expectWithin(
      interval(() => next().wait),
      estimated(generalServiceQueue({ ...one, secondMoment: 4 / 3 })).meanWait,
      0.05,
    );
  });

  it('M/M/c/K in overload: the share that is lost', () => {
    const overloaded = { arrivalRate: 12, serviceTime: 0.4, servers: 4 };
    const random = randomNumbers(5);
    let inSystem = 0;
    // The chain of arrivals and departures: its next event is an arrival with the share of the arrival rate.
    const lost = () => {
      for (;;) {
        const leaving = Math.min(inSystem, 4) / 0.4;
        if (random() * (12 + leaving) < 12) {
          if (inSystem === 10) return 1;
          inSystem++;
          return 0;
        }
        inSystem--;
      }
    };
    expectWithin(interval(lost), estimated(boundedQueue(overloaded, 10)).lossProbability, 0.05);
  });
});

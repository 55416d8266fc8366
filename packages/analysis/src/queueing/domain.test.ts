import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as estimation from '../estimation/index.ts';
import { isNotEstimated } from './domain.ts';
import * as queueing from './index.ts';

/** Numbers as a wrong design may hand them in: negative, fractional, huge, tiny, infinite, NaN. */
const any = fc.oneof(
  fc.double(),
  fc.constantFrom(
    0,
    -0,
    1,
    2,
    0.5,
    -1,
    1e308,
    5e-324,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.MAX_SAFE_INTEGER,
  ),
  fc.integer({ min: -3, max: 40 }),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const station = fc.record({ arrivalRate: any, serviceTime: any, servers: any });
const list = fc.array(any, { maxLength: 3 });
const stations = fc.array(station, { maxLength: 3 });
const routing = fc.record({ arrivals: list, probabilities: fc.array(list, { maxLength: 3 }) });
const closed = fc.record({
  stations: fc.array(fc.record({ serviceTime: any, visits: any }), { maxLength: 3 }),
  thinkTime: any,
  population: any,
});
const law = fc.record({ throughputOfOne: any, contention: any, coherency: any });
const zipf = fc.record({ keys: any, exponent: any });

type Case = fc.Arbitrary<readonly unknown[]>;
const CASES: Readonly<Record<string, Case>> = {
  littlesLaw: fc.tuple(any, any),
  erlangB: fc.tuple(any, any),
  erlangC: fc.tuple(any, any),
  multiServerQueue: fc.tuple(station),
  emptyProbability: fc.tuple(station),
  waitQuantile: fc.tuple(station, any),
  waitsWithin: fc.tuple(station, any),
  timeQuantile: fc.tuple(station, any),
  boundedQueue: fc.tuple(station, any),
  generalServiceQueue: fc.tuple(fc.record({ arrivalRate: any, serviceTime: any, secondMoment: any })),
  generalQueue: fc.tuple(fc.record({ arrivalRate: any, serviceTime: any, servers: any, arrivalVariation: any, serviceVariation: any })),
  openNetwork: fc.tuple(stations, routing),
  openNetworkByVisits: fc.tuple(stations, list, any),
  trafficEquations: fc.tuple(routing),
  meanValueAnalysis: fc.tuple(closed),
  bottleneckBounds: fc.tuple(closed),
  scaledThroughput: fc.tuple(law, any),
  scalabilityOptimum: fc.tuple(law),
  queueDrain: fc.tuple(fc.record({ arrivalRate: any, capacity: any, duration: any })),
  slowFanOut: fc.tuple(any, any),
  leafQuantile: fc.tuple(any, any),
  moduloMovedKeys: fc.tuple(any, any),
  ringMovedKeys: fc.tuple(any, any),
  ringImbalance: fc.tuple(any, any),
  lruHitRatio: fc.tuple(fc.array(fc.record({ keys: any, share: any }), { maxLength: 4 }), any),
  metastability: fc.tuple(fc.record({ capacity: any, load: any, attempts: any })),
  topicPartitions: fc.tuple(fc.record({ target: any, producerPerPartition: any, consumerPerPartition: any, consumers: any })),
  poolSize: fc.tuple(any, any),
  deadlockFreePoolSize: fc.tuple(any, any),
  zipfClasses: fc.tuple(zipf),
  layeredAttempts: fc.tuple(list),
  meanAttempts: fc.tuple(any, any),
  retryFixpoint: fc.tuple(
    fc.record(
      {
        classes: fc.array(
          fc.record(
            { rate: any, retries: any, budget: any, breaker: fc.boolean(), failureAt: fc.func(any) },
            { requiredKeys: ['rate', 'retries', 'failureAt'] },
          ),
          { maxLength: 3 },
        ),
        convexBelow: any,
      },
      { requiredKeys: ['classes'] },
    ),
  ),
  hottestKeyShare: fc.tuple(zipf),
  hottestShardShare: fc.tuple(zipf, any),
};

const functions: Readonly<Record<string, unknown>> = { ...queueing, ...estimation };

/** Numbers in a result that are none, by path. */
function holes(value: unknown, path = 'result'): string[] {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? [] : [`${path} is ${value}`];
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? [] : [`${path} is ${String(value)}`];
  return Object.entries(value).flatMap(([key, v]) => holes(v, `${path}.${key}`));
}

describe('input outside the domain', () => {
  it('every public function is tried', () => {
    expect(Object.keys(CASES).sort()).toEqual(
      Object.keys(functions)
        .filter((name) => name !== 'isNotEstimated')
        .sort(),
    );
  });

  it.each(Object.keys(CASES))('%s gives finite numbers, 0 or more, or a reason, and never throws', (name) => {
    const f = functions[name] as (...input: readonly unknown[]) => unknown;
    fc.assert(
      fc.property(CASES[name] as Case, (input) => {
        const result = f(...input);
        if (isNotEstimated(result)) expect(result.notEstimated.length).toBeGreaterThan(10);
        else expect(holes(result)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('the reasons say what to change', () => {
    expect(queueing.multiServerQueue({ arrivalRate: 10_000, serviceTime: 0.01, servers: 100 })).toEqual({
      notEstimated:
        'utilisation is 100 %: the queue grows without end, since work for 100 servers arrives at 100; from 101 servers on the wait is finite',
    });
    expect(queueing.multiServerQueue({ arrivalRate: 1, serviceTime: 0.01, servers: 1.5 })).toEqual({
      notEstimated: 'the number of servers is 1.5: it must be a whole number, 1 or more',
    });
    expect(queueing.queueDrain({ arrivalRate: 100, capacity: 80, duration: 60 })).toEqual({
      notEstimated: 'the queue never drains: 100/s arrive and 80/s are worked off; it needs more than 100/s',
    });
  });
});

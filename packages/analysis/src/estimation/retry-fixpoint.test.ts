import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimated } from '../queueing/testing/estimated.ts';
import { type CallClass, type RetryingClients, retryFixpoint } from './retry-fixpoint.ts';

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** M/M/1 of 100/s: of the calls take longer than the timeout e^(−(100 − λ')t); above its capacity all do. */
const CAPACITY = 100;
const timesOut = (timeout: number) => (offered: number) => (offered >= CAPACITY ? 1 : Math.exp(-(CAPACITY - offered) * timeout));

interface Calls {
  readonly rate: number;
  readonly retries: number;
  readonly timeout: number;
  readonly budget?: number;
}

const classOf = ({ timeout, ...bounds }: Calls): CallClass => ({ ...bounds, failureAt: timesOut(timeout) });
const clients = (...calls: readonly Calls[]): RetryingClients => ({ classes: calls.map(classOf), convexBelow: CAPACITY });
const settle = (...calls: readonly Calls[]) => estimated(retryFixpoint(clients(...calls)));

const call = fc.record(
  { rate: between(0.01, 120), retries: fc.integer({ min: 0, max: 6 }), timeout: between(0, 1), budget: between(0, 2) },
  { requiredKeys: ['rate', 'retries', 'timeout'] },
);
const atMost = (a: number, b: number) => expect(a, `${a} is more than ${b}`).toBeLessThanOrEqual(b * (1 + 1e-9));

describe('load of retries at its fixpoint', () => {
  it('M/M/1 of 100/s, 60/s once retried after 100 ms: the root of λ = 60·(1 + e^(−(100 − λ)/10)), by bisection apart', () => {
    let [low, high] = [60, 70];
    for (let i = 0; i < 100; i++) {
      const middle = (low + high) / 2;
      if (60 * (1 + Math.exp(-(100 - middle) / 10)) > middle) low = middle;
      else high = middle;
    }
    const { calm, disturbed } = settle({ rate: 60, retries: 1, timeout: 0.1 });
    expect(low).toBeCloseTo(61.245, 3);
    expect(calm).toBeCloseTo(low, 9);
    // 60 × 2 are above the capacity: it stays there.
    expect(disturbed).toBe(120);
  });

  it('where all retries fit, it recovers: the same from both ends', () => {
    const { calm, disturbed } = settle({ rate: 40, retries: 1, timeout: 0.05 });
    expect(disturbed).toBeCloseTo(calm, 10);
    expect(calm).toBeGreaterThan(40);
  });

  it('with a timeout too short no calm load holds: 60/s after 50 ms come to 120', () => {
    expect(settle({ rate: 60, retries: 1, timeout: 0.05 })).toEqual({ calm: 120, disturbed: 120 });
  });

  it('is what plain rounds come to', () => {
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 3 }), (calls) => {
        const rounds = retryFixpoint({ classes: calls.map(classOf) });
        fc.pre(!('notEstimated' in rounds));
        const { calm, disturbed } = settle(...calls);
        expect(Math.abs(calm - rounds.calm)).toBeLessThanOrEqual(1e-7 * calm);
        expect(Math.abs(disturbed - rounds.disturbed)).toBeLessThanOrEqual(1e-7 * disturbed);
      }),
      { numRuns: 300 },
    );
  });

  it('takes a few hundred evaluations at most, at the edge of a collapse too', () => {
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 3 }), (calls) => {
        let asked = 0;
        const classes = calls.map(classOf).map((c) => ({
          ...c,
          failureAt: (offered: number) => {
            asked++;
            return c.failureAt(offered);
          },
        }));
        estimated(retryFixpoint({ classes, convexBelow: CAPACITY }));
        expect(asked / calls.length).toBeLessThan(1000);
      }),
    );
  });

  it('calm is no more than disturbed, and both lie between no retries and all', () => {
    fc.assert(
      fc.property(call, call, (a, b) => {
        const { calm, disturbed } = settle(a, b);
        atMost(a.rate + b.rate, calm);
        atMost(calm, disturbed);
        atMost(
          disturbed,
          a.rate * Math.min(1 + a.retries, 1 + (a.budget ?? a.retries)) + b.rate * Math.min(1 + b.retries, 1 + (b.budget ?? b.retries)),
        );
      }),
    );
  });

  it('more load, more retries, a larger budget and a shorter timeout never lower it', () => {
    fc.assert(
      fc.property(call, between(1, 1.2), fc.integer({ min: 0, max: 3 }), (a, factor, further) => {
        const [less, other] = [
          settle(a),
          [
            { ...a, rate: a.rate * factor },
            { ...a, retries: a.retries + further },
            { ...a, timeout: a.timeout / factor },
          ],
        ];
        const { budget, ...free } = a;
        const larger = budget === undefined ? free : { ...free, budget: budget * factor };
        for (const more of [...other, larger, free].map((c) => settle(c))) {
          atMost(less.calm, more.calm);
          atMost(less.disturbed, more.disturbed);
        }
      }),
      { numRuns: 300 },
    );
  });
});

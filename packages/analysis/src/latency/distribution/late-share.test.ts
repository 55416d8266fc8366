import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiServerQueue } from '../../queueing/mmc.ts';
import { timeQuantile } from '../../queueing/mmc-time-quantile.ts';
import { estimated } from '../../queueing/testing/estimated.ts';
import { constant, exponential, logNormal, sum, waiting, ZERO } from './distribution.ts';
import { lateShare } from './late-share.ts';
import { summarize } from './quantiles.ts';

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('share of times beyond a limit', () => {
  it('M/M/1: P(T > t) = e^(−(μ − λ)t), Kleinrock, Queueing Systems I, section 3.2', () => {
    fc.assert(
      fc.property(between(0.01, 0.99), between(0, 30), (load, t) => {
        expect(lateShare(exponential(1), waiting(load, 1 / (1 - load)), t)).toBeCloseTo(Math.exp(-(1 - load) * t), 12);
      }),
    );
  });

  it('M/M/c: that of its quantile', () => {
    fc.assert(
      fc.property(between(0.01, 0.99), fc.integer({ min: 1, max: 30 }), between(0.01, 0.999), (load, servers, q) => {
        const station = { arrivalRate: load * servers, serviceTime: 1, servers };
        const { waitProbability, meanWait } = estimated(multiServerQueue(station));
        if (waitProbability === 0) return;
        const wait = waiting(waitProbability, meanWait / waitProbability);
        expect(lateShare(exponential(1), wait, estimated(timeQuantile(station, q)))).toBeCloseTo(1 - q, 9);
      }),
    );
  });

  it('log-normal, constant: that of the quantiles on grids', () => {
    for (const service of [logNormal(2e-3, 10e-3), logNormal(0.1, 0.11), constant(5e-3)]) {
      for (const wait of [ZERO, waiting(0.9, 0.03), waiting(0.2, 1e-4), waiting(1, 2)]) {
        for (const q of [0.5, 0.9, 0.99]) {
          const [t] = summarize(sum([service, wait]), [q]).quantiles as [number];
          // Of a quantile that is right to 0.1 %; where there is an atom it is passed over.
          expect(lateShare(service, wait, t * 0.998), `${q}`).toBeGreaterThanOrEqual(1 - q - 1e-9);
          expect(lateShare(service, wait, t * 1.002), `${q}`).toBeLessThanOrEqual(1 - q + 1e-9);
        }
      }
    }
  });

  it('a log-normal service and a wait: a Riemann sum of a million strips', () => {
    const [service, mean] = [logNormal(2e-3, 10e-3), 4e-3];
    if (service.kind !== 'log-normal') throw new Error('it is log-normal');
    const strips = 1_000_000;
    for (const t of [1e-3, 5e-3, 20e-3]) {
      let sum = 0;
      for (let i = 0; i < strips; i++) {
        const z = -9 + (18 * (i + 0.5)) / strips;
        const left = t - Math.exp(service.mu + service.sigma * z);
        sum += Math.exp((-z * z) / 2) * (left < 0 ? 1 : 0.7 * Math.exp(-left / mean));
      }
      const expected = (sum * 18) / strips / Math.sqrt(2 * Math.PI);
      expect(lateShare(service, waiting(0.7, mean), t)).toBeCloseTo(expected, 5);
    }
  });

  it('is a share, and never rises with the limit, whatever the numbers', () => {
    const any = fc.oneof(between(1e-12, 1e12), fc.constantFrom(5e-324, 1e-300, 1e300, 1));
    const time = fc.oneof(
      any.map(constant),
      any.map(exponential),
      fc.tuple(any, between(1.001, 1e6)).map(([a, b]) => logNormal(a, a * b)),
      fc.constant(ZERO),
    );
    fc.assert(
      fc.property(
        time,
        fc.tuple(between(0, 1), any).map(([p, m]) => waiting(p, m)),
        fc.oneof(any, fc.constant(0)),
        any,
        (service, wait, a, more) => {
          const [p, q] = [lateShare(service, wait, a), lateShare(service, wait, a + more)];
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(1);
          expect(q).toBeLessThanOrEqual(p + 1e-9);
        },
      ),
    );
  });
});

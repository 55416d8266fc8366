import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimated } from '../queueing/testing/estimated.ts';
import { leafQuantile, slowFanOut } from './fan-out.ts';
import { lruHitRatio } from './lru-hit-ratio.ts';
import { metastability } from './metastability.ts';
import { zipfClasses } from './popularity.ts';
import { meanAttempts } from './retries.ts';
import { retryFixpoint } from './retry-fixpoint.ts';
import { hottestShardShare } from './zipf.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const atMost = (a: number, b: number) => expect(a, `${a} is more than ${b}`).toBeLessThanOrEqual(b + 1e-10 * Math.abs(b));

describe('laws of the estimates', () => {
  it('a quantile of the leaves and back', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.9999, noNaN: true }), fc.integer({ min: 1, max: 10_000 }), (q, n) => {
        expect(estimated(slowFanOut(1 - estimated(leafQuantile(q, n)), n))).toBeCloseTo(1 - q, 9);
      }),
    );
  });

  it('more leaves are never faster', () => {
    fc.assert(
      fc.property(share, fc.integer({ min: 0, max: 10_000 }), (p, n) => {
        atMost(estimated(slowFanOut(p, n)), estimated(slowFanOut(p, n + 1)));
      }),
    );
  });

  it('mean attempts are the sum of the powers, from 1 to retries + 1', () => {
    fc.assert(
      fc.property(share, fc.integer({ min: 0, max: 50 }), (p, retries) => {
        let sum = 0;
        for (let k = retries; k >= 0; k--) sum += p ** k;
        const mean = estimated(meanAttempts(p, retries));
        expect(Math.abs(mean - sum)).toBeLessThanOrEqual(1e-12 * sum);
        atMost(1, mean);
        atMost(mean, retries + 1);
      }),
    );
  });

  it('vulnerable is where a calm and a disturbed service differ', () => {
    const rate = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(rate, rate, fc.integer({ min: 0, max: 10 }), (capacity, load, retries) => {
        const { state, stuckLoad } = estimated(metastability({ capacity, load, attempts: retries + 1 }));
        const failureAt = (offered: number) => (offered > capacity ? 1 : 0);
        const { calm, disturbed } = estimated(retryFixpoint({ classes: [{ rate: load, retries, failureAt }] }));
        if (load === capacity) return;
        expect(calm !== disturbed).toBe(state === 'vulnerable');
        if (state !== 'stable') expect(disturbed).toBe(stuckLoad);
      }),
    );
  });

  it('more skew never cools the hottest shard, more shards never heat it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.integer({ min: 1, max: 1000 }),
        (keys, s, shards) => {
          const at = (exponent: number, n: number) => estimated(hottestShardShare({ keys, exponent }, n));
          atMost(at(s, shards), at(s + 0.1, shards));
          atMost(at(s, shards + 1), at(s, shards));
        },
      ),
    );
  });

  it('a larger cache never hits less, and never less than its share of the keys', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 2, noNaN: true }), share, share, (keys, exponent, a, b) => {
        const classes = estimated(zipfClasses({ keys, exponent }));
        const [small, large] = [Math.min(a, b) * keys, Math.max(a, b) * keys];
        const [less, more] = [estimated(lruHitRatio(classes, small)), estimated(lruHitRatio(classes, large))];
        atMost(less, more);
        atMost(more, 1);
        expect(less).toBeGreaterThanOrEqual((small / keys) * (1 - 1e-9) - 1e-12);
      }),
    );
  });
});

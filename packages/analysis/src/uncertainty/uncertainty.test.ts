import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distributionOf, quantileOf } from './distribution.ts';
import { latinHypercube } from './latin-hypercube.ts';
import { normalQuantile } from './normal-quantile.ts';
import { bandOf, ranksOf, varianceShare } from './sample-statistics.ts';

it('normal quantiles: the values that Wichura gives to test by, and tables', () => {
  // AS 241: p = 0.25, 0.001 and 1e-20.
  expect(normalQuantile(0.25)).toBeCloseTo(-0.6744897501960817, 15);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167814, 14);
  expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798409, 13);
  expect(normalQuantile(0.95)).toBeCloseTo(1.6448536269514722, 14);
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
  expect(normalQuantile(0.5)).toBe(0);
  expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
});

describe('a range', () => {
  it('has its ends at 5 and 95 %', () => {
    for (const interval of [
      { low: 80e6, high: 120e6, share: false },
      { low: 0.85, high: 0.95, share: true },
    ]) {
      expect(quantileOf(interval, 0.05)).toBeCloseTo(interval.low, 6);
      expect(quantileOf(interval, 0.95)).toBeCloseTo(interval.high, 6);
    }
    // The median of a log-normal is the geometric mean of its symmetric quantiles.
    expect(quantileOf({ low: 10, high: 1000, share: false }, 0.5)).toBeCloseTo(100, 9);
  });

  it('is uniform where an end is the least or most that there is', () => {
    expect(distributionOf({ low: 0, high: 10, share: false })).toBe('uniform');
    expect(distributionOf({ low: 0.9, high: 1, share: true })).toBe('uniform');
    expect(quantileOf({ low: 0, high: 10, share: false }, 0.3)).toBeCloseTo(3, 12);
    expect(distributionOf({ low: 0.9, high: 1, share: false })).toBe('log-normal');
  });

  it('stays within what it may be, and whole where it must', () => {
    expect(quantileOf({ low: 1.1, high: 4, share: false, least: 1 }, 0.001)).toBe(1);
    expect(quantileOf({ low: 3, high: 9, share: false, whole: true, least: 1 }, 0.4)).toBe(
      Math.round(quantileOf({ low: 3, high: 9, share: false }, 0.4)),
    );
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.998, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }),
        (low, more, p) => {
          const value = quantileOf({ low, high: low + more * (0.9999 - low), share: true }, p);
          expect(value).toBeGreaterThan(0);
          expect(value).toBeLessThan(1);
        },
      ),
    );
  });
});

it('a Latin hypercube has one point in each slice of each dimension, the same for the same seed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 5 }), fc.nat(), (n, d, seed) => {
      const points = latinHypercube(n, d, seed);
      expect(latinHypercube(n, d, seed)).toEqual(points);
      for (let k = 0; k < d; k++) {
        expect(points.map((p) => Math.floor((p[k] as number) * n)).sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }
    }),
  );
});

it('bands and ranks of a sample', () => {
  expect(bandOf([5, 1, 3, 2, 4, 6, 7, 8, 9, 10, 11])).toEqual({ p10: 2, p50: 6, p90: 10 });
  expect(bandOf([1, 2])).toEqual({ p10: 1.1, p50: 1.5, p90: 1.9 });
  expect(bandOf([7])).toEqual({ p10: 7, p50: 7, p90: 7 });
  expect([...ranksOf([10, 30, 20, 20])]).toEqual([1, 4, 2.5, 2.5]);
});

describe('shares of the variance', () => {
  it('a result of one input is all its, whatever its shape; one that stands still is nobody’s', () => {
    const points = latinHypercube(200, 2, 7);
    const [a, b] = [ranksOf(points.map((p) => p[0]!)), ranksOf(points.map((p) => p[1]!))];
    expect(varianceShare(a, ranksOf(points.map((p) => Math.exp(9 * p[0]!))))).toBeCloseTo(1, 12);
    expect(varianceShare(a, ranksOf(points.map((p) => -p[0]!)))).toBeCloseTo(1, 12);
    expect(varianceShare(b, ranksOf(points.map((p) => p[0]!)))).toBeLessThan(0.03);
    expect(varianceShare(a, ranksOf(points.map(() => 3)))).toBe(0);
  });

  it('of a product of log-normals are as their variances, and its band is the one of theory', () => {
    // ln X ~ N(μ, σ²): the variances of ln add up. Ranges of 1..4 and 1..2: σ as ln 4 to ln 2, so shares of 4/5 and 1/5.
    const [x, y] = [
      { low: 1, high: 4, share: false },
      { low: 1, high: 2, share: false },
    ];
    const points = latinHypercube(2000, 2, 1);
    const values = points.map((p) => [quantileOf(x, p[0]!), quantileOf(y, p[1]!)] as const);
    const product = values.map(([a, b]) => a * b);
    const ranks = ranksOf(product);
    const [byX, byY] = [varianceShare(ranksOf(values.map(([a]) => a)), ranks), varianceShare(ranksOf(values.map(([, b]) => b)), ranks)];
    // Rank correlation of a bivariate normal: ρ_s = 6/π asin(ρ/2) (Pearson 1907).
    const ofNormal = (share: number) => ((6 / Math.PI) * Math.asin(Math.sqrt(share) / 2)) ** 2;
    expect(byX).toBeCloseTo(ofNormal(0.8), 1);
    expect(byY).toBeCloseTo(ofNormal(0.2), 1);
    const sigma = Math.hypot(Math.log(4), Math.log(2)) / (2 * 1.6448536269514722);
    const median = Math.sqrt(4) * Math.sqrt(2);
    const band = bandOf(product);
    expect(band.p50 / median).toBeCloseTo(1, 1);
    expect(band.p90 / (median * Math.exp(1.2815515655446004 * sigma))).toBeCloseTo(1, 1);
    expect(band.p10 / (median * Math.exp(-1.2815515655446004 * sigma))).toBeCloseTo(1, 1);
  });
});

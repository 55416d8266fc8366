import fc from 'fast-check';
import { expect, it } from 'vitest';
import { geometricSum, meanPosition, positionVariance } from './truncated-geometric.ts';

/** From the weights, added up one by one. */
function directly(ratio: number, n: number) {
  const weights = Array.from({ length: n }, (_, j) => ratio ** j);
  const sum = weights.reduce((a, b) => a + b, 0);
  const mean = weights.reduce((a, w, j) => a + w * j, 0) / sum;
  return { sum, mean, variance: weights.reduce((a, w, j) => a + w * (j - mean) ** 2, 0) / sum };
}

it('the sum and the moments are those of the weights added up, also where all weigh nearly the same', () => {
  const near = fc.double({ min: -12, max: -1, noNaN: true }).map((e) => 1 + 10 ** e);
  const ratio = fc.oneof(
    fc.double({ min: 0, max: 1.5, noNaN: true }),
    near,
    near.map((r) => 1 / r),
    fc.constant(1),
  );
  fc.assert(
    fc.property(ratio, fc.integer({ min: 1, max: 400 }), (r, n) => {
      const { sum, mean, variance } = directly(r, n);
      if (r <= 1) expect(geometricSum(r, n) / sum).toBeCloseTo(1, 9);
      expect(Math.abs(meanPosition(r, n) - mean)).toBeLessThanOrEqual(1e-9 * n);
      expect(Math.abs(positionVariance(r, n) - variance)).toBeLessThanOrEqual(1e-6 * n * n);
    }),
  );
});

it('any number of places is taken at once', () => {
  expect(meanPosition(0.5, Number.MAX_SAFE_INTEGER)).toBeCloseTo(1, 12);
  expect(positionVariance(0.5, 1e15)).toBeCloseTo(2, 12);
  expect(meanPosition(0, 7)).toBe(0);
  expect(positionVariance(0, 7)).toBe(0);
  expect(meanPosition(1, 1e9)).toBe((1e9 - 1) / 2);
});

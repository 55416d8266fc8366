import fc from 'fast-check';
import { expect, test } from 'vitest';
import { factorAfter, factorAt, placeOf, readFactor, trafficAloud } from './traffic-scale.ts';

test('the scale is logarithmic', () => {
  expect([1, 10, 100].map(placeOf)).toEqual([0, 0.5, 1]);
  expect([0.2, 0, Number.NaN].map(placeOf).slice(0, 2)).toEqual([0, 0]);
  expect(placeOf(1e9)).toBe(1);
  expect([0, 0.35, 0.5, 0.999, 1].map(factorAt)).toEqual([1, 5, 10, 100, 100]);
});

test('keys', () => {
  const after = (key: string, ...factors: number[]) => factors.map((factor) => factorAfter(key, factor));
  expect(after('ArrowRight', 1, 1.1, 1.31, 9.9, 10, 42.5, 100)).toEqual([1.1, 1.2, 1.4, 10, 11, 43, 100]);
  expect(after('ArrowLeft', 100, 11, 10.4, 10, 1.31, 1.1, 1)).toEqual([99, 10, 10, 9.9, 1.3, 1, 1]);
  expect(after('PageUp', 1, 1.5, 5, 60, 100)).toEqual([2, 2, 10, 100, 100]);
  expect(after('PageDown', 100, 60, 5, 1.5, 1)).toEqual([50, 50, 2, 1, 1]);
  expect([factorAfter('Home', 7), factorAfter('End', 7), factorAfter('a', 7)]).toEqual([1, 100, undefined]);
});

test('up and down again is the same factor, and every key stays on the scale', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 99 }), fc.constantFrom(1, 10), (figures, size) => {
      const factor = (figures / 10) * size;
      const up = factorAfter('ArrowUp', factor)!;
      if (up < 100) expect(factorAfter('ArrowDown', up)).toBeCloseTo(factor, 9);
      for (const key of ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown']) {
        expect(factorAfter(key, factor)).toBeGreaterThanOrEqual(1);
        expect(factorAfter(key, factor)).toBeLessThanOrEqual(100);
      }
    }),
  );
});

test('what a person types', () => {
  expect(['5', '5x', ' 1.31 × ', '100'].map(readFactor)).toEqual([5, 5, 1.31, 100]);
  expect(['', 'x', '0.5', '101', '-5', '1e1', '5 6', '0x10', '1,5'].map(readFactor)).toEqual(Array.from({ length: 9 }, () => undefined));
});

test('what is said aloud', () => {
  expect(trafficAloud(1, [])).toBe('as written; nothing over capacity');
  expect(trafficAloud(2, ['tweets', 'fanout-worker'])).toBe('2 times; tweets and fanout-worker over capacity');
  expect(trafficAloud(5, ['a', 'b', 'c'])).toBe('5 times; a, b and c over capacity');
  expect(trafficAloud(5, ['a', 'b', 'c', 'd'])).toBe('5 times; a, b and 2 more over capacity');
});

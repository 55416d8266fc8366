import { expect, test } from 'vitest';
import { widthStep } from './edge.ts';
import { arrowhead, roundedPath, simplify } from './edge-path.ts';

test('corners are rounded by 7, or by half of a short segment', () => {
  const corner = [
    { x: 0, y: 0 },
    { x: 0, y: 50 },
    { x: 6, y: 50 },
  ];
  expect(roundedPath(corner)).toBe('M0 0L0 47Q0 50 3 50L6 50');
  expect(
    roundedPath([
      { x: 0, y: 0 },
      { x: 0, y: 50 },
      { x: 60, y: 50 },
    ]),
  ).toBe('M0 0L0 43Q0 50 7 50L60 50');
});

test('points on a straight line and repeats go', () => {
  const points = [0, 10, 10, 30].map((y) => ({ x: 5, y }));
  expect(simplify(points)).toEqual([
    { x: 5, y: 0 },
    { x: 5, y: 30 },
  ]);
});

test('heads grow with the stroke; only filled ones shorten the line', () => {
  const [tip, from] = [
    { x: 0, y: 100 },
    { x: 0, y: 0 },
  ];
  expect(arrowhead(tip, from, 1.5, false).shorten).toBeCloseTo(6.24);
  expect(arrowhead(tip, from, 5.5, false).shorten).toBeGreaterThan(arrowhead(tip, from, 1.5, false).shorten);
  expect(arrowhead(tip, from, 1.5, true)).toMatchObject({ shorten: 0, d: expect.not.stringContaining('Z') });
});

test('one width a decade from 1 k/s', () => {
  expect([undefined, 0, 500, 9999, 10_000, 347_000, 1e6, 9.9e6, 1e7, 1e12].map(widthStep)).toEqual([0, 0, 0, 0, 1, 2, 3, 3, 4, 4]);
});

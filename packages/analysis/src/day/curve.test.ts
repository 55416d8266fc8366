import { DAY, type DayCurve } from '@sysd/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clock } from './clock.ts';
import { greatestOf, meanOf, sumOfCurves, timeOfGreatest, valueAt } from './curve.ts';

const point = fc.record({ at: fc.integer({ min: 0, max: DAY - 1 }), before: fc.nat(1000), after: fc.nat(1000) });
const curve: fc.Arbitrary<DayCurve> = fc
  .uniqueArray(point, { minLength: 1, maxLength: 8, selector: (p) => p.at })
  .map((points) => points.sort((a, b) => a.at - b.at));

it('worked by hand: from 20 at midnight to 100 at noon and back', () => {
  const line: DayCurve = [
    { at: 0, before: 20, after: 20 },
    { at: DAY / 2, before: 100, after: 100 },
  ];
  expect(valueAt(line, { at: DAY / 4, side: 'after' })).toBe(60);
  expect(valueAt(line, { at: (3 * DAY) / 4, side: 'after' })).toBe(60);
  expect(meanOf(line)).toBe(60);
  expect(timeOfGreatest(line)).toEqual({ at: DAY / 2, side: 'before' });
  expect(clock(timeOfGreatest(line))).toBe('12:00');
  expect(clock({ at: 8 * 3600 + 30 * 60 + 15, side: 'after' })).toBe('08:30:15');
});

it('law: a sum is the sum at every time, on both sides of each jump', () => {
  fc.assert(
    fc.property(fc.array(curve, { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: DAY - 1 }), (curves, other) => {
      const all = sumOfCurves(curves);
      const times = [other, ...curves.flatMap((c) => c.map((p) => p.at))];
      for (const at of times)
        for (const side of ['before', 'after'] as const)
          expect(valueAt(all, { at, side })).toBeCloseTo(
            curves.reduce((n, c) => n + valueAt(c, { at, side }), 0),
            6,
          );
      expect(meanOf(all)).toBeCloseTo(
        curves.reduce((n, c) => n + meanOf(c), 0),
        6,
      );
    }),
  );
});

it('law: the greatest is at the time that is told, and nowhere exceeded', () => {
  fc.assert(
    fc.property(curve, (one) => {
      expect(valueAt(one, timeOfGreatest(one))).toBeCloseTo(greatestOf(one), 8);
      for (let minute = 0; minute < 24 * 60; minute++)
        expect(valueAt(one, { at: minute * 60, side: 'after' })).toBeLessThanOrEqual(greatestOf(one) + 1e-9);
    }),
    { numRuns: 30 },
  );
});

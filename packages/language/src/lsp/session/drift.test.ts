import fc from 'fast-check';
import { expect, it } from 'vitest';
import { driftBetween } from './drift.ts';

it('moves what lies behind an edit and loses what it touches', () => {
  const drift = driftBetween('aa bb cc', 'aa x bb cc');
  expect(drift(0, 2)).toEqual({ start: 0, end: 2 });
  expect(drift(6, 8)).toEqual({ start: 8, end: 10 });
  expect(driftBetween('aa bb cc', 'aa cc')(3, 5)).toBeUndefined();
});

it('only ever says where the same text stands', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(20), fc.nat(20), (older, newer, a, b) => {
      const [start, end] = [Math.min(a, b), Math.max(a, b)];
      if (end > older.length) return;
      const at = driftBetween(older, newer)(start, end);
      if (at) expect(newer.slice(at.start, at.end)).toBe(older.slice(start, end));
    }),
  );
});

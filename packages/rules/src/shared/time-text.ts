import { DAY } from '@sysd/core';

const UNITS: readonly (readonly [number, string])[] = [
  [DAY, 'day'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
  [1e-3, 'ms'],
  [1e-6, 'us'],
  [1e-9, 'ns'],
];

/**
 * A time (seconds) as a fix writes it, never more than the value: in the largest unit of which it is a whole number that one can read
 * (`90 min`, `100 s`), else rounded down.
 */
export function timeText(seconds: number): string {
  const exact = UNITS.find(([step]) => isWhole(seconds / step) && seconds / step < 10_000);
  if (exact) return `${Math.round(seconds / exact[0])} ${exact[1]}`;
  const [step, unit] = UNITS.find(([s]) => seconds >= 10 * s && s <= 1) ?? [1e-9, 'ns'];
  return `${Math.floor(seconds / step)} ${unit}`;
}

/** 0.3 s is 299.99999999999994 ms by division. */
const isWhole = (n: number): boolean => n >= 0.5 && Math.abs(n - Math.round(n)) < 1e-9;

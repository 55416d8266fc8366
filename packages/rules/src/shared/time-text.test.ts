import { parseQuantity } from '@sysd/core';
import { describe, expect, it } from 'vitest';
import { timeText } from './time-text.ts';

describe('timeText', () => {
  it('takes the largest unit of which it is a whole number', () => {
    expect([86_400, 5400, 3600, 100, 60, 0.3, 1.5].map(timeText)).toEqual([
      '1 day',
      '90 min',
      '1 h',
      '100 s',
      '1 min',
      '300 ms',
      '1500 ms',
    ]);
  });

  it('is read as no more than the value', () => {
    for (const seconds of [1 / 3, 100 / 7, 1000 / 3, 86_400 / 7, 1e-4, 12.3456789]) {
      const read = parseQuantity(timeText(seconds));
      expect(read.ok && read.value.value).toBeLessThanOrEqual(seconds);
      expect(read.ok && read.value.value).toBeGreaterThan(seconds * 0.5);
    }
  });
});

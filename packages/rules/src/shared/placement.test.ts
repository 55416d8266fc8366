import { describe, expect, it } from 'vitest';
import { withSpare } from './placement.ts';

describe('withSpare', () => {
  it('adds one where there are no zones', () => {
    expect(withSpare(1, 0)).toBe(2);
    expect(withSpare(36, 1)).toBe(37);
  });

  it('is computed, not searched: the peak may need 10^12, or more than doubles count in ones', () => {
    expect(withSpare(1e12, 3)).toBe(1.5e12);
    expect(withSpare(1e12, 0)).toBe(1e12 + 1);
    expect(withSpare(1e20, 1)).toBe(1e20);
  });

  it('carries the load without any one zone', () => {
    expect(withSpare(190, 3)).toBe(285);
    expect(withSpare(4, 2)).toBe(8);
    for (let needed = 1; needed <= 40; needed++) {
      for (let zones = 2; zones <= 5; zones++) {
        const n = withSpare(needed, zones);
        expect(n - Math.ceil(n / zones)).toBeGreaterThanOrEqual(needed);
        expect(n - 1 - Math.ceil((n - 1) / zones)).toBeLessThan(needed);
      }
    }
  });
});

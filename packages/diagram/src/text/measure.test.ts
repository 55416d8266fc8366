import { expect, test } from 'vitest';
import { HELVETICA_ASCII } from './glyph-widths.ts';
import { FACES, measure, truncate } from './measure.ts';

test('the table covers printable ASCII', () => {
  expect(HELVETICA_ASCII).toHaveLength(0x7e - 0x20 + 1);
});

test('width is the sum of glyph widths with the allowance for wider faces', () => {
  // H 722, i 222 (Helvetica AFM).
  expect(measure('Hi', { size: 10 })).toBeCloseTo((0.722 + 0.222) * 10 * 1.06);
  expect(measure('Hi', { size: 10, bold: true })).toBeGreaterThan(measure('Hi', { size: 10 }));
});

test('a wide card holds 22 bold characters', () => {
  expect(truncate('Tweet and timeline API', 248 - 13 - 43 - 11, FACES.name)).toBe('Tweet and timeline API');
});

test('cuts at whole graphemes with an ellipsis that still fits', () => {
  const family = '👩‍👩‍👧‍👦';
  const cut = truncate(family.repeat(20), 60, FACES.name);
  expect(cut).toMatch(/^(👩‍👩‍👧‍👦)+…$/u);
  expect(measure(cut, FACES.name)).toBeLessThanOrEqual(60);
  expect(measure(family, FACES.name)).toBe(measure('🚀', FACES.name));
});

test('leaves short text alone and never returns nothing', () => {
  expect(truncate('', 50, FACES.sub)).toBe('');
  expect(truncate('api', 50, FACES.sub)).toBe('api');
  expect(truncate('api', 1, FACES.sub)).toBe('…');
});

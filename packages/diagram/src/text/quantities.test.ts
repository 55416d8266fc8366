import { expect, test } from 'vitest';
import { clean } from './clean.ts';
import { FACES, measure } from './measure.ts';
import { percentText, rateText, WIDEST_RATE } from './quantities.ts';

test.each([
  [3_472_222, '3.5 M/s'],
  [34_722, '35 k/s'],
  [347_222, '347 k/s'],
  [999_960, '1 M/s'],
  [12, '12/s'],
  [0, '0/s'],
])('%d per second is %s', (rate, text) => {
  expect(rateText(rate)).toBe(text);
});

test('no rate is wider than the room kept for it', () => {
  for (let rate = 0.001; rate < 1e17; rate *= 1.37) {
    expect(measure(rateText(rate), FACES.value)).toBeLessThanOrEqual(measure(WIDEST_RATE, FACES.value));
  }
});

test.each([
  [0, '0 %'],
  [0.001, '<1 %'],
  [0.92, '92 %'],
  [1.36, '136 %'],
  [13.6, '13.6×'],
])('%d is %s', (ratio, text) => {
  expect(percentText(ratio)).toBe(text);
});

test('drawn text is one line without controls, overrides and broken characters', () => {
  expect(clean('a\nb\u0000c\u202ed\ud800e')).toBe('a b\ufffdcd\ufffde');
  expect(clean('Zoë 日本 👩‍👧')).toBe('Zoë 日本 👩‍👧');
});

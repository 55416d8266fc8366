import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS, readSettings } from './settings.ts';

it('reads severities and hints, and leaves out what has no meaning', () => {
  const settings = readSettings({ rules: { a: 'error', b: 'off', c: 'loud', __proto__: null }, inlayHints: { enabled: false } });
  expect([...settings.severities]).toEqual([
    ['a', 'error'],
    ['b', 'off'],
  ]);
  expect(settings.inlayHints).toBe(false);
});

it.each([undefined, null, 'x', 5, [], { rules: 'x', inlayHints: 1 }])('has defaults for %j', (given) => {
  expect(readSettings(given)).toEqual(DEFAULT_SETTINGS);
});

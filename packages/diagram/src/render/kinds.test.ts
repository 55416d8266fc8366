import { KIND_NAMES } from '@sysd/core';
import { describe, expect, test } from 'vitest';
import { KIND_LOOKS } from './families.ts';
import { KIND_ICONS } from './icons.ts';
import { SILHOUETTES } from './silhouettes.ts';

describe.each(KIND_NAMES)('%s', (kind) => {
  test('has a silhouette and an icon', () => {
    const shape = SILHOUETTES[KIND_LOOKS[kind].silhouette](212, 84);
    expect(shape.outline).toMatch(/^M[^N]+Z$/);
    expect(KIND_ICONS[kind].length).toBeGreaterThan(10);
  });

  test('its edges reach the outline: insets are within the card, and 0 at the middle of the top', () => {
    const shape = SILHOUETTES[KIND_LOOKS[kind].silhouette](212, 84);
    for (let x = 1; x < 212; x += 7) {
      expect(shape.insetY(x)).toBeGreaterThanOrEqual(0);
      expect(shape.insetY(x)).toBeLessThanOrEqual(42);
    }
    for (let y = 1; y < 84; y += 5) expect(shape.insetX(y)).toBeLessThanOrEqual(42);
    expect(shape.insetY(106)).toBeCloseTo(0);
  });
});

test('icons tell kinds apart', () => {
  const icons = KIND_NAMES.map((k) => KIND_ICONS[k]);
  expect(new Set(icons).size).toBe(icons.length);
});

test('silhouettes tell families apart', () => {
  const outlines = new Map<string, Set<string>>();
  for (const { family, silhouette } of Object.values(KIND_LOOKS)) {
    const shape = SILHOUETTES[silhouette](212, 84);
    const look = shape.outline + JSON.stringify(shape.inner) + (silhouette === 'dashed' ? ' dashed' : '');
    outlines.set(look, (outlines.get(look) ?? new Set()).add(family));
  }
  // A collapsed group has the plain box of a service; its icon, stack and words tell it apart.
  for (const [look, families] of outlines) {
    expect([...families].filter((f) => f !== 'plain').length, look).toBeLessThanOrEqual(1);
  }
});

import { describe, expect, test } from 'vitest';
import { themeCss } from './css.ts';
import { BAKED_THEMES, type BakedTheme, baked, COLOUR_TOKENS, type Colour, variableDeclarations } from './tokens.ts';

const channels = (hex: string): number[] => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));

/** Relative luminance and contrast ratio of WCAG 2.2. */
function luminance(rgb: readonly number[]): number {
  const [r, g, b] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}
const on = (theme: BakedTheme, text: Colour, ground: Colour) => contrast(channels(baked(theme, text)), channels(baked(theme, ground)));

const TEXTS: readonly Colour[] = ['fg', 'muted', 'error', 'info', 'k-entry', 'k-compute', 'k-data', 'k-message', 'k-plain'];

describe.each(BAKED_THEMES)('%s', (theme) => {
  test('every colour is a full hex value', () => {
    for (const token of COLOUR_TOKENS) expect(baked(theme, token)).toMatch(/^#[0-9A-F]{6}$/i);
  });

  test('text and family colours stand out from the card (4.8:1) and from nested frames (4.2:1)', () => {
    for (const text of TEXTS) {
      expect(on(theme, text, 'surface'), `${text} on surface`).toBeGreaterThanOrEqual(4.8);
      expect(on(theme, text, 'frame2'), `${text} on frame2`).toBeGreaterThanOrEqual(4.2);
    }
    // Badges only: warning text is written in the text colour.
    expect(on(theme, 'warn', 'frame2')).toBeGreaterThanOrEqual(3);
  });

  test('lines, badge counts and selected text can be read', () => {
    for (const ground of ['bg', 'surface', 'frame', 'frame2'] as const) {
      expect(on(theme, 'line', ground)).toBeGreaterThanOrEqual(3);
      expect(on(theme, 'edge', ground)).toBeGreaterThanOrEqual(3);
    }
    for (const ground of ['error', 'warn', 'info'] as const) expect(on(theme, 'onbadge', ground), ground).toBeGreaterThanOrEqual(4.5);
    expect(on(theme, 'onselect', 'select')).toBeGreaterThanOrEqual(4.5);
    expect(on(theme, 'focus', 'bg')).toBeGreaterThanOrEqual(3);
  });

  test('text on every step of the heat scale is readable, and the steps go one way in light and dark', () => {
    const surface = channels(baked(theme, 'surface'));
    const steps = (['h0', 'h1', 'h2', 'h3', 'h4'] as const).map((step, i) => {
      const opacity = Number(baked(theme, i === 4 ? 'heat-over' : 'heat'));
      return channels(baked(theme, step)).map((c, k) => c * opacity + (surface[k] ?? 0) * (1 - opacity));
    });
    for (const [i, step] of steps.entries()) expect(contrast(channels(baked(theme, 'fg')), step), `h${i}`).toBeGreaterThanOrEqual(4.5);
    if (theme === 'light' || theme === 'dark') {
      const lightness = steps.map(luminance);
      const sorted = [...lightness].sort((a, b) => (theme === 'light' ? b - a : a - b));
      expect(lightness).toEqual(sorted);
    }
  });
});

test('the style sheet of pages takes VS Code’s variables first and defines every variable that it uses', () => {
  const css = themeCss();
  expect(css).toContain('--sd-bg:var(--vscode-editor-background,#FFFFFF)');
  for (const [, name] of css.matchAll(/[^-]var\(--sd-([\w-]+)\)/g)) expect(variableDeclarations('dark')).toContain(`--sd-${name}:`);
  for (const kind of ['vscode-dark', 'vscode-high-contrast', 'vscode-high-contrast-light']) expect(css).toContain(`.${kind} `);
  expect(css).not.toMatch(/url\(|@import|expression/);
});

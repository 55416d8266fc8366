import { FACES, measure, truncate } from '../text/measure.ts';
import { classes, el, type Markup, number } from './svg-builder.ts';

export const CHIP_HEIGHT = 20;
const ICON = 8;
const PAD = 7;
const GAP = 5;
/** A chip ends with its word: a font that is wider than the table of widths must not run over it. */
export const WIDER = 1.08;

/** What a chip means: filled in the colour of errors or warnings, or a plain outline; the icon says it without the colour. */
export type ChipSign = 'down' | 'overloaded' | 'partly';

/** In a square of 8, centred: a cross, an exclamation mark, a slash. */
const ICONS: Readonly<Record<ChipSign, string>> = {
  down: 'M-3.5-3.500L3.500 3.500M3.500-3.500L-3.500 3.500',
  overloaded: 'M0-4V1M0 3.500V4',
  partly: 'M-3 4L3-4',
};

/** A word on the edge of a card or frame, its left end at x and its middle at y. No wider than `room`. */
export function chip(sign: ChipSign, words: string, x: number, y: number, room: number): Markup {
  const text = truncate(words, Math.max(0, (room - 2 * PAD - ICON - GAP) / WIDER), FACES.value);
  const width = Math.ceil(measure(text, FACES.value) * WIDER) + 2 * PAD + ICON + GAP;
  return el(
    'g',
    { class: classes('chip', sign), transform: `translate(${number(x)} ${number(y)})` },
    el('rect', { class: 'chip-box', y: -CHIP_HEIGHT / 2, width, height: CHIP_HEIGHT, rx: CHIP_HEIGHT / 2 }),
    el('path', { class: 'chip-icon', transform: `translate(${PAD + ICON / 2} 0)`, d: ICONS[sign] }),
    el('text', { class: 'chip-words', x: PAD + ICON + GAP, y: 4 }, text),
  );
}

/** The sign of a chip alone, on a corner, for far zoom. */
export function farSign(sign: ChipSign): Markup {
  return el(
    'g',
    { class: classes('chip', 'far-sign', sign), transform: 'translate(2 -5)' },
    el('path', { class: 'chip-box', d: 'M-15 0a15 15 0 1 0 30 0a15 15 0 1 0-30 0' }),
    el('path', { class: 'chip-icon', transform: 'scale(1.7)', d: ICONS[sign] }),
  );
}

/** A cross (nothing gets through) or a slash (not everything does) in a ring, on a line. */
export function lineMark(sign: 'dead' | 'partly', x: number, y: number): Markup {
  return el(
    'g',
    { class: 'mark', transform: `translate(${number(x)} ${number(y)})` },
    el('path', { class: 'mark-ring', d: 'M-8 0a8 8 0 1 0 16 0a8 8 0 1 0-16 0' }),
    el('path', { class: 'mark-sign', d: sign === 'dead' ? ICONS.down : ICONS.partly }),
  );
}

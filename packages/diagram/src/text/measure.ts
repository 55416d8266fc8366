import { BOLD_ALLOWANCE, glyphWidth, REGULAR_ALLOWANCE } from './glyph-widths.ts';

export interface Face {
  /** Font size in px. */
  readonly size: number;
  readonly bold?: boolean;
}

/** The faces of the diagram; nothing is drawn smaller than 11 px at 100 %. */
export const FACES = {
  title: { size: 16, bold: true },
  name: { size: 13, bold: true },
  frame: { size: 12, bold: true },
  body: { size: 12 },
  sub: { size: 11 },
  value: { size: 11, bold: true },
  far: { size: 24, bold: true },
} as const satisfies Record<string, Face>;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Width of a text in px, from the table of glyph widths (no DOM), so that layout is the same on every machine. */
export function measure(text: string, face: Face): number {
  const allowance = face.bold ? BOLD_ALLOWANCE * REGULAR_ALLOWANCE : REGULAR_ALLOWANCE;
  let thousandths = 0;
  for (const { segment } of segmenter.segment(text)) thousandths += graphemeWidth(segment);
  return (thousandths * face.size * allowance) / 1000;
}

/** A grapheme is as wide as its widest code point: a family emoji of seven code points takes one em. */
function graphemeWidth(grapheme: string): number {
  let widest = 0;
  for (const char of grapheme) widest = Math.max(widest, glyphWidth(char.codePointAt(0) ?? 0));
  return widest;
}

/** The text, cut at a whole grapheme with `…` at the end if it is wider than `width` px. Never empty unless the text is. */
export function truncate(text: string, width: number, face: Face): string {
  if (measure(text, face) <= width) return text;
  const graphemes = [...segmenter.segment(text)].map((s) => s.segment);
  let kept = '';
  for (const grapheme of graphemes) {
    if (measure(`${kept}${grapheme}…`, face) > width) break;
    kept += grapheme;
  }
  return `${kept.trimEnd()}…`;
}

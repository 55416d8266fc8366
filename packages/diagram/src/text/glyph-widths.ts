/**
 * Advance widths of Helvetica's printable ASCII glyphs, U+0020 to U+007E, in thousandths of the font size.
 * Source: Adobe Font Metrics for Helvetica (AFM 4.1, core 14 fonts).
 */
export const HELVETICA_ASCII: readonly number[] = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278,
  278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722,
  667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556,
  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/** Regular text is measured this much wider than Helvetica, bold text again wider: room for wider faces such as DejaVu Sans. */
export const REGULAR_ALLOWANCE = 1.06;
export const BOLD_ALLOWANCE = 1.12;

const FULL_WIDTH = 1000;
const OTHER_LETTER = 600;

/** Signs that other faces draw much wider than Helvetica. */
const WIDE_SIGNS = new Set([...'+<=>~^|×'].map((c) => c.codePointAt(0)));
const WIDE_SIGN = 800;

/** Width of one code point in thousandths of the font size. Marks, joiners and controls take no room; wide scripts and emoji one em. */
export function glyphWidth(codePoint: number): number {
  if (WIDE_SIGNS.has(codePoint)) return WIDE_SIGN;
  if (codePoint >= 0x20 && codePoint <= 0x7e) return HELVETICA_ASCII[codePoint - 0x20] ?? OTHER_LETTER;
  if (codePoint < 0xa0) return 0;
  switch (codePoint) {
    case 0xa0:
      return 278;
    case 0xb7:
      return 333;
    case 0x2026:
      return 1000;
    case 0x202f:
      return 200;
  }
  if (isZeroWidth(codePoint)) return 0;
  return isFullWidth(codePoint) ? FULL_WIDTH : OTHER_LETTER;
}

function isZeroWidth(c: number): boolean {
  return (
    (c >= 0x0300 && c <= 0x036f) || // combining marks
    (c >= 0x200b && c <= 0x200f) || // zero-width space and joiners, direction marks
    (c >= 0x202a && c <= 0x202e) || // direction overrides
    (c >= 0x2060 && c <= 0x206f) ||
    (c >= 0xfe00 && c <= 0xfe0f) || // variation selectors
    (c >= 0x1f3fb && c <= 0x1f3ff) || // skin tones
    c === 0xfeff
  );
}

function isFullWidth(c: number): boolean {
  return (
    (c >= 0x1100 && c <= 0x115f) ||
    (c >= 0x2300 && c <= 0x27bf) || // symbols that most faces draw as wide as emoji
    (c >= 0x2e80 && c <= 0xa4cf) ||
    (c >= 0xac00 && c <= 0xd7a3) ||
    (c >= 0xf900 && c <= 0xfaff) ||
    (c >= 0xfe30 && c <= 0xfe4f) ||
    (c >= 0xff00 && c <= 0xff60) ||
    (c >= 0x1f000 && c <= 0x3fffd)
  );
}

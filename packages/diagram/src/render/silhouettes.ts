import type { SilhouetteName } from './families.ts';
import { number } from './svg-builder.ts';

export interface InnerLine {
  readonly d: string;
  /** `dashed` says volatile, `dotted` a boundary that is not a wall. */
  readonly stroke?: 'dashed' | 'dotted';
}

/** The shape of a node of a given size, at the origin. */
export interface Silhouette {
  readonly outline: string;
  readonly inner: readonly InnerLine[];
  /** Where the icon tile begins, and how much room the text leaves at the right. */
  readonly iconX: number;
  readonly textEnd: number;
  /** How far the content moves down below a lid. */
  readonly lid: number;
  /** Ends of the load bar's row, from the left and the right edge. */
  readonly barStart: number;
  readonly barEnd: number;
  /** Distance from the bounding box to the outline: at `x` from the top or the bottom side, at `y` from the left or the right one. */
  readonly insetY: (x: number) => number;
  readonly insetX: (y: number) => number;
}

const POINT = 14;
const RADIUS = 8;
const LID = 7;
const CORNER = 10;
const SLOPE = 10;
const FOLD = 16;
const CAP = 12;

type Builder = (w: number, h: number) => Silhouette;

const path = (strings: TemplateStringsArray, ...values: number[]): string =>
  strings.map((s, i) => s + (i < values.length ? number(values[i] ?? 0) : '')).join('');

function rounded(w: number, h: number, r: number): string {
  return path`M${r} 0H${w - r}A${r} ${r} 0 0 1 ${w} ${r}V${h - r}A${r} ${r} 0 0 1 ${w - r} ${h}H${r}A${r} ${r} 0 0 1 0 ${h - r}V${r}A${r} ${r} 0 0 1 ${r} 0Z`;
}

/** Depth of a circular corner of radius r at distance d from its end. */
const arcInset = (d: number, r: number): number => (d >= r ? 0 : r - Math.sqrt(Math.max(0, r * r - (r - d) ** 2)));
const nearest = (at: number, length: number): number => Math.max(0, Math.min(at, length - at));

const box = (w: number, h: number, inner: readonly InnerLine[] = []): Silhouette => ({
  outline: rounded(w, h, RADIUS),
  inner,
  iconX: 13,
  textEnd: 11,
  lid: 0,
  barStart: 15,
  barEnd: 12,
  insetY: (x) => arcInset(nearest(x, w), RADIUS),
  insetX: (y) => arcInset(nearest(y, h), RADIUS),
});

const pill: Builder = (w, h) => {
  const r = h / 2;
  return {
    ...box(w, h),
    outline: rounded(w, h, r),
    iconX: 18,
    textEnd: 18,
    barStart: 26,
    barEnd: 26,
    insetY: (x) => arcInset(nearest(x, w), r),
    insetX: (y) => arcInset(nearest(y, h), r),
  };
};

const octagon: Builder = (w, h) => ({
  ...box(w, h),
  outline: path`M${CORNER} 0H${w - CORNER}L${w} ${CORNER}V${h - CORNER}L${w - CORNER} ${h}H${CORNER}L0 ${h - CORNER}V${CORNER}Z`,
  insetY: (x) => Math.max(0, CORNER - nearest(x, w)),
  insetX: (y) => Math.max(0, CORNER - nearest(y, h)),
});

const hexagonPath = (x0: number, y0: number, x1: number, y1: number, point: number): string =>
  path`M${x0 + point} ${y0}H${x1 - point}L${x1} ${(y0 + y1) / 2}L${x1 - point} ${y1}H${x0 + point}L${x0} ${(y0 + y1) / 2}Z`;

const hexagon: Builder = (w, h) => ({
  ...box(w, h),
  outline: hexagonPath(0, 0, w, h, POINT),
  iconX: 18,
  textEnd: 16,
  barStart: 20,
  barEnd: 17,
  insetY: (x) => Math.max(0, ((POINT - nearest(x, w)) / POINT) * (h / 2)),
  insetX: (y) => POINT * (Math.abs(y - h / 2) / (h / 2)),
});

const hexagonInner: Builder = (w, h) => ({
  ...hexagon(w, h),
  inner: [{ d: hexagonPath(6, 5, w - 6, h - 5, 10.5), stroke: 'dotted' }],
  barEnd: 22,
  barStart: 23,
});

const lidLine = (w: number, y: number): string => path`M0 ${y}C0 ${y + 4} ${w / 5} ${y + 6} ${w / 2} ${y + 6}S${w} ${y + 4} ${w} ${y}`;

function standing(w: number, h: number, slope: number, inner: readonly InnerLine[]): Silhouette {
  const c = w / 5;
  return {
    ...box(w, h),
    outline: path`M0 ${LID}C0 2 ${c} 0 ${w / 2} 0S${w} 2 ${w} ${LID}L${w - slope} ${h - LID}C${w - slope} ${h - 2} ${w - c} ${h} ${w / 2} ${h}S${slope} ${h - 2} ${slope} ${h - LID}Z`,
    inner,
    lid: 5,
    textEnd: 11 + slope * 0.6,
    barStart: 15 + slope * 0.4,
    barEnd: 12 + slope,
    // The lid is close to half an ellipse of height LID.
    insetY: (x) => LID * (1 - Math.sqrt(Math.max(0, 1 - ((x - w / 2) / (w / 2)) ** 2))),
    insetX: (y) => slope * Math.max(0, Math.min(1, (y - LID) / (h - 2 * LID))),
  };
}

const tubeArc = (x: number, h: number): string => path`M${x} 0C${x - 7} 0 ${x - CAP} ${h / 5} ${x - CAP} ${h / 2}S${x - 7} ${h} ${x} ${h}`;

function lying(w: number, h: number, arcs: readonly number[]): Silhouette {
  return {
    ...box(w, h),
    outline: path`M${CAP} 0H${w - CAP}C${w - 5} 0 ${w} ${h / 5} ${w} ${h / 2}S${w - 5} ${h} ${w - CAP} ${h}H${CAP}C5 ${h} 0 ${h * 0.8} 0 ${h / 2}S5 0 ${CAP} 0Z`,
    inner: arcs.map((offset) => ({ d: tubeArc(w - CAP - offset, h) })),
    textEnd: 28 + (arcs.length - 1) * 6,
    barEnd: 29 + (arcs.length - 1) * 6,
    insetY: (x) => (nearest(x, w) >= CAP ? 0 : (h / 2) * (1 - Math.sqrt(1 - ((CAP - nearest(x, w)) / CAP) ** 2))),
    insetX: (y) => CAP * (1 - Math.sqrt(Math.max(0, 1 - ((y - h / 2) / (h / 2)) ** 2))),
  };
}

export const SILHOUETTES: Readonly<Record<SilhouetteName, Builder>> = {
  pill,
  dashed: (w, h) => box(w, h),
  octagon,
  hexagon,
  'hexagon-inner': hexagonInner,
  box: (w, h) => box(w, h),
  'box-line': (w, h) => box(w, h, [{ d: path`M6 1V${h - 1}` }]),
  'box-fold': (w, h) => ({
    ...box(w, h, [{ d: path`M${w - FOLD} 0V${FOLD}H${w}` }]),
    outline: path`M${RADIUS} 0H${w - FOLD}L${w} ${FOLD}V${h - RADIUS}A${RADIUS} ${RADIUS} 0 0 1 ${w - RADIUS} ${h}H${RADIUS}A${RADIUS} ${RADIUS} 0 0 1 0 ${h - RADIUS}V${RADIUS}A${RADIUS} ${RADIUS} 0 0 1 ${RADIUS} 0Z`,
    insetY: (x) => (x > w - FOLD ? x - (w - FOLD) : arcInset(Math.max(0, x), RADIUS)),
    insetX: (y) => arcInset(nearest(y, h), RADIUS),
  }),
  cylinder: (w, h) => standing(w, h, 0, [{ d: lidLine(w, LID) }]),
  'cylinder-volatile': (w, h) => standing(w, h, 0, [{ d: lidLine(w, LID), stroke: 'dashed' }]),
  'cylinder-double': (w, h) => standing(w, h, 0, [{ d: lidLine(w, LID) }, { d: lidLine(w, LID + 3.5) }]),
  bucket: (w, h) => standing(w, h, SLOPE, [{ d: lidLine(w, LID) }]),
  tube: (w, h) => lying(w, h, [0]),
  'tube-double': (w, h) => lying(w, h, [0, 6]),
};

import type { Point } from '../layout/layout-result.ts';
import { number } from './svg-builder.ts';

const BEND = 7;

/** Points without repeats and without those on a straight line between their neighbours. */
export function simplify(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const p of points) {
    const last = kept.at(-1);
    if (last && near(last.x, p.x) && near(last.y, p.y)) continue;
    const before = kept.at(-2);
    if (last && before && ((near(before.x, last.x) && near(last.x, p.x)) || (near(before.y, last.y) && near(last.y, p.y)))) kept.pop();
    kept.push(p);
  }
  return kept;
}

const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.01;

/** A polyline with its corners rounded; a corner between short segments gets half of the shorter one. */
export function roundedPath(points: readonly Point[]): string {
  const first = points[0];
  if (!first) return '';
  let d = `M${number(first.x)} ${number(first.y)}`;
  for (let i = 1; i < points.length; i++) {
    const [before, at, after] = [points[i - 1]!, points[i]!, points[i + 1]];
    if (!after) {
      d += `L${number(at.x)} ${number(at.y)}`;
      continue;
    }
    const r = Math.min(BEND, distance(before, at) / 2, distance(at, after) / 2);
    const [enter, leave] = [toward(at, before, r), toward(at, after, r)];
    d += `L${number(enter.x)} ${number(enter.y)}Q${number(at.x)} ${number(at.y)} ${number(leave.x)} ${number(leave.y)}`;
  }
  return d;
}

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** The point at `length` px from `from` on the way to `to`. */
export function toward(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to);
  if (whole === 0) return from;
  return { x: from.x + ((to.x - from.x) * length) / whole, y: from.y + ((to.y - from.y) * length) / whole };
}

/** An arrowhead for a line of that stroke width: its path, and how much shorter a filled one makes the line. */
export function arrowhead(tip: Point, from: Point, strokeWidth: number, open: boolean): { readonly d: string; readonly shorten: number } {
  const length = 6 + 1.2 * strokeWidth;
  const half = length * 0.52;
  const base = toward(tip, from, length);
  const [ux, uy] = [(tip.x - base.x) / length, (tip.y - base.y) / length];
  const point = (side: number) => `${number(base.x - uy * half * side)} ${number(base.y + ux * half * side)}`;
  const d = open
    ? `M${point(-1)}L${number(tip.x)} ${number(tip.y)}L${point(1)}`
    : `M${number(tip.x)} ${number(tip.y)}L${point(-1)}L${point(1)}Z`;
  return { d, shorten: open ? 0 : length * 0.8 };
}

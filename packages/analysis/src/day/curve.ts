import { DAY, type DayCurve, type DayPoint, type DayTime } from '@sysd/core';

/** The same at any time. */
export const constantCurve = (value: number): DayCurve => [{ at: 0, before: value, after: value }];

export const scaledCurve = (curve: DayCurve, by: number): DayCurve =>
  curve.map(({ at, before, after }) => ({ at, before: before * by, after: after * by }));

/** The part of a curve between its points i − 1 and i, at a time within it; before the first and behind the last point over midnight. */
function between(curve: DayCurve, i: number, at: number): number {
  const last = curve.length - 1;
  const [from, to] = [curve[i === 0 ? last : i - 1] as DayPoint, curve[i > last ? 0 : i] as DayPoint];
  const start = i === 0 ? from.at - DAY : from.at;
  const end = i > last ? to.at + DAY : to.at;
  const share = (at - start) / (end - start);
  return from.after * (1 - share) + to.before * share;
}

/** Value at a time of the day. */
export function valueAt(curve: DayCurve, { at, side }: DayTime): number {
  let low = 0;
  let high = curve.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((curve[middle] as DayPoint).at < at) low = middle + 1;
    else high = middle;
  }
  const point = curve[low];
  return point?.at === at ? point[side] : between(curve, low, at);
}

/** Sum of two curves, exact at each point of either. */
function added(a: DayCurve, b: DayCurve): DayCurve {
  const points: DayPoint[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const [p, q] = [a[i], b[j]];
    const at = Math.min(p?.at ?? DAY, q?.at ?? DAY);
    const one = p?.at === at ? p : undefined;
    const other = q?.at === at ? q : undefined;
    const [x, y] = [one ? 0 : between(a, i, at), other ? 0 : between(b, j, at)];
    points.push({
      at,
      before: (one?.before ?? x) + (other?.before ?? y),
      after: (one?.after ?? x) + (other?.after ?? y),
    });
    if (one) i++;
    if (other) j++;
  }
  return points;
}

/** Sum of curves, two by two, so that n points of m curves take n × log m steps. */
export function sumOfCurves(curves: readonly DayCurve[]): DayCurve {
  let left = curves;
  while (left.length > 1) {
    const next: DayCurve[] = [];
    for (let i = 0; i < left.length; i += 2) {
      const [a, b] = [left[i] as DayCurve, left[i + 1]];
      next.push(b ? added(a, b) : a);
    }
    left = next;
  }
  return left[0] ?? constantCurve(0);
}

const SIDES = ['before', 'after'] as const;

/** Greatest value of a curve: straight lines have it at one of their ends. */
export const greatestOf = (curve: DayCurve): number =>
  curve.reduce((most, p) => Math.max(most, p.before, p.after), Number.NEGATIVE_INFINITY);

/** First time of the day at which a curve that is nowhere below 0 is at its greatest, but for rounding. */
export function timeOfGreatest(curve: DayCurve): DayTime {
  const enough = greatestOf(curve) * (1 - 1e-12);
  for (const point of curve) for (const side of SIDES) if (point[side] >= enough) return { at: point.at, side };
  return { at: 0, side: 'after' };
}

/** Mean over the day. */
export function meanOf(curve: DayCurve): number {
  return curve.reduce((sum, { at, after }, i) => {
    const next = curve[i + 1];
    const end = next?.at ?? (curve[0] as DayPoint).at + DAY;
    return sum + ((after + (next ?? (curve[0] as DayPoint)).before) / 2) * ((end - at) / DAY);
  }, 0);
}

import { COUNT, type DayCurve, type DayTime, type Dimension, type Estimate, isFigure, known } from '@sysd/core';
import { leaf, type Part, product, sum } from '../figure/make.ts';
import { clock } from './clock.ts';
import { constantCurve, greatestOf, scaledCurve, sumOfCurves, timeOfGreatest, valueAt } from './curve.ts';

/** A part of a sum at peak, whose value is that at its own peak. Without a profile it may be that at any time. */
export interface DayPart extends Part {
  readonly profile?: DayCurve;
}

export const hasDay = (parts: readonly { readonly profile?: DayCurve }[]): boolean => parts.some((p) => p.profile !== undefined);

/** Sum over the day of parts with these values at their peaks. Parts with the same profile are added first, so that each counts once. */
export function curveOf(parts: readonly { readonly profile?: DayCurve; readonly value: number }[]): DayCurve {
  const byProfile = new Map<DayCurve | undefined, number>();
  for (const { profile, value } of parts) byProfile.set(profile, (byProfile.get(profile) ?? 0) + value);
  return sumOfCurves([...byProfile].map(([profile, value]) => (profile ? scaledCurve(profile, value) : constantCurve(value))));
}

const valuesOf = (parts: readonly DayPart[]) =>
  parts.map((p) => ({ value: known(p.value) ?? 0, ...(p.profile ? { profile: p.profile } : {}) }));

/** First time of the day at which the sum of the parts is largest; parts that are not known do not count. */
export const peakTime = (parts: readonly DayPart[]): DayTime => timeOfGreatest(curveOf(valuesOf(parts)));

/** Largest sum of the parts that are known at any time of the day. */
export function largestSum(parts: readonly DayPart[]): number {
  return hasDay(parts) ? greatestOf(curveOf(valuesOf(parts))) : parts.reduce((n, p) => n + (known(p.value) ?? 0), 0);
}

/** Value at a time of the day of what has such a value at its peak. */
export function valueThen(value: Estimate, profile: DayCurve, time: DayTime): Estimate {
  const share = valueAt(profile, time);
  if (share === 1) return value;
  const at = clock(time);
  return product(`at ${at}`, `at peak × share of it at ${at}`, [value, leaf(`share of the peak at ${at}`, share, COUNT)]);
}

/** Name of a part in a sum at a time of the day: what may peak at any time is counted with its peak. */
export const nameThen = (name: string, profile: DayCurve | undefined, time: DayTime): string =>
  profile ? `${name} at ${clock(time)}` : `${name} (its peak, at any time)`;

/**
 * Sum of the parts at the time of the day at which that is largest: no more than the sum of their peaks. A part that is not known leaves it unknown, also
 * where nothing of it runs at the time at which the others are largest.
 */
export function peakSum(label: string, parts: readonly DayPart[], dimension: Dimension, none: string, formula?: string): Estimate {
  if (!hasDay(parts)) return sum(label, parts, dimension, none, formula);
  const time = peakTime(parts);
  const then = parts.map(({ name, value, profile }) => ({
    name: nameThen(name, profile, time),
    value: profile && isFigure(value) ? valueThen(value, profile, time) : value,
  }));
  return sum(label, then, dimension, none, formula === undefined ? undefined : `${formula}, at ${clock(time)}`);
}

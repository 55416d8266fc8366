import { addTo, type Component, type DayCurve, type DayTime, known, RATE, type Rate } from '@sysd/core';
import { scaledCurve, sumOfCurves } from '../day/curve.ts';
import { curveOf, type DayPart, hasDay, nameThen, peakSum, peakTime, valueThen } from '../day/peak.ts';
import type { Contribution } from './contributions.ts';
import type { Sizing } from './sizing.ts';

/** Contributions as parts of a sum of their peaks. */
export const peakParts = (parts: readonly Contribution[]): DayPart[] =>
  parts.map(({ name, rate, profile }) => ({ name, value: rate.peak, ...(profile ? { profile } : {}) }));

/** What contributions are at a time of the day: their peak is what they bring then. */
export function partsThen(parts: readonly Contribution[], time: DayTime): Contribution[] {
  return parts.map(({ profile, ...part }) => {
    const rate: Rate = profile ? { average: part.rate.average, peak: valueThen(part.rate.peak, profile, time) } : part.rate;
    return { ...part, name: nameThen(part.name, profile, time), rate };
  });
}

/** Requests that load the instances of a component alike, so that more of them is more load. */
const alikeOf = ({ operation, scatter, fresh, copies }: Contribution): string => `${operation} ${scatter} ${fresh} ${copies.join()}`;

/** With the instances that are declared: what an autoscaler runs follows the load, so that its utilisation says nothing of when that is greatest. */
export function withoutScaling(component: Component): Component {
  if (!component.properties.has('autoscale')) return component;
  return { ...component, properties: new Map([...component.properties].filter(([name]) => name !== 'autoscale')) };
}

/** Utilisation over the day by contributions that are alike, were they alone: in proportion to their rate. */
function loadCurve(group: readonly Contribution[], utilization: (some: readonly Contribution[]) => number): DayCurve {
  const values = peakParts(group).map(({ value, profile }) => ({ value: known(value) ?? 0, ...(profile ? { profile } : {}) }));
  const rate = values.reduce((n, { value }) => n + value, 0);
  const alone = utilization(group.map(({ profile: _, ...part }) => part));
  return rate > 0 ? scaledCurve(curveOf(values), alone / rate) : scaledCurve(curveOf(values), 0);
}

/**
 * Sizes a component for the time of the day at which its instances are loaded most: where all requests weigh the same, when the most come. Else
 * points of the day are tried at which what is alike changes its slope or jumps (in between, the load of an instance is nowhere greater): first that
 * where what each sort would do alone adds up to the most, until that sum, which no load exceeds, is below what was found.
 * `size` sizes for contributions as they are at one time.
 */
export function sizeAtPeak(
  component: Component,
  parts: readonly Contribution[],
  size: (component: Component, parts: readonly Contribution[]) => Sizing,
): Sizing {
  if (!hasDay(parts)) return size(component, parts);
  const all = peakParts(parts);
  const peak = peakTime(all);
  const at = (time: DayTime) => partsThen(parts, time);
  let busiest = peak;
  const alike = new Map<string, Contribution[]>();
  for (const part of parts) addTo(alike, alikeOf(part), part);
  const groups = [...alike.values()];
  if (groups.length > 1) {
    const unscaled = withoutScaling(component);
    const utilization = (some: readonly Contribution[]): number => known(size(unscaled, some).utilization) ?? 0;
    const bound = sumOfCurves(groups.map((group) => loadCurve(group, utilization)));
    const points = bound.flatMap(({ at: time, before, after }): { time: DayTime; most: number }[] => [
      { time: { at: time, side: 'before' }, most: before },
      { time: { at: time, side: 'after' }, most: after },
    ]);
    let most = utilization(at(peak)) * (1 + 1e-12);
    for (const point of points.sort((a, b) => b.most - a.most)) {
      if (!(point.most > most)) break;
      const here = utilization(at(point.time));
      if (here > most) [most, busiest] = [here * (1 + 1e-12), point.time];
    }
  }
  const then = at(busiest);
  const rate = peakSum(`rate of ${component.id} when it is loaded most`, peakParts(then), RATE, `no flow reaches ${component.id}`);
  return { ...size(component, then), day: { peak, busiest, rate } };
}

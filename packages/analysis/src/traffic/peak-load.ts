import { type Component, type DayTime, known, RATE, type Rate } from '@sysd/core';
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

/**
 * Sizes a component for the time of the day at which its instances are loaded most: where all requests weigh the same, when the most come. Else
 * each point of the day is tried at which what is alike changes its slope or jumps: in between, the load of an instance is nowhere greater.
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
  if (new Set(parts.map(alikeOf)).size > 1) {
    const unscaled = withoutScaling(component);
    const load = (time: DayTime): number => known(size(unscaled, at(time)).utilization) ?? 0;
    let most = load(peak) * (1 + 1e-12);
    const points = curveOf(all.map(({ profile }) => ({ value: 1, ...(profile ? { profile } : {}) })));
    for (const point of points)
      for (const side of ['before', 'after'] as const) {
        const here = load({ at: point.at, side });
        if (here > most * (1 + 1e-12)) {
          most = here;
          busiest = { at: point.at, side };
        }
      }
  }
  const then = at(busiest);
  const rate = peakSum(`rate of ${component.id} when it is loaded most`, peakParts(then), RATE, `no flow reaches ${component.id}`);
  return { ...size(component, then), day: { peak, busiest, rate } };
}

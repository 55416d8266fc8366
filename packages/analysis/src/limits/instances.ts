import { COUNT, type Component, type Design, type Estimate, effective, notEstimated, property, shardCount } from '@sysd/core';
import { leaf, product } from '../figure/make.ts';
import { sameStamp } from '../scenario/stamps.ts';
import { standingInstances } from '../scenario/standing.ts';
import { placementOf } from '../traffic/sizing.ts';

/** Instances of a component that may be there at once: with `autoscale` the most that it may grow to. */
export function mostInstances(design: Design, component: Component): Estimate {
  return countOver(design, component, 'all');
}

/**
 * The same, as many of them as one copy of `callee` sees: those of one copy of the stamp that both lie in; where only the callee has copies, an
 * even part of them.
 */
export function instancesSeenBy(design: Design, component: Component, callee: Component): Estimate {
  if (component.copies.length > 1 && sameStamp(design, component, callee)) return countOver(design, component, 'one');
  const all = countOver(design, component, 'all');
  if (callee.copies.length <= 1) return all;
  const copies = leaf(`copies of ${callee.id}`, callee.copies.length, COUNT);
  return product(`instances of ${component.id} for each copy of ${callee.id}`, 'instances ÷ copies', [
    all,
    { value: 1 / copies.value, dimension: COUNT, label: '1 ÷ copies', formula: '1 ÷ copies', inputs: [copies] },
  ]);
}

function countOver(design: Design, component: Component, which: 'all' | 'one'): Estimate {
  const placed = placementOf(design, component);
  const copies = Math.max(1, placed.copies.length);
  const times = (which === 'all' ? copies : 1) * shardCount(component);
  const autoscale = property(placed.properties, 'autoscale');
  if (autoscale) return leaf(`most instances of ${placed.id}`, autoscale.value.range.high * times, COUNT, autoscale);
  const replicas = effective(placed.properties, 'replicas');
  if (property(placed.properties, 'managed')?.value === 'yes' && replicas?.origin.kind !== 'declared') {
    return notEstimated(`${placed.id} is managed by its provider and says no replicas`);
  }
  const counts = placed.copies.map((copy) => standingInstances(design, placed, copy));
  const count = which === 'all' ? counts.reduce((a, b) => a + b, 0) : Math.max(...counts);
  return leaf(`instances of ${placed.id}`, count * shardCount(component), COUNT, replicas);
}

/** Replicas of a shard that are up, in the copy that has the fewest of them and has any. */
export function standingPerCopy(design: Design, component: Component): number {
  const counts = component.copies.map((copy) => standingInstances(design, component, copy)).filter((n) => n > 0);
  return counts.length > 0 ? Math.min(...counts) : 0;
}

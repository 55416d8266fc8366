import { type Component, type ElementId, isFigure, property, replicasPerCopy } from '@sysd/core';
import type { Sizing } from '../traffic/sizing.ts';

/** Instances of a copy that there can be: the declared ones, or the top of the autoscaler's range. */
function mostInstances(component: Component): number {
  return property(component.properties, 'autoscale')?.value.range.high ?? replicasPerCopy(component);
}

/** Does its peak ask for more instances than it has, with all of them up? Its redundancy is then judged as if the load could be served. */
export function isOverCapacity(component: Component, sizing: Pick<ReadonlyMap<ElementId, Sizing>, 'get'>): boolean {
  const needed = sizing.get(component.id)?.neededPerCopy;
  return needed !== undefined && isFigure(needed) && needed.value > mostInstances(component);
}

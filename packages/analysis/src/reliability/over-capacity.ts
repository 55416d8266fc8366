import { type Component, type ElementId, formatRatio, known, type OverCapacity, property, replicasPerCopy } from '@sysd/core';
import { maxUtilization } from '../traffic/capacity.ts';
import type { Sizing } from '../traffic/sizing.ts';

type Load = Pick<Sizing, 'neededPerCopy' | 'utilization'>;

/** Instances of a copy that there can be: the declared ones, or the top of the autoscaler's range. */
function mostInstances(component: Component): number {
  return property(component.properties, 'autoscale')?.value.range.high ?? replicasPerCopy(component);
}

/** Instances of one copy that the peak needs; infinitely many where not all of them carry it. Undefined where it is not estimated. */
export function neededAtPeak(component: Component, sizing: Load | undefined): number | undefined {
  const needed = known(sizing?.neededPerCopy);
  if (sizing === undefined || needed === undefined) return undefined;
  if (needed > mostInstances(component)) return Number.POSITIVE_INFINITY;
  // More instances do not help what serves with one.
  const [full, limit] = [known(sizing.utilization), known(maxUtilization(component))];
  const one = property(component.properties, 'mode')?.value === 'active-passive' && needed === 1;
  if (one && full !== undefined && limit !== undefined && full > limit * (1 + 1e-9)) return Number.POSITIVE_INFINITY;
  return needed;
}

/** Does its peak ask for more instances than it has, with all of them up? Its redundancy is then judged as if the load could be served. */
export function isOverCapacity(component: Component, sizing: Pick<ReadonlyMap<ElementId, Load>, 'get'>): boolean {
  return neededAtPeak(component, sizing.get(component.id)) === Number.POSITIVE_INFINITY;
}

/** `api runs at 84 % of its capacity at peak, above its max-utilization of 70 %`. */
export function overCapacityText({ component, utilization, limit }: OverCapacity): string {
  const [used, most] = [known(utilization), known(limit)];
  if (used === undefined || most === undefined || used <= most) return `${component} has fewer instances than its peak needs`;
  return `${component} runs at ${formatRatio(used)} of its capacity at peak, above its max-utilization of ${formatRatio(most)}`;
}

import { hasQuorum, rolesOf } from '@sysd/analysis';
import { type Component, type Design, effective, property, replicasPerCopy } from '@sysd/core';
import type { SinglePoint } from './single-points/grouping.ts';

/** Who makes a standby of the component take over. */
export function failoverOf(component: Component): 'automatic' | 'manual' | 'none' {
  return effective(component.properties, 'failover')?.value.kind ?? 'none';
}

/** Whether only the primary is a single point of failure, standbys are there, and nobody is said to make one take over. */
export function lacksFailover({ event, standbys }: SinglePoint, component: Component): boolean {
  return event.kind === 'primary' && !standbys && failoverOf(component) === 'none';
}

/** The value of `failover` with which standbys take over by themselves; what decides stays the same. */
export function automaticFailover(component: Component): string {
  const via = property(component.properties, 'failover')?.value.via;
  return via ? `automatic via ${via.name}` : 'automatic';
}

/**
 * Whether a store of two nodes could have two primaries at once: its failover is said to be automatic, by none of the technology's own
 * mechanisms, and nobody is there to outvote one of two nodes that lose sight of each other. A cache is not meant: it has nothing to lose but
 * what its source has, unless it writes behind.
 */
export function lacksArbiter(design: Design, component: Component): boolean {
  const { properties } = component;
  if (rolesOf(component) !== 'primary' || replicasPerCopy(component) !== 2) return false;
  if (property(properties, 'managed')?.value === 'yes' || failoverOf(component) !== 'automatic') return false;
  if (component.kind === 'cache' && property(properties, 'strategy')?.value !== 'write-behind') return false;
  const technology = component.technology === undefined ? undefined : design.technologies.get(component.technology);
  if (technology && property(technology.properties, 'failover')?.value.kind === 'automatic') return false;
  const via = property(properties, 'failover')?.value.via;
  const arbiter = via && design.components.get(via.name);
  return !arbiter || !arbitrates(arbiter);
}

/** Whether the component can decide between two others: one that is alone is a third vote, several must vote themselves. */
function arbitrates(arbiter: Component): boolean {
  if (property(arbiter.properties, 'managed')?.value === 'yes' || arbiter.kind === 'external') return true;
  return replicasPerCopy(arbiter) !== 2 || hasQuorum(arbiter);
}

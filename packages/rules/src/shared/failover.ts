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

/** Whether a store of two nodes fails over automatically and could then have two primaries at once. */
export function lacksArbiter(design: Design, component: Component): boolean {
  if (rolesOf(component) !== 'primary' || replicasPerCopy(component) !== 2 || failoverOf(component) !== 'automatic') return false;
  return property(component.properties, 'managed')?.value !== 'yes' && !hasArbiter(design, component);
}

/**
 * Whether somebody is there to outvote one of two nodes that lose sight of each other: the technology's own mechanism, or what the failover
 * goes through. A cache needs nobody: it has nothing to lose but what its source has, unless it writes behind.
 */
export function hasArbiter(design: Design, { kind, technology: id, properties }: Component): boolean {
  if (kind === 'cache' && property(properties, 'strategy')?.value !== 'write-behind') return true;
  const technology = id === undefined ? undefined : design.technologies.get(id);
  if (technology && property(technology.properties, 'failover')?.value.kind === 'automatic') return true;
  const arbiter = design.components.get(property(properties, 'failover')?.value.via?.name ?? '');
  return arbiter !== undefined && arbitrates(arbiter);
}

/** Whether the component can decide between two others: one that is alone is a third vote, several must vote themselves. */
function arbitrates(arbiter: Component): boolean {
  if (property(arbiter.properties, 'managed')?.value === 'yes' || arbiter.kind === 'external') return true;
  return replicasPerCopy(arbiter) !== 2 || hasQuorum(arbiter);
}

import { requirementOf, rolesOf } from '@sysd/analysis';
import { type Component, type Design, effective, type Flow, type Objective, property, replicasPerCopy } from '@sysd/core';
import type { DesignIndex } from './design-index.ts';
import { failoverOf } from './failover.ts';
import { recoveryObjective } from './objectives.ts';
import { type Call, callsOf, isInstanceGroup } from './routing.ts';

/**
 * Least time (s) in which a person who is paged makes a standby take over. Google SRE book, ch. 11: on-call engineers have 5 minutes (services for
 * users) to 30 (others) until they are at work; looking and acting come on top.
 */
export const BY_HAND = 15 * 60;

/** What happens between the failure of an instance and the time when requests are answered again, as far as the design says how long it takes. */
export interface Recovery {
  readonly by: 'hand' | 'failover' | 'check';
  /** Seconds at least, until the standby has taken over or the dead instance is left out. */
  readonly time: number;
  /** What takes that long. */
  readonly longest: 'hand' | 'failover-time' | 'health';
  /** A name service whose old answers clients use for `ttl` seconds more. */
  readonly names?: { readonly component: Component; readonly ttl: number };
}

/** A recovery that takes longer than a flow says that it may be down. */
export interface Missed {
  readonly flow: Flow;
  readonly objective: Objective;
  readonly call: Call;
  readonly recovery: Recovery;
}

/**
 * Flows that must be back sooner than the component is: those that wait for its primary, its active instance, or of which a share fails until a
 * dead instance is noticed. One for each flow, in text order. A component without a spare has no such recovery; neither has one of which the
 * design says no time.
 */
export function missedRecoveries(design: Design, index: DesignIndex, component: Component): Missed[] {
  if (!hasSpare(component)) return [];
  const missed = new Map<Flow, Missed>();
  for (const call of callsOf(index, component.id)) {
    if (!call.waitedFor || missed.has(call.flow)) continue;
    const objective = recoveryObjective(call.flow, 'rto');
    if (!objective || !needsRecovery(design, component, call)) continue;
    const recovery = recoveryOf(design, component, call);
    if (!recovery) continue;
    if (recovery.time + (recovery.names?.ttl ?? 0) > objective.bound.value)
      missed.set(call.flow, { flow: call.flow, objective, call, recovery });
  }
  return [...missed.values()];
}

/** Whether something is there to take over: another replica, or whatever the provider has, where it says how long that takes. */
function hasSpare(component: Component): boolean {
  const { properties } = component;
  if (property(properties, 'managed')?.value === 'yes') return properties.has('failover-time');
  return properties.has('autoscale') || replicasPerCopy(component) > 1;
}

/** Who else than a primary by its role is led by one replica: what says how long it takes until there is a new one. */
const isLed = ({ properties }: Component): boolean => properties.has('failover-time') && !properties.has('mode');

/** Whether the failure of one instance stops the call, or its share of the calls, until somebody has acted. */
function needsRecovery(design: Design, component: Component, { flow, hop }: Call): boolean {
  const roles = rolesOf(component);
  if (roles === 'active-passive') return true;
  if (roles !== 'primary' && !isLed(component)) return isInstanceGroup(component);
  if (hop.operation !== 'read' || effective(component.properties, 'reads')?.value === 'primary') return true;
  return requirementOf(design, flow, hop).level !== 'eventual';
}

function recoveryOf(design: Design, component: Component, call: Call): Recovery | undefined {
  const detection = detectionTime(component);
  const roles = rolesOf(component);
  const most = property(component.properties, 'failover-time')?.value;
  // From the failure to the new primary: that it is noticed is part of it. Of a range its end: an objective is for the bad day.
  const said = most && (most.high ?? most.value);
  if (roles !== 'primary' && roles !== 'active-passive') {
    if (said !== undefined && isLed(component)) return { by: 'failover', time: said, longest: 'failover-time' };
    return detection === undefined ? undefined : { by: 'check', time: detection, longest: 'health' };
  }
  const failover = failoverOf(component);
  if (failover === 'none') return undefined;
  if (failover === 'manual') return { by: 'hand', time: said ?? BY_HAND, longest: said === undefined ? 'hand' : 'failover-time' };
  const names = followedNames(design, component, call);
  const time = Math.max(said ?? 0, detection ?? 0);
  if (time === 0 && !names) return undefined;
  return { by: 'failover', time, longest: time === said ? 'failover-time' : 'health', ...(names ? { names } : {}) };
}

/** Seconds until a dead instance is noticed: so many checks in a row as it takes (at least one) that far apart. */
function detectionTime(component: Component): number | undefined {
  const health = property(component.properties, 'health')?.value;
  return health?.every && health.every.value * (health.threshold?.value ?? 1);
}

/**
 * The name service by which clients find who has taken over: the one that the failover goes through, or the one that they ask where the standby
 * stands in another region, into which no address moves.
 */
function followedNames(design: Design, component: Component, { router }: Call): Recovery['names'] {
  const via = design.components.get(property(component.properties, 'failover')?.value.via?.name ?? '');
  const names = via?.kind === 'dns' ? via : router?.kind === 'dns' && inSeveralRegions(design, component) ? router : undefined;
  const ttl = names && property(names.properties, 'ttl')?.value.value;
  return names && ttl !== undefined ? { component: names, ttl } : undefined;
}

function inSeveralRegions(design: Design, component: Component): boolean {
  const regions = new Set<string>();
  for (const { place } of component.copies[0]?.instances ?? []) {
    const found = design.places.get(place ?? '');
    if (found) regions.add(found.region ?? found.id);
  }
  // Zones outside of regions may share an address.
  return [...regions].filter((id) => design.places.get(id)?.kind === 'region').length > 1;
}

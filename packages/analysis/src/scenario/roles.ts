import { BROKERS, type Component, effective, property, replicasPerCopy, STORES } from '@sysd/core';

/**
 * How the replicas of a component share the work. `primary`: one takes the writes, the others stand by and may serve reads.
 * `active-passive`: one takes everything. `leaderless`: any of them, with W and R. `equal`: any of them.
 */
export type Roles = 'primary' | 'active-passive' | 'leaderless' | 'equal';

const holdsData = (component: Component): boolean => STORES.includes(component.kind);

/** Whether the component keeps each write on every replica (stores and brokers), rather than spreading all work over them. */
export function replicatesWrites(component: Component): boolean {
  return holdsData(component) || BROKERS.includes(component.kind);
}

/** Whether the replicas vote or confirm by number, so that they need no primary named by us. */
export function hasQuorum(component: Component): boolean {
  const bag = component.properties;
  return (
    property(bag, 'quorum') !== undefined ||
    property(bag, 'write-quorum') !== undefined ||
    property(bag, 'read-quorum') !== undefined ||
    property(bag, 'replication')?.value === 'quorum'
  );
}

export function rolesOf(component: Component): Roles {
  const mode = property(component.properties, 'mode')?.value;
  if (mode === 'active-passive') return holdsData(component) ? 'primary' : 'active-passive';
  if (mode === 'multi-primary') return 'leaderless';
  if (mode === 'active-active') return holdsData(component) ? 'leaderless' : 'equal';
  if (!holdsData(component)) return 'equal';
  if (hasQuorum(component)) return 'leaderless';
  return replicasPerCopy(component) > 1 ? 'primary' : 'equal';
}

/**
 * Which replicas serve a read: all, the primary, or the standbys. What replicates by quorum elects a leader itself; there only an
 * explicit `reads` counts.
 */
export function readersOf(component: Component, fresh: boolean): 'any' | 'primary' | 'replicas' {
  const roles = rolesOf(component);
  if (roles === 'primary') return fresh ? 'primary' : (effective(component.properties, 'reads')?.value ?? 'any');
  if (roles === 'leaderless' && !component.properties.has('mode')) return property(component.properties, 'reads')?.value ?? 'any';
  return 'any';
}

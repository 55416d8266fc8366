import { type Component, property, replicasPerCopy } from '@sysd/core';

export const majorityOf = (n: number): number => Math.floor(n / 2) + 1;

/**
 * Replicas of one copy that must be up for it to work, where they vote: `quorum`, a majority of those that read or write, or a log replicated by
 * majority (which elects its leader so too). Undefined where they do not, where a broker counts replicas in sync instead, and where a
 * provider runs them.
 */
export function quorumOf(component: Component): number | undefined {
  const bag = component.properties;
  if (property(bag, 'managed')?.value === 'yes' || property(bag, 'min-in-sync')) return undefined;
  const n = replicasPerCopy(component);
  const quorum = property(bag, 'quorum')?.value;
  if (quorum !== undefined) return quorum === 'majority' ? majorityOf(n) : quorum.value;
  return decidesByMajority(component) ? majorityOf(n) : undefined;
}

/** Whether what it needs is the majority of however many replicas there are, rather than a number. */
export function decidesByMajority(component: Component): boolean {
  const bag = component.properties;
  if (property(bag, 'managed')?.value === 'yes' || property(bag, 'min-in-sync')) return false;
  const quorum = property(bag, 'quorum')?.value;
  if (quorum !== undefined) return quorum === 'majority';
  const sides = [property(bag, 'write-quorum')?.value, property(bag, 'read-quorum')?.value].filter((side) => side !== undefined);
  return sides.length > 0 ? sides.includes('majority') : property(bag, 'replication')?.value === 'quorum';
}

import { type Component, type Edit, type Fix, known, replicasPerCopy, valueIn } from '@sysd/core';
import type { Input } from '../../rule.ts';
import { type Access, accessesOf, connectionOf } from '../../shared/requirements.ts';
import { clausesOf, quorumSize } from './configuration.ts';
import type { Provided } from './provided.ts';

export interface Mismatch {
  readonly access: Access;
  readonly provided: Provided;
}

/** Fixes that give the access what it needs and break nothing else. */
export function consistencyFixes({ access, provided }: Mismatch, input: Input): Fix[] {
  const { component } = access;
  switch (provided.remedy) {
    case 'quorum':
      return quorumFix(input, access);
    case 'strong-read': {
      const on = connectionOf(input.design, access)?.id;
      if (on === undefined) return [];
      return [
        {
          title: `Ask ${component.id} for strong reads`,
          preferred: true,
          edits: [{ kind: 'set-property', on, property: 'consistency', value: 'strong' }],
        },
      ];
    }
    case 'linearizable':
      return [
        {
          title: `Read and write ${component.id} linearizably`,
          preferred: true,
          edits: [
            { kind: 'set-property', on: component.id, property: 'read-concern', value: 'linearizable' },
            { kind: 'set-property', on: component.id, property: 'write-concern', value: 'majority' },
          ],
        },
      ];
    case 'write-majority':
      return [
        {
          title: `Let a majority of ${component.id} confirm writes`,
          preferred: true,
          edits: [{ kind: 'set-property', on: component.id, property: 'write-concern', value: 'majority' }],
        },
      ];
    case 'primary':
      return primaryFixes(component, input);
    default:
      return [];
  }
}

/** A quorum on this connection and on those whose quorum is too small to meet it. */
function quorumFix({ design, index }: Input, access: Access): Fix[] {
  const { component, side } = access;
  const n = replicasPerCopy(component);
  const majority = Math.floor(n / 2) + 1;
  // With two copies a quorum is both, and each becomes a single point of failure; a place that holds most copies does so too.
  if (n < 3 || mostInOnePlace(component) > n - majority) return [];
  const own = connectionOf(design, access);
  const ids = new Set(own ? [own.id] : []);
  for (const other of accessesOf(index, component.id)) {
    if (other.side === side) continue;
    if (side === 'write' && other.requirement.level === 'eventual') continue;
    const connection = connectionOf(design, other);
    if (connection && quorumSize(component, connection, other.side) < majority) ids.add(connection.id);
  }
  const edits = [...ids].map((on): Edit => ({ kind: 'set-property', on, property: 'consistency', value: 'quorum' }));
  return edits.length === 0 ? [] : [{ title: `Ask ${component.id} for a quorum`, preferred: true, edits }];
}

/** Most replicas of one copy that stand in one place; 0 where none is placed. */
function mostInOnePlace(component: Component): number {
  const counts = new Map<string, number>();
  for (const share of component.copies[0]?.instances ?? []) {
    if (share.place !== undefined) counts.set(share.place, (counts.get(share.place) ?? 0) + share.count);
  }
  return counts.size < 2 ? 0 : Math.max(...counts.values());
}

function primaryFixes(component: Component, { analysis }: Input): Fix[] {
  const fixes: Fix[] = [];
  const utilization = known(analysis.traffic.components.get(component.id)?.utilization);
  const carries = utilization === undefined || utilization * replicasPerCopy(component) < 1;
  // Without failover a read that must see the primary would fail with it.
  if (carries && valueIn(component.properties, 'failover')?.kind === 'automatic') {
    fixes.push({
      title: `Read ${component.id} from its primary`,
      edits: [{ kind: 'set-property', on: component.id, property: 'reads', value: 'primary' }],
    });
  }
  const synchronous = clausesOf(component).some(
    (c) => c.model === 'CP' && c.if?.property.name === 'replication' && c.if.value.name === 'sync',
  );
  if (synchronous || clausesOf(component).length === 0) {
    fixes.push({
      title: `Make writes to ${component.id} wait for its replicas`,
      edits: [{ kind: 'set-property', on: component.id, property: 'replication', value: 'sync' }],
    });
  }
  return fixes.map((fix, index) => (index === 0 ? { ...fix, preferred: true } : fix));
}

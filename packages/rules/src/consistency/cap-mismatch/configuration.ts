import {
  type Component,
  type Connection,
  type Design,
  effective,
  type PropertyName,
  type Quantity,
  replicasPerCopy,
  valueIn,
} from '@sysd/core';
import { writeConcernOf } from '../../shared/write-concern.ts';

export type Side = 'read' | 'write';

/** What a connection asks for; undefined: as the store has it. */
export function asked(connection: Connection | undefined): 'strong' | 'eventual' | 'one' | 'quorum' | 'all' | undefined {
  const value = connection ? valueIn(connection.properties, 'consistency') : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** `CP if replication sync, AP`: the clauses of the store's technology or its own. */
export function clausesOf(component: Component) {
  const value = valueIn(component.properties, 'consistency');
  return typeof value === 'string' || value === undefined ? [] : value;
}

export type Clause = ReturnType<typeof clausesOf>[number];

/** The first clause that holds for a request over the connection. Conditions on `read-…` say nothing of writes, and the other way round. */
export function clauseFor(design: Design, component: Component, connection: Connection | undefined, side: Side): Clause | undefined {
  return clausesOf(component).find((clause) => {
    if (!clause.if) return true;
    const { property, value } = clause.if;
    if (side === 'write' && property.name.startsWith('read-')) return false;
    return settingOf(design, component, connection, property.name) === value.name;
  });
}

/** A setting as one word. What the connection asks for goes before the store's concerns. */
function settingOf(design: Design, component: Component, connection: Connection | undefined, name: string): string | undefined {
  const level = asked(connection);
  if (level !== undefined && (name === 'read-concern' || name === 'write-concern')) {
    if (level === 'strong') return name === 'read-concern' ? 'linearizable' : 'majority';
    return level === 'quorum' || level === 'all' ? 'majority' : 'local';
  }
  const found = name === 'write-concern' ? writeConcernOf(design, component) : effective(component.properties, name as PropertyName);
  return typeof found?.value === 'string' ? found.value : found?.text.split(' ')[0];
}

/** Copies of each key: the replicas of one shard of one copy. */
export const copiesOfKey = replicasPerCopy;

export function isManaged(component: Component): boolean {
  return valueIn(component.properties, 'managed') === 'yes';
}

/** A store where any copy takes reads and writes and the request says how many must answer. */
export function isLeaderless(component: Component): boolean {
  return component.properties.has('write-quorum') || component.properties.has('read-quorum');
}

/** Copies that must answer (R) or confirm (W): what the connection asks for, else the store's quorum, of n copies. */
export function quorumSize(component: Component, connection: Connection | undefined, side: Side): number {
  const n = copiesOfKey(component);
  const majority = Math.floor(n / 2) + 1;
  const level = asked(connection);
  if (level !== undefined) return level === 'all' ? n : level === 'one' || level === 'eventual' ? 1 : majority;
  const value: 'majority' | 'all' | 'one' | Quantity | undefined = valueIn(
    component.properties,
    side === 'read' ? 'read-quorum' : 'write-quorum',
  );
  if (value === undefined || value === 'one') return 1;
  if (value === 'majority') return majority;
  return value === 'all' ? n : value.value;
}

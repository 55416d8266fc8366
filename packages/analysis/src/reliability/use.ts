import type { Component, Design, Flow, Hop, Operation, Stop } from '@sysd/core';
import { effective, property } from '@sysd/core';
import { needsFresh } from '../queries/requirement.ts';
import { hasQuorum } from '../scenario/roles.ts';

/** Consistency that a connection asks of a leaderless store. */
export type Asked = 'strong' | 'eventual' | 'one' | 'quorum' | 'all';

/** How a flow uses a component at a stop: what its failure depends on. */
export interface Use {
  readonly operation: Operation | 'start';
  /** A read that must see the latest write. */
  readonly fresh: boolean;
  /** Something sees that an instance is dead and asks another one. */
  readonly noticed: boolean;
  /** The query asks every shard: a dead shard hits every request. */
  readonly scatter: boolean;
  /** What the connection says about consistency, for leaderless stores. */
  readonly consistency?: Asked;
}

/** Health checks of the component itself, or of the mesh that covers it. */
function checked(meshes: readonly Component[], component: Component): boolean {
  if (property(component.properties, 'health')) return true;
  return meshes.some((m) => m.properties.has('health') && property(m.properties, 'covers')?.value.some((n) => n.name === component.id));
}

/**
 * Whether a dead instance is noticed: health checks of the component (the `health` of what routes to it says how one tells that the router
 * is alive, not its targets), automatic failover, a quorum (its members watch each other), retries of the caller, or consumers that take
 * messages themselves.
 */
export function isNoticed(
  meshes: readonly Component[],
  component: Component,
  callers: readonly { retries: number; consume: boolean }[],
): boolean {
  if (checked(meshes, component)) return true;
  if (property(component.properties, 'failover')?.value.kind === 'automatic') return true;
  if (hasQuorum(component) || property(component.properties, 'min-in-sync')) return true;
  return callers.every((caller) => caller.consume || caller.retries > 0);
}

/** The use that a hop makes of a component. */
export function useOf(design: Design, meshes: readonly Component[], flow: Flow, hop: Hop, to: Component, scatter: boolean): Use {
  const from = (flow.stops[hop.from] as Stop).component;
  const connection = design.connections.get(`${from}->${to.id}`);
  const retries = (connection && effective(connection.properties, 'retries')?.value.value) ?? 0;
  const said = connection && property(connection.properties, 'consistency')?.value;
  return {
    operation: hop.operation,
    fresh: needsFresh(design, flow, hop),
    noticed: isNoticed(meshes, to, [{ retries, consume: hop.operation === 'consume' }]),
    scatter,
    ...(typeof said === 'string' ? { consistency: said } : {}),
  };
}

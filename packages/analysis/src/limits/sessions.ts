import {
  COUNT,
  type Component,
  type Connection,
  type ElementId,
  type Estimate,
  notEstimated,
  property,
  type SessionsHeld,
} from '@sysd/core';
import { usersOnline } from '../closed/online.ts';
import { compute, leaf, product, propertyLeaf, quotient, sum, wholeAbove } from '../figure/make.ts';
import { rolesOf } from '../scenario/roles.ts';
import type { LimitContext } from './context.ts';
import { mostInstances } from './instances.ts';

/** Kinds that hold connections of users, those of which `connections` speaks. */
const HOLDERS: readonly string[] = ['gateway', 'loadbalancer', 'service'];
/** Protocols whose connection stays open through what balances it, to what answers. */
const LASTING: readonly string[] = ['websocket', 'tcp'];

/**
 * Connections that users who are `online` hold open to a component: one each where it is called by them, and one each behind a load
 * balancer or gateway that passes on a lasting protocol. Undefined where nobody online holds any.
 */
export function sessionsOf(context: LimitContext, component: Component): SessionsHeld | undefined {
  const users = usersAt(context, component.id, new Set());
  if (users.length === 0) return undefined;
  const { design } = context;
  const { id } = component;
  const clients = users.map((client) => ({ client, held: usersOnline(design, client, `${client} does not say how many are online`) }));
  const held = sum(
    `connections of users to ${id}`,
    clients.map((c) => ({ name: c.client, value: c.held })),
    COUNT,
    '',
  );
  const most = property(component.properties, 'connections');
  const limit: Estimate = most ? propertyLeaf(`${id}.connections`, most) : notEstimated(`${id} has no connections`);
  const instances: Estimate =
    rolesOf(component) === 'active-passive' ? leaf('instances that serve (active-passive)', 1, COUNT) : mostInstances(design, component);
  const capacity = product(`connections that ${id} can hold`, 'instances × connections of one', [instances, limit]);
  return {
    clients,
    held,
    limit,
    instances,
    utilization: quotient(`use of the connections of ${id}`, 'held ÷ (instances × connections of one)', held, capacity),
    needed: compute(`instances of ${id} needed for connections`, 'held ÷ connections of one, rounded up', [held, limit], COUNT, (n, l) =>
      l > 0 ? wholeAbove(n / l) : Number.NaN,
    ),
  };
}

/** Clients that say how many are online and whose connections end at a component, or go through to it; each once, in text order of the connections. */
function usersAt(context: LimitContext, id: ElementId, seen: Set<ElementId>): ElementId[] {
  const { design, ends } = context;
  const component = design.components.get(id);
  if (!component || seen.has(id) || !HOLDERS.includes(component.kind)) return [];
  seen.add(id);
  const users = (ends.into.get(id) ?? []).flatMap((c): ElementId[] => {
    const connection = design.connections.get(c) as Connection;
    const from = design.components.get(connection.from);
    if (from?.kind === 'client') return from.properties.has('online') ? [from.id] : [];
    const passes = from?.kind === 'loadbalancer' || from?.kind === 'gateway';
    return passes && isLasting(connection, component) ? usersAt(context, connection.from, seen) : [];
  });
  return [...new Set(users)];
}

function isLasting(connection: Connection, callee: Component): boolean {
  const protocol = property(connection.properties, 'protocol')?.value ?? property(callee.properties, 'protocol')?.value;
  return protocol !== undefined && LASTING.includes(protocol);
}

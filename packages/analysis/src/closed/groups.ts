import { type ElementId, isFigure, sameData } from '@sysd/core';
import type { ClosedClient, ClosedPlan } from './plan.ts';
import type { Station, StationClass } from './station.ts';

/** Clients whose users meet, at one component or through others, and the components that they reach. */
export interface ClosedGroup {
  readonly clients: readonly ClosedClient[];
  readonly stations: readonly ElementId[];
}

/** Groups by their first client, and which one each client belongs to. */
export interface ClosedGroups {
  readonly groups: ReadonlyMap<ElementId, ClosedGroup>;
  readonly of: ReadonlyMap<ElementId, ElementId>;
}

/** Users meet where somebody may have to wait: what has no limit they share without noticing one another. */
const mayQueue = ({ alone, service, busy, background }: StationClass): boolean =>
  service !== undefined || busy > 0 || background > 0 || !isFigure(alone);

export function closedGroups({ clients }: ClosedPlan, stations: ReadonlyMap<ElementId, Station>): ClosedGroups {
  const parent = new Map(clients.map((c) => [c.client, c.client]));
  const root = (id: ElementId): ElementId => {
    let at = id;
    while (parent.get(at) !== at) {
      const up = parent.get(at) as ElementId;
      parent.set(at, parent.get(up) as ElementId);
      at = up;
    }
    return at;
  };
  for (const { classes } of stations.values()) {
    const [first, ...others] = [...classes].flatMap(([client, c]) => (mayQueue(c) ? [client] : []));
    if (first !== undefined) for (const other of others) parent.set(root(other), root(first));
  }
  const byRoot = new Map<ElementId, { clients: ClosedClient[]; stations: ElementId[] }>();
  for (const client of clients) {
    const group = byRoot.get(root(client.client)) ?? { clients: [], stations: [] };
    group.clients.push(client);
    byRoot.set(root(client.client), group);
  }
  for (const { component, classes } of stations.values()) {
    for (const at of new Set([...classes.keys()].map(root))) byRoot.get(at)?.stations.push(component);
  }
  const groups = [...byRoot.values()].map((group): [ElementId, ClosedGroup] => [(group.clients[0] as ClosedClient).client, group]);
  return {
    groups: new Map(groups),
    of: new Map(groups.flatMap(([id, g]) => g.clients.map((c): [ElementId, ElementId] => [c.client, id]))),
  };
}

export function keepClosedGroups(before: ClosedGroups, now: ClosedGroups): ClosedGroups {
  return sameData(before.groups, now.groups) ? before : now;
}

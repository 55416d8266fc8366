import {
  type Component,
  type Consistency,
  type Design,
  type Flow,
  findQuery,
  findTable,
  type Hop,
  type Span,
  STORES,
  valueIn,
} from '@sysd/core';
import { perDesign } from './per-design.ts';

const RANK: Record<Consistency, number> = { eventual: 0, 'read-your-writes': 1, strong: 2 };

/** Whether `given` is at least `wanted`. */
export function satisfies(given: Consistency, wanted: Consistency): boolean {
  return RANK[given] >= RANK[wanted];
}

export interface Requirement {
  readonly level: Consistency;
  /** Who requires it: the step, a table, the flow. */
  readonly by: 'step' | 'flow' | { readonly table: string };
  readonly span?: Span;
}

/** What a step needs: what it says itself, else the strongest of its flow and of the tables that it touches. */
export function requirementOf(design: Design, flow: Flow, hop: Hop): Requirement {
  if (hop.requires) return { level: hop.requires, by: 'step' };
  const stated: Requirement[] = [];
  if (flow.requires) {
    const span = flow.properties.get('requires')?.span;
    stated.push({ level: flow.requires, by: 'flow', ...(span ? { span } : {}) });
  }
  const tables = hop.query === undefined ? [hop.table] : (findQuery(design, hop.query)?.tables ?? []);
  for (const id of tables) {
    const table = id === undefined ? undefined : findTable(design, id);
    const level = table ? valueIn(table.properties, 'requires') : undefined;
    const span = table?.properties.get('requires')?.span;
    if (table && level) stated.push({ level, by: { table: table.id }, ...(span ? { span } : {}) });
  }
  return stated.reduce<Requirement>((a, b) => (RANK[b.level] > RANK[a.level] ? b : a), { level: 'eventual', by: 'flow' });
}

/** A step's read or write of a store, with all that decides how consistent it is. */
export interface Access {
  readonly flow: Flow;
  readonly hop: Hop;
  readonly component: Component;
  readonly side: 'read' | 'write';
  readonly requirement: Requirement;
}

/** Every access to a store by every flow, in text order. */
export const accesses = perDesign((design): readonly Access[] =>
  [...design.flows.values()].flatMap((flow) =>
    flow.hops.flatMap((hop) =>
      hop.to.flatMap((target): Access[] => {
        const component = design.components.get(flow.stops[target.stop]?.component ?? '');
        if (!component || !STORES.includes(component.kind)) return [];
        const side = hop.operation === 'read' ? 'read' : hop.operation === 'write' || hop.operation === 'update' ? 'write' : undefined;
        return side ? [{ flow, hop, component, side, requirement: requirementOf(design, flow, hop) }] : [];
      }),
    ),
  ),
);

/** The connection that an access uses. */
export function connectionOf(design: Design, access: Access) {
  return design.connections.get(`${access.flow.stops[access.hop.from]?.component}->${access.component.id}`);
}

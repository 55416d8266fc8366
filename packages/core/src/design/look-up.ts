import type { Component, Design, ElementId, Flow, Hop, Query, Stop, Table } from './design.ts';

/** The table of that id (`store.name`). */
export function findTable(design: Design, id: ElementId): Table | undefined {
  return design.components.get(id.slice(0, id.lastIndexOf('.')))?.tables.find((t) => t.id === id);
}

/** The query of that id (`store.name`). */
export function findQuery(design: Design, id: ElementId): Query | undefined {
  return design.components.get(id.slice(0, id.lastIndexOf('.')))?.queries.find((q) => q.id === id);
}

/** Source stop of a hop. */
export function sourceStop(flow: Flow, hop: Hop): Stop {
  return flow.stops[hop.from] as Stop;
}

/** Target components of a hop, in order. */
export function targetsOf(design: Design, flow: Flow, hop: Hop): Component[] {
  return hop.to.map((t) => design.components.get((flow.stops[t.stop] as Stop).component) as Component);
}

/** Instances of a component in all: over its copies, per shard. */
export function instanceCount(component: Component): number {
  return component.copies.reduce((sum, copy) => sum + copy.instances.reduce((n, s) => n + s.count, 0), 0);
}

/** Instances of one copy (one shard). */
export function replicasPerCopy(component: Component): number {
  return component.copies[0]?.instances.reduce((n, s) => n + s.count, 0) ?? 1;
}

/** Number of shards; 1 where not sharded. */
export function shardCount(component: Component): number {
  const shards = component.properties.get('shards')?.value as { readonly count: { readonly value: number } } | undefined;
  return shards?.count.value ?? 1;
}

/** What to call an element in a sentence: its id, which the author can search for. */
export function displayName(element: { readonly id: string; readonly title?: string }): string {
  return element.title ?? element.id;
}

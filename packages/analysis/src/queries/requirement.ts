import { type Consistency, type Design, type Flow, findQuery, findTable, type Hop, type Span, valueIn } from '@sysd/core';

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

/** What a step needs: what it says itself, else the strongest of its flow and of the tables that it (or its query) touches. */
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

/** Whether a step is a read that must see the latest write, so that only a primary can answer it. */
export function needsFresh(design: Design, flow: Flow, hop: Hop): boolean {
  return hop.operation === 'read' && requirementOf(design, flow, hop).level !== 'eventual';
}

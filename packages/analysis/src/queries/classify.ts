import {
  type Column,
  type Component,
  type Design,
  type ElementId,
  findTable,
  type Query,
  type Span,
  shardCount,
  type Table,
  valueIn,
} from '@sysd/core';
import { shardKeyOf } from './shard-key.ts';

/** A join whose rows may lie on different shards. */
export interface CrossShardJoin {
  /** Index in `query.joins`. */
  readonly join: number;
  readonly left: ElementId;
  readonly right: ElementId;
  /** `other-store`: the tables live in different stores. `different-key`: the join does not equate their shard keys. */
  readonly cause: 'other-store' | 'different-key';
  readonly leftKey?: readonly string[];
  readonly rightKey?: readonly string[];
  /** In words, a whole sentence part: `tweet is sharded by author_id and follow by follower_id, which the join does not equate`. */
  readonly reason: string;
  /** Equations (`a.k = b.k`) that would make the join shard-local: both tables have the key and `where` pins it. */
  readonly addable: readonly { readonly left: Column; readonly right: Column }[];
  readonly span: Span;
}

/** How a query meets the shards of its store. */
export interface QueryClass {
  readonly query: ElementId;
  readonly store: ElementId;
  readonly shards: number;
  readonly crossShardJoins: readonly CrossShardJoin[];
  /** Sharded tables whose shard key `where` does not pin: each makes the query ask every shard. */
  readonly unpinned: readonly { readonly table: ElementId; readonly shardKey: readonly string[] }[];
  /** Unsharded tables of a sharded store, replicated to every shard. */
  readonly referenceTables: readonly ElementId[];
  /** Scatter-gather: every shard gets one request. */
  readonly scatter: boolean;
  /** One shard answers it alone. */
  readonly shardLocal: boolean;
}

const columnId = (table: ElementId, column: string): string => `${table}\u0000${column}`;

/** Columns fixed by `where`, directly or through equations of joins (transitively). */
function pinnedColumns(query: Query): Set<string> {
  const pinned = new Set(query.pinned.map((c) => columnId(c.table, c.column)));
  const equations = query.joins.flatMap((j) => j.equations);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { left, right } of equations) {
      const [a, b] = [columnId(left.table, left.column), columnId(right.table, right.column)];
      if (pinned.has(a) === pinned.has(b)) continue;
      pinned.add(a).add(b);
      changed = true;
    }
  }
  return pinned;
}

const shortName = (table: Table): string => table.name;

function classifyJoin(design: Design, query: Query, index: number): CrossShardJoin | undefined {
  const join = query.joins[index];
  const first = join?.equations[0];
  if (!join || !first) return undefined;
  const left = findTable(design, first.left.table);
  const right = findTable(design, first.right.table);
  if (!left || !right) return undefined;
  const base = { join: index, left: left.id, right: right.id, addable: [], span: join.span };
  if (left.store !== right.store) {
    return { ...base, cause: 'other-store', reason: `${shortName(left)} lives in ${left.store} and ${shortName(right)} in ${right.store}` };
  }
  const store = design.components.get(left.store);
  if (!store) return undefined;
  const leftKey = shardKeyOf(store, left);
  const rightKey = shardKeyOf(store, right);
  if (!leftKey || !rightKey) return undefined;
  // One store has one strategy and count; so what is left to ask is whether the join equates the keys, column by column.
  const equated = (a: string, b: string): boolean =>
    join.equations.some(
      (e) =>
        (e.left.table === left.id && e.left.column === a && e.right.table === right.id && e.right.column === b) ||
        (e.right.table === left.id && e.right.column === a && e.left.table === right.id && e.left.column === b),
    );
  if (leftKey.length === rightKey.length && leftKey.every((a, i) => equated(a, rightKey[i] as string))) return undefined;
  return {
    ...base,
    cause: 'different-key',
    leftKey,
    rightKey,
    reason: `${shortName(left)} is sharded by ${leftKey.join(', ')} and ${shortName(right)} by ${rightKey.join(', ')}, which the join does not equate`,
    addable: addableEquations(query, left, right, leftKey, rightKey, equated),
  };
}

/** The missing equations of the shard keys, if `where` pins the key on either side and both tables name their key alike. */
function addableEquations(
  query: Query,
  left: Table,
  right: Table,
  leftKey: readonly string[],
  rightKey: readonly string[],
  equated: (a: string, b: string) => boolean,
): CrossShardJoin['addable'] {
  if (leftKey.length !== rightKey.length || !leftKey.every((c, i) => c === rightKey[i])) return [];
  const pins = (table: Table, column: string) => query.pinned.find((p) => p.table === table.id && p.column === column);
  const missing = leftKey.filter((c) => !equated(c, c));
  const spans = missing.map((c) => pins(left, c)?.span ?? pins(right, c)?.span);
  if (spans.some((s) => s === undefined)) return [];
  return missing.map((column, i) => {
    const span = spans[i] as Span;
    return { left: { table: left.id, column, span }, right: { table: right.id, column, span } };
  });
}

/**
 * Classifies a query (LANGUAGE "Queries and shards"). A join is shard-local when both tables live in one store and either is a reference
 * table, or the join equates their shard keys; a query whose `where` does not pin the shard key of a sharded table asks every shard.
 */
export function classifyQuery(design: Design, query: Query): QueryClass {
  const store = design.components.get(query.store);
  const shards = store ? shardCount(store) : 1;
  const pinned = pinnedColumns(query);
  const unpinned: { table: ElementId; shardKey: readonly string[] }[] = [];
  const referenceTables: ElementId[] = [];
  for (const id of query.tables) {
    const table = findTable(design, id);
    if (!store || !table || table.store !== store.id || shards <= 1) continue;
    const key = shardKeyOf(store, table);
    if (!key) referenceTables.push(id);
    else if (!key.every((column) => pinned.has(columnId(id, column)))) unpinned.push({ table: id, shardKey: key });
  }
  const crossShardJoins = query.joins.flatMap((_, i) => classifyJoin(design, query, i) ?? []);
  const scatter = unpinned.length > 0;
  return {
    query: query.id,
    store: query.store,
    shards,
    crossShardJoins,
    unpinned,
    referenceTables,
    scatter,
    shardLocal: !scatter && crossShardJoins.length === 0,
  };
}

/** Whether a sharded component is addressed through a component that knows where keys lie (`by directory(d)`). */
export function directoryOf(component: Component): ElementId | undefined {
  const by = valueIn(component.properties, 'shards')?.by;
  return by?.function === 'directory' ? by.arguments[0]?.name : undefined;
}

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

/** A name for each column that is the same for columns which the joins equate, directly or through others. Classes of a union-find. */
function classOfColumns(query: Query): (table: ElementId, column: string) => string {
  const parent = new Map<string, string>();
  const find = (id: string): string => {
    let root = id;
    for (let up = parent.get(root); up !== undefined; up = parent.get(root)) root = up;
    for (let at = id; at !== root; ) {
      const up = parent.get(at) as string;
      parent.set(at, root);
      at = up;
    }
    return root;
  };
  for (const { left, right } of query.joins.flatMap((j) => j.equations)) {
    // A table joined with itself stands for two different rows: its columns are not the same on both sides.
    if (left.table === right.table) continue;
    const [a, b] = [find(columnId(left.table, left.column)), find(columnId(right.table, right.column))];
    if (a !== b) parent.set(a, b);
  }
  return (table, column) => find(columnId(table, column));
}

const shortName = (table: Table): string => table.name;

function classifyJoin(design: Design, query: Query, index: number, classOf: ReturnType<typeof classOfColumns>): CrossShardJoin | undefined {
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
  // One store has one strategy and count; so what is left to ask is whether the keys are equated, column by column:
  // by this join or through the others of the query.
  const equated = (a: string, b: string): boolean =>
    left.id === right.id
      ? join.equations.some((e) => e.left.column === a && e.right.column === b)
      : classOf(left.id, a) === classOf(right.id, b);
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
  const classOf = classOfColumns(query);
  const pinned = new Set(query.pinned.map((c) => classOf(c.table, c.column)));
  const unpinned: { table: ElementId; shardKey: readonly string[] }[] = [];
  const referenceTables: ElementId[] = [];
  for (const id of query.tables) {
    const table = findTable(design, id);
    if (!store || !table || table.store !== store.id || shards <= 1) continue;
    const key = shardKeyOf(store, table);
    if (!key) referenceTables.push(id);
    else if (!key.every((column) => pinned.has(classOf(id, column)))) unpinned.push({ table: id, shardKey: key });
  }
  const crossShardJoins = query.joins.flatMap((_, i) => classifyJoin(design, query, i, classOf) ?? []);
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

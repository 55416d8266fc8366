import { type Component, shardCount, type Table, valueIn } from '@sysd/core';

/** Columns of a table that its own properties or the queries of its store mention. The language has no list of columns. */
function mentionedColumns(store: Component, table: Table): Set<string> {
  const columns = new Set<string>();
  for (const name of ['key', 'shard-key', 'index'] as const) {
    for (const column of valueIn(table.properties, name) ?? []) columns.add(column.name);
  }
  for (const query of store.queries) {
    const used = [...query.pinned, ...query.joins.flatMap((j) => j.equations.flatMap((e) => [e.left, e.right]))];
    for (const column of used) if (column.table === table.id) columns.add(column.column);
  }
  return columns;
}

/**
 * Columns that decide on which shard a row of the table lies, in order; undefined where the table is not sharded: its store has one
 * shard, or the table names no `shard-key` and has no column of the store's `shards … by` (a reference table, replicated everywhere).
 */
export function shardKeyOf(store: Component, table: Table): readonly string[] | undefined {
  if (shardCount(store) <= 1) return undefined;
  const own = valueIn(table.properties, 'shard-key');
  if (own) return own.map((c) => c.name);
  const by = valueIn(store.properties, 'shards')?.by;
  if (!by || by.function === 'directory') return undefined;
  const columns = by.arguments.map((a) => a.name);
  const mentioned = mentionedColumns(store, table);
  return columns.length > 0 && columns.every((c) => mentioned.has(c)) ? columns : undefined;
}

/** Whether every shard has all of a table: its store is sharded by columns of which the table has none. */
export function isReferenceTable(store: Component, table: Table): boolean {
  const by = valueIn(store.properties, 'shards')?.by;
  return shardCount(store) > 1 && by !== undefined && by.function !== 'directory' && shardKeyOf(store, table) === undefined;
}

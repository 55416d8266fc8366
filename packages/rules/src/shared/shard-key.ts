import { type Component, propertySchema, valueIn } from '@sysd/core';

/**
 * Columns by which an unsharded store can surely be split: every table of it has them as its `shard-key`, and every query pins them, so that
 * none would ask all shards. Undefined where that is not so.
 */
export function shardKeyOfAll(component: Component): readonly string[] | undefined {
  if (component.tables.length === 0 || !(propertySchema('shards').on as readonly string[]).includes(component.kind)) return undefined;
  const keys = component.tables.map((table) => valueIn(table.properties, 'shard-key')?.map((c) => c.name));
  const [key] = keys;
  if (!key || key.length === 0 || keys.some((other) => other?.join() !== key.join())) return undefined;
  const pinned = component.queries.every(({ tables, pinned }) =>
    tables.some((table) => key.every((column) => pinned.some((p) => p.table === table && p.column === column))),
  );
  return pinned ? key : undefined;
}

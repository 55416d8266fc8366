import {
  COUNT,
  type Component,
  type ComponentLoad,
  effective,
  formatQuantity,
  isFigure,
  known,
  propertySchema,
  type StoreGrowth,
} from '@sysd/core';
import { counted } from './counted.ts';
import { shardKeyOfAll } from './shard-key.ts';

/** How many instances carry the peak within `max-utilization`, and of what they consist. */
export function capacityAdvice(component: Component, load: ComponentLoad): string {
  const needed = known(load.replicasNeeded);
  const limit = effective(component.properties, 'max-utilization')?.text ?? '100%';
  if (needed === undefined) {
    const why = isFigure(load.replicasNeeded) ? '' : ` (${load.replicasNeeded.notEstimated})`;
    return `No number of instances carries that as it is${why}: make a request cheaper, cache, or spread the load.`;
  }
  const within = `To stay within max-utilization ${limit} the peak needs`;
  const all = `${within} ${counted(needed, 'instance')}`;
  if (!load.growth) return `${all}, not ${formatQuantity(load.replicas, COUNT)}.`;
  const { shards, replicas } = load.growth;
  const copies = Math.round(needed / (shards * replicas));
  const product = `${counted(shards, 'shard')} × ${counted(replicas, 'replica')}${copies > 1 ? ` × ${copies} copies` : ''}`;
  return `${all} (${product}), not ${formatQuantity(load.replicas, COUNT)}.${sharding(component, load.growth)}`;
}

/** What to do where shards are needed and there are none. */
function sharding(component: Component, { by, shards }: StoreGrowth): string {
  if (by !== 'shards' || component.properties.has('shards') || shardKeyOfAll(component)) return '';
  if (!(propertySchema('shards').on as readonly string[]).includes(component.kind)) return '';
  return ` Every replica takes every write, so split the data: shards: ${shards} by hash(COLUMN), by a column that most requests know; or cache, or write less.`;
}

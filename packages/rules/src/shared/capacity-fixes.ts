import { BROKERS, type Component, type ComponentLoad, type Design, type Fix, known, property, replicasPerCopy, STORES } from '@sysd/core';
import { replicasText, spreadOf, withSpare } from './placement.ts';
import { shardKeyOfAll } from './shard-key.ts';

/** Where more instances carry the peak, as many as leave a spare one (and a spare zone): else each would be a single point of failure. */
export function capacityFixes(design: Design, component: Component, load: ComponentLoad): Fix[] {
  const needed = known(load.replicasNeeded);
  if (needed === undefined || component.properties.has('autoscale')) return [];
  const copies = Math.max(1, component.copies.length);
  const perCopy = Math.ceil(needed / copies);
  if (STORES.includes(component.kind) || BROKERS.includes(component.kind)) return storeFixes(component, load, perCopy);
  if (property(component.properties, 'mode')?.value === 'active-passive') return [];
  const spread = spreadOf(design, component);
  const count = withSpare(perCopy, spread.zones.length);
  const without = spread.zones.length > 1 ? 'one zone' : 'one of them';
  return [
    {
      title: `Run ${count} replicas of ${component.id}: ${perCopy} carry the peak, so it goes on without ${without}`,
      preferred: true,
      edits: [{ kind: 'set-property', on: component.id, property: 'replicas', value: replicasText(design, component, count) }],
    },
  ];
}

/** Stores grow by nodes or shards: every replica takes every write, so replicas help reads alone and are left as they are. */
function storeFixes(component: Component, load: ComponentLoad, perCopy: number): Fix[] {
  const replicas = replicasPerCopy(component);
  const nodes = property(component.properties, 'nodes');
  if (nodes?.origin.kind === 'declared') {
    const count = Math.max(withSpare(perCopy, 0), replicas);
    return [
      {
        title: `Run ${component.id} on ${count} nodes`,
        edits: [{ kind: 'set-property', on: component.id, property: 'nodes', value: String(count) }],
      },
    ];
  }
  const shards = property(component.properties, 'shards');
  if (!shards) return firstShards(component, load, replicas);
  if (shards.origin.kind !== 'declared' || !load.replicas) return [];
  // The most popular key lies on one shard, however many there are.
  const skew = property(component.properties, 'skew')?.value;
  if (skew && 'zipf' in skew) return [];
  const count = shardsWithSpare(perCopy / replicas, replicas);
  const by = /\bby\b.*$/s.exec(shards.text)?.[0];
  return [
    {
      title: `Use ${count} shards for ${component.id}`,
      edits: [{ kind: 'set-property', on: component.id, property: 'shards', value: by === undefined ? String(count) : `${count} ${by}` }],
    },
  ];
}

/** With one replica of a shard down, the others take its reads: at most r ÷ (r − 1) of their load. */
const shardsWithSpare = (shards: number, replicas: number): number => Math.ceil(shards * (replicas > 1 ? replicas / (replicas - 1) : 1));

/** Shards for a store without, where its tables agree on what they are split by. */
function firstShards(component: Component, load: ComponentLoad, replicas: number): Fix[] {
  const key = shardKeyOfAll(component);
  if (!key || load.growth?.by !== 'shards') return [];
  const value = `${shardsWithSpare(load.growth.shards, replicas)} by hash(${key.join(', ')})`;
  return [
    {
      title: `Split ${component.id}: shards: ${value}`,
      edits: [{ kind: 'set-property', on: component.id, property: 'shards', value }],
    },
  ];
}

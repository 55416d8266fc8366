import { type Component, instanceCount, shardCount, valueIn } from '@sysd/core';

interface Replicas {
  readonly pill?: string;
  readonly pillWords?: string;
  readonly stacked: boolean;
}

/** `32 × 3` shards × copies, `×60` replicas (or machines, where `nodes` says how many), nothing for a single instance. */
export function replicasOf(component: Component): Replicas {
  const shards = shardCount(component);
  const copies = instanceCount(component);
  const machines = valueIn(component.properties, 'nodes')?.value;
  if (machines !== undefined && machines > 1) return { pill: `×${machines}`, pillWords: `${machines} nodes`, stacked: true };
  if (shards > 1) {
    return { pill: `${shards} × ${Math.max(1, copies)}`, pillWords: `${shards} shards, ${Math.max(1, copies)} copies each`, stacked: true };
  }
  return copies > 1 ? { pill: `×${copies}`, pillWords: `${copies} replicas`, stacked: true } : { stacked: false };
}

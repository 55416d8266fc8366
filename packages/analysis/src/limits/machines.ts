import { COUNT, type Component, type Estimate, effective, instanceCount, property, shardCount } from '@sysd/core';
import { leaf } from '../figure/make.ts';

/** Machines over which a store or broker spreads what it keeps, of all its copies: `nodes`, else shards × replicas. Failed ones count. */
export function machinesOf(component: Component): Estimate {
  const nodes = property(component.properties, 'nodes');
  const copies = Math.max(1, component.copies.length);
  if (nodes) return leaf(`machines of ${component.id}`, nodes.value.value * copies, COUNT, nodes);
  const count = instanceCount(component) * shardCount(component);
  const said = property(component.properties, 'shards') ?? effective(component.properties, 'replicas');
  return count > 0 ? { ...leaf(`machines of ${component.id}`, count, COUNT, said), text: String(count) } : leaf('machines', 1, COUNT);
}

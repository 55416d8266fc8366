import {
  COUNT,
  type Component,
  type Design,
  type Estimate,
  type Figure,
  instanceCount,
  notEstimated,
  property,
  sameDimension,
  shardCount,
  USD,
} from '@sysd/core';
import { leaf } from '../../figure/make.ts';

/** Machines of a component: `nodes`, or shards × replicas, of all copies. */
function nodesOf(component: Component): number {
  const nodes = property(component.properties, 'nodes')?.value.value;
  return nodes === undefined ? instanceCount(component) * shardCount(component) : nodes * component.copies.length;
}

/**
 * What the machines of `to` cost more than those of `from`, money per second (negative: less): for each component that has become larger or
 * smaller, the difference × its `cost … per node`. Not estimated where one of them has none, or where currencies differ. Prices per
 * amount used do not change with the machines.
 */
export function addedCost(from: Design, to: Design): Estimate {
  const parts: Figure[] = [];
  const lacking: string[] = [];
  for (const after of to.components.values()) {
    const before = from.components.get(after.id);
    const added = nodesOf(after) - (before ? nodesOf(before) : 0);
    if (added === 0) continue;
    const cost = property(after.properties, 'cost');
    const amount = cost?.value.amount;
    if (!cost || !amount) {
      lacking.push(`${after.id} has no cost`);
      continue;
    }
    if (!cost.value.perNode || amount.dimension.time !== -1) {
      lacking.push(`the cost of ${after.id} is not said per node and time (${cost.text})`);
      continue;
    }
    parts.push({
      value: added * amount.value,
      dimension: amount.dimension,
      label: `cost of ${added} more of ${after.id}`,
      formula: 'machines added × cost',
      inputs: [leaf('machines added', added, COUNT), leaf(`${after.id}.cost`, amount.value, amount.dimension, cost)],
    });
  }
  if (lacking.length > 0) return notEstimated(lacking.join('; '));
  const dimension = parts[0]?.dimension ?? { ...USD, time: -1 };
  if (parts.some((p) => !sameDimension(p.dimension, dimension))) return notEstimated('the costs are in different currencies');
  return {
    value: parts.reduce((sum, p) => sum + p.value, 0),
    dimension,
    label: 'added cost',
    formula: 'sum over the machines that are added',
    ...(parts.length > 0 ? { inputs: parts } : {}),
  };
}

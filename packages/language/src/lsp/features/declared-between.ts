import type { Component, Design, Flow } from '@sysd/core';
import { blocksBetween } from '../text/partition.ts';
import { blocksOf, type Snapshot } from '../text/snapshot.ts';
import { factsOf } from './block-facts.ts';

/** Components and flows of a design that the blocks between two offsets of a text declare, by their names. O(these blocks). */
export function declaredBetween(
  snapshot: Snapshot,
  design: Design,
  from: number,
  to: number,
): { readonly components: readonly Component[]; readonly flows: readonly Flow[] } {
  const components = new Set<Component>();
  const flows = new Set<Flow>();
  for (const { block } of blocksBetween(blocksOf(snapshot), from, to)) {
    const { declared } = factsOf(block);
    for (const { name } of declared.components) {
      const component = design.components.get(name);
      if (component) components.add(component);
    }
    for (const { name } of declared.flows) {
      const flow = design.flows.get(name);
      if (flow) flows.add(flow);
    }
  }
  return { components: [...components], flows: [...flows] };
}

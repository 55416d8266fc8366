import type { Component, Design, Flow } from '@sysd/core';
import { blocksBetween, type PlacedText } from '../text/partition.ts';
import { factsOf } from './blocks/facts.ts';

/** Components and flows of a design that the blocks between two offsets of a text declare, by their names. O(these blocks). */
export function declaredBetween(
  blocks: readonly PlacedText[],
  design: Design,
  from: number,
  to: number,
): { readonly components: readonly Component[]; readonly flows: readonly Flow[] } {
  const components = new Set<Component>();
  const flows = new Set<Flow>();
  for (const { block } of blocksBetween(blocks, from, to)) {
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

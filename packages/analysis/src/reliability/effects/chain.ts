import type { ChainLink, Design, ElementId, Estimate } from '@sysd/core';
import type { EventClass, FaultNode, FaultTree } from '../fault-tree.ts';
import { widest, withoutMiddle } from '../witness.ts';
import { tooFew } from './causes.ts';

/**
 * Why requests of a flow fail with what has failed: links from what is down up to the flow, in words, as `witness` gives them for a single
 * failure, and all connections that they go over. At each gate the input is followed by which most requests fail (`shares`), the first in text
 * order among equals. Empty where none fails.
 */
export function chainOf(
  design: Design,
  tree: FaultTree,
  fails: readonly boolean[],
  shares: readonly (Estimate | undefined)[],
): { readonly chain: readonly ChainLink[]; readonly path: readonly ElementId[] } {
  const links: ChainLink[] = [];
  let index: number | undefined = shares[tree.top] ? tree.top : undefined;
  while (index !== undefined) {
    const node = tree.nodes[index] as FaultNode;
    if (node.why) links.push(node.why);
    const { gate } = node;
    if (gate.kind === 'event') {
      const event = tree.events[gate.event];
      if (event) links.push(downLink(design, event));
      index = undefined;
    } else if (gate.kind === 'atleast') {
      const component = design.components.get(node.redundancy?.component ?? '');
      if (component) links.push({ text: tooFew(tree, fails, index), span: component.nameSpan, element: component.id });
      index = gate.groups.find((g) => fails[g.shared])?.shared;
    } else {
      index = gate.kind === 'never' ? undefined : widest(gate.inputs, shares);
    }
  }
  links.reverse();
  const path = new Set(links.map((link) => link.element).filter((id) => design.connections.has(id)));
  return { chain: withoutMiddle(links), path: [...path] };
}

/** A zone that is down with its region is the region's doing. */
function downLink(design: Design, event: EventClass): ChainLink {
  const named = (id: string | undefined): boolean => id !== undefined && design.failed.some((f) => f.element === id);
  const region = design.places.get(event.element)?.region;
  const place = !named(event.element) && named(region) ? design.places.get(region as string) : undefined;
  if (place) return { text: `${place.kind} ${place.id} is down`, span: place.nameSpan, element: place.id };
  return { text: `${event.label} is down`, span: event.span, element: event.element };
}

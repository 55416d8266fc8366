import type { ElementId, IllusoryRedundancy } from '@sysd/core';
import type { FaultNode, FaultTree } from './fault-tree.ts';
import type { SingleFailurePass } from './single-failures.ts';

/** The redundancy that a single failure defeats, seen from the top: the first choice of branches along its path, of which it fails all. */
export function illusoryRedundancy(
  tree: FaultTree,
  pass: SingleFailurePass,
  event: number,
  path: readonly number[],
): IllusoryRedundancy | undefined {
  for (const index of path) {
    const { gate, branches } = tree.nodes[index] as FaultNode;
    if (gate.kind !== 'and' || !branches || branches.length < 2) continue;
    const stopped = gate.inputs.map((input) => stoppedBelow(tree, pass, event, input));
    const [first, ...others] = stopped;
    return { branches, shared: [...(first ?? [])].filter((id) => others.every((o) => o.has(id))) };
  }
  return undefined;
}

const FATES: ReadonlySet<string> = new Set(['zone', 'region', 'host', 'shared']);

/** Components that the event stops below a node, the uppermost first. */
function stoppedBelow(tree: FaultTree, pass: SingleFailurePass, event: number, from: number): Set<ElementId> {
  const found = new Set<ElementId>();
  const seen = new Set([from]);
  for (let i = from; i > 0; i--) {
    if (!seen.has(i) || !pass.contains(i, event)) continue;
    const { gate, redundancy } = tree.nodes[i] as FaultNode;
    if (redundancy) found.add(redundancy.component);
    const own = gate.kind === 'event' ? tree.events[gate.event] : undefined;
    if (own && !FATES.has(own.kind)) found.add(own.element);
    if ('inputs' in gate) for (const input of gate.inputs) seen.add(input);
  }
  return found;
}

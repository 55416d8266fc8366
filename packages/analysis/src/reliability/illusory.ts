import type { Design, ElementId, IllusoryRedundancy } from '@sysd/core';
import type { FaultNode, FaultTree } from './fault-tree.ts';
import type { SingleFailurePass } from './single-failures.ts';

/**
 * The redundancy that a single failure defeats, seen from the top: the first choice of branches along its path, of which it fails all that the
 * scenario has left.
 */
export function illusoryRedundancy(
  design: Design,
  tree: FaultTree,
  pass: SingleFailurePass,
  event: number,
  path: readonly number[],
): IllusoryRedundancy | undefined {
  for (const index of path) {
    const { gate, branches: names = [] } = tree.nodes[index] as FaultNode;
    if (gate.kind !== 'and' || names.length !== gate.inputs.length) continue;
    const left = names.map((name, i) => ({ name, input: gate.inputs[i] as number })).filter(({ input }) => !pass.fails[input]);
    if (left.length < 2) continue;
    const stopped = left.map(({ input }) => stoppedBelow(design, tree, pass, event, input));
    const full = [...new Set(stopped.flatMap((s) => [...s.full]))];
    const [first, ...others] = stopped.map((s) => s.things);
    const shared = [...(first ?? [])].filter(([thing]) => others.every((o) => o.has(thing))).map(([, id]) => id);
    return { branches: left.map(({ name }) => name), shared: [...new Set(shared)], full: shared.length > 0 ? [] : full };
  }
  return undefined;
}

const FATES: ReadonlySet<string> = new Set(['zone', 'region', 'host', 'shared']);

/**
 * What the event stops below a node, the uppermost first: a component, or one copy of it; and components that then cannot carry what shifts to
 * them.
 */
function stoppedBelow(design: Design, tree: FaultTree, pass: SingleFailurePass, event: number, from: number) {
  const things = new Map<string, ElementId>();
  const tooFull = new Set<ElementId>();
  const seen = new Set([from]);
  const add = (id: ElementId, node: number): void => {
    const copies = design.components.get(id)?.copies.length ?? 1;
    things.set(copies > 1 ? `${id} ${node}` : id, id);
  };
  for (let i = from; i > 0; i--) {
    if (!seen.has(i) || !pass.contains(i, event)) continue;
    const { gate, redundancy, full } = tree.nodes[i] as FaultNode;
    if (full !== undefined) tooFull.add(full);
    if (redundancy) add(redundancy.component, i);
    const own = gate.kind === 'event' ? tree.events[gate.event] : undefined;
    if (own && !FATES.has(own.kind)) add(own.element, i);
    if ('inputs' in gate) for (const input of gate.inputs) seen.add(input);
  }
  // What is down itself is not too full.
  const down = new Set(things.values());
  return { things, full: new Set([...tooFull].filter((id) => !down.has(id))) };
}

import { type Design, effective, type Flow, type Stop } from '@sysd/core';
import { readsThrough } from '../../traffic/flow-rates.ts';
import type { UsedCopy } from '../component-failure.ts';
import type { FaultTree, Gate } from '../fault-tree.ts';
import type { FlowFailure } from '../flow-failure.ts';

/**
 * What a flow asks of copies that leave load to others when they fail: what lies below a step with alternatives, a fallback, retries or
 * copies to choose from, and caches. All others only take load away.
 */
export function shiftingUses(design: Design, flow: Flow, failure: FlowFailure): UsedCopy[] {
  const uses = new Map<number, UsedCopy[]>();
  for (const { node, ...use } of failure.uses) uses.set(node, [...(uses.get(node) ?? []), use]);
  return below(failure.tree, shiftingNodes(design, flow, failure), uses).flatMap((node) => uses.get(node) ?? []);
}

/** Nodes whose failure sends load elsewhere. */
function shiftingNodes(design: Design, flow: Flow, failure: FlowFailure): number[] {
  const nodes: number[] = [...failure.starts];
  const replaced = new Set(flow.hops.flatMap((h) => h.fallbackOf ?? []));
  const reads = new Set(flow.hops.flatMap((h) => h.miss?.read ?? []));
  const at = (stop: number): string => (flow.stops[stop] as Stop).component;
  for (const hop of flow.hops) {
    const targets = failure.targets[hop.index] ?? [];
    hop.to.forEach((target, i) => {
      const connection = design.connections.get(`${at(hop.from)}->${at(target.stop)}`);
      const retries = (connection && effective(connection.properties, 'retries')?.value.value) ?? 0;
      if (hop.to.length > 1 || retries > 0) nodes.push(targets[i] as number);
      nodes.push(...(failure.spread[hop.index]?.[i] ?? []));
      if (reads.has(hop.index) || readsThrough({ design }, flow, target.stop))
        nodes.push(...(failure.down[target.stop] ?? []).flatMap((use) => use.copies));
    });
    if (replaced.has(hop.index)) nodes.push(failure.steps[hop.index] as number);
  }
  return nodes;
}

/** The uppermost nodes of uses below these, in the order of the tree. */
function below(tree: FaultTree, from: readonly number[], uses: ReadonlyMap<number, unknown>): number[] {
  const seen = new Set(from);
  const found: number[] = [];
  for (let i = tree.nodes.length - 1; i > 0; i--) {
    if (!seen.has(i)) continue;
    if (uses.has(i)) found.push(i);
    else for (const input of inputsOf(tree.nodes[i]?.gate)) seen.add(input);
  }
  return found.reverse();
}

const inputsOf = (gate: Gate | undefined): readonly number[] => (gate && 'inputs' in gate ? gate.inputs : []);

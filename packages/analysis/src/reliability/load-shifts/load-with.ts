import { addTo, type Component, type Design, type ElementId, type Flow, isFigure, known, type Rate } from '@sysd/core';
import { greatestOf } from '../../day/curve.ts';
import { curveOf, hasDay } from '../../day/peak.ts';
import { sizeOf } from '../../traffic/component-load.ts';
import { type Contribution, contributionsOf } from '../../traffic/contributions.ts';
import { flowRates } from '../../traffic/flow-rates.ts';
import type { TrafficModel } from '../../traffic/traffic.ts';
import { useKey } from '../component-failure.ts';
import type { FaultTree } from '../fault-tree.ts';
import type { FlowFailure } from '../flow-failure.ts';
import { outcomeFrom } from '../outcomes.ts';
import { neededAtPeak } from '../over-capacity.ts';

/** What a component has to carry at peak. */
export interface Carried {
  /** Instances of a copy that it needs (see `neededAtPeak`). */
  readonly needed: number | undefined;
  /** Requests/s of each copy. */
  readonly rates: readonly number[];
}

/** Answers what components have to carry, where it is something else than before, when these uses of copies (`useKey`) fail as well. */
export type LoadWith = (down: ReadonlySet<string>) => ReadonlyMap<ElementId, { readonly before: Carried; readonly now: Carried }>;

/**
 * The peak of a design again and again, each time with something else down: as a scenario that fails it has it, but only for the flows that
 * ask for what is down, and the components that these reach. `failures` are those of the flows without load.
 */
export function loadWith(design: Design, model: TrafficModel, failures: ReadonlyMap<ElementId, FlowFailure>): LoadWith {
  const users = new Map<string, Map<ElementId, number>>();
  for (const [flow, { uses }] of failures) {
    for (const { node, ...use } of uses) {
      const key = useKey(use);
      users.set(key, (users.get(key) ?? new Map()).set(flow, node));
    }
  }
  const contributionsWith = (flow: Flow, demand: Rate, forced: ReadonlySet<number>) => {
    const failure = failures.get(flow.id) as FlowFailure;
    const fails = failing(failure.tree, forced);
    const outcome = outcomeFrom(failure, (node) => fails[node] ?? false);
    const peak = flowRates({ design, outcome }, flow, demand.peak, 'peak');
    return contributionsOf(design, flow, demand, peak, peak, outcome);
  };
  return (down) => {
    const forced = new Map<ElementId, Set<number>>();
    for (const key of down) for (const [flow, node] of users.get(key) ?? []) forced.set(flow, (forced.get(flow) ?? new Set()).add(node));
    const parts = new Map<ElementId, Contribution[]>();
    const recomputed = new Set<ElementId>();
    for (const [id, nodes] of forced) {
      const demand = model.flows.get(id)?.demand;
      if (!demand || !isFigure(demand.peak)) continue;
      recomputed.add(id);
      for (const [component, list] of contributionsWith(design.flows.get(id) as Flow, demand, nodes))
        for (const part of list) addTo(parts, component, part);
    }
    return carriedWith(design, model, parts, recomputed);
  };
}

/** What components have to carry where these flows bring `parts` instead of what they bring to the design as it is; those that carry the same are left out. */
function carriedWith(
  design: Design,
  model: TrafficModel,
  parts: ReadonlyMap<ElementId, readonly Contribution[]>,
  flows: ReadonlySet<ElementId>,
): Map<ElementId, { readonly before: Carried; readonly now: Carried }> {
  const changed = new Map<ElementId, { before: Carried; now: Carried }>();
  for (const [id, list] of parts) {
    const component = design.components.get(id) as Component;
    const old = model.contributions.get(id) ?? [];
    if (
      alike(
        list,
        old.filter((c) => flows.has(c.flow)),
      )
    )
      continue;
    const all = [...old.filter((c) => !flows.has(c.flow)), ...list];
    changed.set(id, {
      before: carried(component, old, neededAtPeak(component, model.sizing.get(id))),
      now: carried(component, all, model.byUsers.get(id) ? undefined : neededAtPeak(component, sizeOf(design, component, all))),
    });
  }
  return changed;
}

const carried = (component: Component, parts: readonly Contribution[], needed: number | undefined): Carried => ({
  needed,
  rates: ratesOfCopies(component, parts),
});

/** Whether each node fails in the scenario, with these failed as well: some requests of a choice are no failure of all. */
function failing(tree: FaultTree, forced: ReadonlySet<number>): boolean[] {
  const fails: boolean[] = [];
  tree.nodes.forEach(({ gate }, i) => {
    if (forced.has(i)) fails.push(true);
    else if (gate.kind === 'never') fails.push(false);
    else if (gate.kind === 'event') fails.push((tree.events[gate.event]?.failed ?? 0) > 0);
    else if (gate.kind === 'or') fails.push(gate.inputs.some((n) => fails[n]));
    else if (gate.kind === 'atleast') {
      const down = gate.groups.reduce((n, g) => {
        const own = g.own.reduce((m, e) => m + (tree.events[e]?.failed ?? 0), 0);
        return n + (fails[g.shared] ? g.count : Math.min(g.count, own));
      }, 0);
      fails.push(down >= gate.least);
    } else fails.push(gate.inputs.every((n) => fails[n]));
  });
  return fails;
}

/** Whether two lists bring the same at peak. */
function alike(a: readonly Contribution[], b: readonly Contribution[]): boolean {
  return (
    a.length === b.length &&
    a.every((x, i) => {
      const y = b[i] as Contribution;
      return x.name === y.name && known(x.rate.peak) === known(y.rate.peak) && x.copies.every((share, c) => share === y.copies[c]);
    })
  );
}

function ratesOfCopies(component: Component, parts: readonly Contribution[]): number[] {
  const copies = Math.max(1, component.copies.length);
  const all = parts.map((c) => ({ value: known(c.rate.peak) ?? 0, copies: c.copies, ...(c.profile ? { profile: c.profile } : {}) }));
  return Array.from({ length: copies }, (_, i) => {
    const ofCopy = all.map(({ copies: shares, ...part }) => ({ ...part, value: part.value * (shares[i] ?? 1 / copies) }));
    return hasDay(all) ? greatestOf(curveOf(ofCopy)) : ofCopy.reduce((n, { value }) => n + value, 0);
  });
}

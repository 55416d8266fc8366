import type { Component, Design, ElementId } from '@sysd/core';
import { placementOf } from '../../traffic/sizing.ts';
import { ComponentFailures, type UsedCopy, useKey } from '../component-failure.ts';
import { type EventClass, type FaultTree, FaultTreeBuilder, type Gate, NEVER } from '../fault-tree.ts';
import { singleFailures } from '../single-failures.ts';

/** A copy of a component that does not do what it is used for, or nothing at all. */
export interface OutageUnit {
  readonly component: ElementId;
  /** `app`, `app in eu`. */
  readonly label: string;
  /** All of these fail then; one for each way to fail. */
  readonly uses: readonly UsedCopy[];
  /** `useKey` of all uses that fail with them. */
  readonly keys: readonly string[];
  /** Shared events that take part in it. */
  readonly shared: readonly SharedEvent[];
}

/** An event that takes several copies with it: a place, a host, a shared fate, something managed that others need. */
export interface SharedEvent {
  readonly event: EventClass;
  /** `useKey` of all uses that fail when it alone is down. */
  readonly keys: readonly string[];
}

export interface Outages {
  readonly units: readonly OutageUnit[];
  readonly events: readonly SharedEvent[];
}

const nameOfCopy = (component: Component, copy: number): string => `${component.id}\u0000${copy}`;

const SHARED: ReadonlySet<string> = new Set(['zone', 'region', 'host', 'shared', 'managed']);

/** The outages of the copies that `shifting` uses, in order of first use; uses that fail alike are one. `all` are the uses of the design. */
export function outageUnits(
  design: Design,
  meshes: readonly Component[],
  shifting: readonly UsedCopy[],
  all: readonly UsedCopy[],
): Outages {
  const builder = new FaultTreeBuilder();
  const failures = new ComponentFailures({ design, meshes, loadBearing: new Map() }, builder);
  const copyOf = (use: UsedCopy): string => {
    const component = design.components.get(use.component) as Component;
    const placed = placementOf(design, component);
    return nameOfCopy(placed, Math.min(use.copy, Math.max(0, placed.copies.length - 1)));
  };
  const nodeOf = (use: UsedCopy): number => failures.of(design.components.get(use.component) as Component, use.copy, use.use);
  const each = [...new Map(all.map((use) => [useKey(use), use])).values()].map((use) => ({ use, node: nodeOf(use) }));
  const tree = builder.build(builder.nodes.length - 1);
  const shapes = shapesOf(tree);
  const events = sharedEvents(tree, each);
  const eventsBelow = supports(tree, events);
  /** By copy: its ways to fail, each with the uses that fail so. */
  const ways = new Map<string, Map<number, UsedCopy[]>>();
  for (const { use, node } of each) {
    if (node === NEVER) continue;
    const copy = copyOf(use);
    const found = ways.get(copy) ?? new Map<number, UsedCopy[]>();
    ways.set(copy, found);
    const shape = shapes[node] as number;
    found.set(shape, [...(found.get(shape) ?? []), use]);
  }
  const units: OutageUnit[] = [];
  const seen = new Set<string>();
  const add = (name: string, unit: Pick<OutageUnit, 'uses' | 'keys'>): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const [first] = unit.uses;
    const component = first && placementOf(design, design.components.get(first.component) as Component);
    if (!first || !component) return;
    const isOne = unit.uses.every((use) => use.copy === first.copy);
    const place = component.copies.length > 1 && isOne ? component.copies[first.copy]?.place : undefined;
    const label = place === undefined ? component.id : `${component.id} in ${place}`;
    const shared = [...new Set(unit.uses.flatMap((use) => [...(eventsBelow[nodeOf(use)] ?? [])]))];
    units.push({ component: component.id, label, ...unit, shared });
  };
  for (const use of shifting) {
    const copy = copyOf(use);
    const found = ways.get(copy);
    const shape = shapes[nodeOf(use)];
    const alike = shape === undefined ? undefined : found?.get(shape);
    if (!found || !alike) continue;
    add(`${copy} ${shape}`, { uses: [use], keys: alike.map(useKey) });
    if (found.size > 1) {
      const lists = [...found.values()];
      add(`${copy} all`, { uses: lists.map((list) => list[0] as UsedCopy), keys: lists.flat().map(useKey) });
    }
    // Where copies are called by their own stamp only, nothing shifts before all of them are down.
    const placed = placementOf(design, design.components.get(use.component) as Component);
    const copies = placed.copies.map((_, i) => [...(ways.get(nameOfCopy(placed, i))?.values() ?? [])]);
    if (copies.length > 1 && copies.every((lists) => lists.length > 0)) {
      const lists = copies.flat();
      add(`${placed.id} all copies`, { uses: lists.map((list) => list[0] as UsedCopy), keys: lists.flat().map(useKey) });
    }
  }
  return { units, events };
}

/** What each node says, as a number: the same for gates that fail alike. */
function shapesOf(tree: FaultTree): number[] {
  const known = new Map<string, number>();
  const shapes: number[] = [];
  const of = (gate: Gate): unknown => {
    if ('inputs' in gate) return [gate.kind, gate.inputs.map((i) => shapes[i])];
    return gate.kind === 'atleast' ? [gate.least, gate.groups.map((g) => [g.count, g.own, shapes[g.shared]])] : gate;
  };
  for (const { gate } of tree.nodes) {
    const inputs = gate.kind === 'or' || gate.kind === 'and' ? [...new Set(gate.inputs.map((i) => shapes[i]))] : [];
    const [only] = inputs;
    if (inputs.length === 1 && only !== undefined) {
      shapes.push(only);
      continue;
    }
    const key = JSON.stringify(of(gate));
    const shape = known.get(key) ?? known.size;
    known.set(key, shape);
    shapes.push(shape);
  }
  return shapes;
}

/** The shared events that make uses of several components or copies fail by themselves. */
function sharedEvents(tree: FaultTree, uses: readonly { readonly use: UsedCopy; readonly node: number }[]): SharedEvent[] {
  const pass = singleFailures(tree);
  return tree.events.flatMap((event, i) => {
    if (!SHARED.has(event.kind) || event.failed > 0) return [];
    const fallen = uses.filter(({ node }) => node !== NEVER && !pass.fails[node] && pass.contains(node, i)).map(({ use }) => use);
    const copies = new Set(fallen.map((use) => `${use.component} ${use.copy}`));
    return copies.size > 1 ? [{ event, keys: fallen.map(useKey) }] : [];
  });
}

/** By node: those of these events that are below it. */
function supports(tree: FaultTree, events: readonly SharedEvent[]): readonly ReadonlySet<SharedEvent>[] {
  const at = new Map(events.map((e) => [e.event.id, e]));
  const below: Set<SharedEvent>[] = [];
  for (const { gate } of tree.nodes) {
    const found = new Set<SharedEvent>();
    const inputs = 'inputs' in gate ? gate.inputs : gate.kind === 'atleast' ? gate.groups.map((g) => g.shared) : [];
    for (const input of inputs) for (const e of below[input] ?? []) found.add(e);
    const own = gate.kind === 'event' ? at.get(tree.events[gate.event]?.id ?? '') : undefined;
    if (own) found.add(own);
    below.push(found);
  }
  return below;
}

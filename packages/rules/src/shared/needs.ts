import { directoryOf } from '@sysd/analysis';
import { BROKERS, type Component, type Design, type ElementId, effective, type Flow, type Hop, property } from '@sysd/core';

/** Pairs, one after another: a component, and what it cannot answer without. */
export type Needs = readonly ElementId[];

/** The hops of a flow whose source waits for them and has no way round: in every request, without fallback, alternative or cache. */
export function hardCalls(design: Design, flow: Flow): Hop[] {
  const softened = new Set(flow.hops.flatMap((h) => [h.fallbackOf ?? [], h.miss?.read ?? []].flat()));
  return flow.hops.filter((hop) => {
    if (!hop.sync || hop.optional || hop.miss || hop.fallbackOf !== undefined || hop.to.length !== 1) return false;
    if ((hop.when?.value ?? 1) < 1 || softened.has(hop.index)) return false;
    const kind = design.components.get(flow.stops[hop.from]?.component ?? '')?.kind;
    return kind !== undefined && kind !== 'client' && !BROKERS.includes(kind);
  });
}

/** What the components of a flow call and wait for. */
export function needsInFlow(design: Design, flow: Flow): Needs {
  const needs: ElementId[] = [];
  const seen = new Map<ElementId, Set<ElementId>>();
  for (const hop of hardCalls(design, flow)) {
    const [from, to] = [flow.stops[hop.from]?.component, flow.stops[hop.to[0]?.stop ?? -1]?.component];
    if (from === undefined || to === undefined || from === to) continue;
    const known = seen.get(from) ?? new Set();
    seen.set(from, known);
    if (known.has(to)) continue;
    known.add(to);
    needs.push(from, to);
  }
  return needs;
}

/** What a component itself says that it needs: a directory of its shards, what makes its failover; and what a mesh that fails closed stops. */
export function needsOf(component: Component): Needs {
  const directory = directoryOf(component);
  const via = effective(component.properties, 'failover')?.value;
  const own = [directory, via?.kind === 'automatic' ? via.via?.name : undefined].filter((id) => id !== undefined && id !== component.id);
  const closed = component.kind === 'mesh' && effective(component.properties, 'when-control-plane-fails')?.value === 'closed';
  const covered = closed
    ? (property(component.properties, 'covers')?.value ?? []).map((n) => n.name).filter((id) => id !== component.id)
    : [];
  return [...own.flatMap((id) => [component.id, id as ElementId]), ...covered.flatMap((id) => [id, component.id])];
}

/** A shortest cycle of each knot of components that need each other, by its first component (in the order of names), from which it starts. */
export function needCycles(all: Iterable<Needs>): Map<ElementId, readonly ElementId[]> {
  const next = new Map<ElementId, Set<ElementId>>();
  for (const needs of all) {
    for (let i = 0; i + 1 < needs.length; i += 2) {
      const [from, to] = [needs[i] as ElementId, needs[i + 1] as ElementId];
      const known = next.get(from) ?? new Set();
      next.set(from, known.add(to));
    }
  }
  const cycles = new Map<ElementId, readonly ElementId[]>();
  for (const knot of knotsOf(next)) {
    const first = knot.toSorted()[0] as ElementId;
    cycles.set(first, shortestCycle(next, new Set(knot), first));
  }
  return new Map([...cycles].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Strongly connected components of more than one (R. Tarjan, 1972), without recursion. */
function knotsOf(next: ReadonlyMap<ElementId, ReadonlySet<ElementId>>): ElementId[][] {
  const order = new Map<ElementId, number>();
  const low = new Map<ElementId, number>();
  const waiting: ElementId[] = [];
  const isWaiting = new Set<ElementId>();
  const knots: ElementId[][] = [];
  const lower = (id: ElementId, to: number) => low.set(id, Math.min(low.get(id) as number, to));
  for (const root of next.keys()) {
    if (order.has(root)) continue;
    const enter = (id: ElementId) => {
      order.set(id, order.size);
      low.set(id, order.get(id) as number);
      waiting.push(id);
      isWaiting.add(id);
      return { id, left: [...(next.get(id) ?? [])] };
    };
    const path = [enter(root)];
    for (let at = path.at(-1); at; at = path.at(-1)) {
      const to = at.left.pop();
      if (to !== undefined) {
        if (!order.has(to)) path.push(enter(to));
        else if (isWaiting.has(to)) lower(at.id, order.get(to) as number);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) lower(above.id, low.get(at.id) as number);
      if (low.get(at.id) !== order.get(at.id)) continue;
      const knot = waiting.splice(waiting.lastIndexOf(at.id));
      for (const id of knot) isWaiting.delete(id);
      if (knot.length > 1) knots.push(knot);
    }
  }
  return knots;
}

function shortestCycle(
  next: ReadonlyMap<ElementId, ReadonlySet<ElementId>>,
  within: ReadonlySet<ElementId>,
  first: ElementId,
): readonly ElementId[] {
  const cameFrom = new Map<ElementId, ElementId>();
  const queue = [first];
  for (let i = 0; i < queue.length; i++) {
    const id = queue[i] as ElementId;
    for (const to of [...(next.get(id) ?? [])].sort()) {
      if (to === first) {
        const cycle = [id];
        for (let at = id; at !== first; at = cameFrom.get(at) as ElementId) cycle.push(cameFrom.get(at) as ElementId);
        return cycle.reverse();
      }
      if (!within.has(to) || cameFrom.has(to)) continue;
      cameFrom.set(to, id);
      queue.push(to);
    }
  }
  return [first];
}

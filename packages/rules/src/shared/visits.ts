import { addTo, type ElementId, type Flow, type Pieces } from '@sysd/core';
import type { DesignIndex } from './design-index.ts';

/** A flow that stops at a component. */
export interface Visit {
  readonly flow: ElementId;
  /** The first component that it calls there. */
  readonly next?: ElementId;
}

/** The stops of a flow by component, one visit for each. */
export function visitsIn(flow: Flow): Pieces<Visit> {
  const next = new Map<ElementId, ElementId>();
  for (const hop of flow.hops) {
    const [source, target] = [flow.stops[hop.from]?.component, flow.stops[hop.to[0]?.stop ?? -1]?.component];
    if (source !== undefined && target !== undefined && !next.has(source)) next.set(source, target);
  }
  const visits = new Map<ElementId, Visit[]>();
  for (const { component } of flow.stops) {
    if (visits.has(component)) continue;
    const to = next.get(component);
    visits.set(component, [{ flow: flow.id, ...(to === undefined ? {} : { next: to }) }]);
  }
  return visits;
}

/** Caches whose misses some step of a flow takes. */
export function missesIn(flow: Flow): Pieces<ElementId> {
  const missed = new Map<ElementId, ElementId[]>();
  for (const { miss } of flow.hops) if (miss && !missed.has(miss.cache)) addTo(missed, miss.cache, flow.id);
  return missed;
}

/** Flows that stop at the component, in text order. */
export function visitorsOf(index: DesignIndex, component: ElementId): readonly ElementId[] {
  return index.visits.get(component)?.map((v) => v.flow) ?? [];
}

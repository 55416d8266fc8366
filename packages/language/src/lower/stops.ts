import type { ElementId, Span, Stop } from '@sysd/core';

interface Draft {
  index: number;
  component: ElementId;
  copy?: ElementId;
  incoming: number[];
  outgoing: number[];
  span: Span;
}

/**
 * Stops of a flow as its lines are read from top to bottom (LANGUAGE "Stops"): hops into X with no step from X between them enter the same
 * stop of X; a step from X belongs to X's latest stop. So stops form an acyclic graph in text order.
 */
export interface Stops {
  /** The stop that a hop into the component enters: the latest one if nothing has left it, else a new one. */
  enter(component: ElementId, copy: ElementId | undefined, hop: number, span: Span): number;
  /** The stop that a step from the component belongs to; undefined if nothing has reached it. */
  latest(component: ElementId, copy?: ElementId): number | undefined;
  leave(stop: number, hop: number): void;
  /** Steps leave these stops together (`b | c -> d`): what any of them enters is behind all of them, so that no stop leads to itself. */
  close(stops: readonly number[]): void;
  component(stop: number): ElementId;
  all(): Stop[];
}

export function createStops(source: ElementId, copy: ElementId | undefined, span: Span): Stops {
  const stops: Draft[] = [];
  const latestOf = new Map<string, number>();
  const closed = new Set<number>();
  const key = (component: ElementId, of: ElementId | undefined): string => (of === undefined ? component : `${component}@${of}`);

  const add = (component: ElementId, of: ElementId | undefined, at: Span): number => {
    const index = stops.length;
    stops.push({ index, component, ...(of === undefined ? {} : { copy: of }), incoming: [], outgoing: [], span: at });
    latestOf.set(key(component, of), index);
    // A step from `lb` belongs to the latest stop of any copy of it.
    latestOf.set(`${component}@*`, index);
    return index;
  };
  add(source, copy, span);

  return {
    enter(component, of, hop, at) {
      const latest = latestOf.get(key(component, of));
      const stop = latest !== undefined && !closed.has(latest) ? latest : add(component, of, at);
      stops[stop]?.incoming.push(hop);
      return stop;
    },
    latest: (component, of) => latestOf.get(of === undefined ? `${component}@*` : key(component, of)),
    leave(stop, hop) {
      stops[stop]?.outgoing.push(hop);
    },
    close(left) {
      for (const stop of left) closed.add(stop);
    },
    component: (stop) => stops[stop]?.component ?? '',
    all: () => stops,
  };
}

import {
  type Component,
  Derived,
  DerivedMap,
  type ElementId,
  type Flow,
  type FlowDemand,
  GatheredMap,
  isFigure,
  keepData,
  keepItems,
  keepPieces,
  type Pieces,
  type RecordedDesign,
  type Recorder,
  sameData,
} from '@sysd/core';
import { sizeOf } from '../../traffic/component-load.ts';
import { type Contribution, contributionsOf } from '../../traffic/contributions.ts';
import { flowRates } from '../../traffic/flow-rates.ts';
import type { TrafficModel } from '../../traffic/traffic.ts';
import type { EventClass } from '../fault-tree.ts';
import { type FlowFailure, flowFailure } from '../flow-failure.ts';
import { outcomeFrom } from '../outcomes.ts';
import { neededAtPeak } from '../over-capacity.ts';
import { type SingleFailurePass, singleFailures } from '../single-failures.ts';
import type { LoadShift } from './load-shift.ts';

/** A flow without load, and what alone fails it. */
interface Unloaded {
  readonly failure: FlowFailure;
  readonly pass: SingleFailurePass;
}

const NONE: readonly never[] = [];
const NOTHING: ReadonlySet<string> = new Set();
const NO_PIECES: Pieces<Contribution> = new Map();

/**
 * What more is needed of components while one of the places of a stamp is down, kept from version to version: the part of the load that shifts
 * which findings know. Only designs with stamps pay for it, for each place the peak of the flows that have changed.
 */
export function lostPlaces(
  recorder: Recorder,
  design: RecordedDesign,
  model: TrafficModel,
  meshes: Derived<readonly Component[]>,
): { readonly shifts: Derived<readonly LoadShift[]>; readonly update: () => void } {
  const places = new Derived<readonly ElementId[]>(recorder, keepItems);
  const keys = new Derived<readonly string[]>(recorder, keepItems);
  const unloaded = new DerivedMap<Unloaded>(recorder);
  /** By place and flow: the event of the place, where it is one of the flow, and its rate is known. */
  const events = new DerivedMap<EventClass | undefined>(recorder, keepData);
  /** By place and flow: what it brings, by place and component, while the place is down. */
  const brought = new DerivedMap<Pieces<Contribution>>(recorder, keepPieces);
  const parts = new GatheredMap(recorder, brought);
  /** By place and component: what it then needs, where that is more. */
  const needed = new DerivedMap<number | undefined>(recorder);
  const byPlace = new DerivedMap<LoadShift | undefined>(recorder, keepShift);
  const shifts = new Derived<readonly LoadShift[]>(recorder, keepItems);

  const treeOf = (id: ElementId): Unloaded => {
    const context = { design, meshes: meshes.value, loadBearing: new Map() };
    const failure = flowFailure(context, design.flows.get(id) as Flow, false);
    return { failure, pass: singleFailures(failure.tree) };
  };
  const indexOf = ({ failure: { tree } }: Unloaded, place: ElementId): number =>
    tree.events.findIndex((e) => e.element === place && e.place === place && e.failed === 0);
  const eventOf = (key: string): EventClass | undefined => {
    const [place, id] = split(key);
    const demand = model.flows.get(id)?.demand;
    if (!demand || !isFigure(demand.peak)) return undefined;
    const found = unloaded.get(id) as Unloaded;
    return found.failure.tree.events[indexOf(found, place)];
  };
  const bring = (key: string): Pieces<Contribution> => {
    if (!events.get(key)) return NO_PIECES;
    const [place, id] = split(key);
    const found = unloaded.get(id) as Unloaded;
    const event = indexOf(found, place);
    const demand = model.flows.get(id)?.demand as FlowDemand;
    const flow = design.flows.get(id) as Flow;
    const outcome = outcomeFrom(found.failure, (node) => found.pass.contains(node, event));
    const peak = flowRates({ design, outcome }, flow, demand.peak, 'peak');
    const pieces = contributionsOf(design, flow, demand, peak, peak, outcome);
    return new Map([...pieces].map(([component, list]) => [joined(place, component), list]));
  };
  const neededOf = (key: string): number | undefined => {
    const [place, id] = split(key);
    const component = design.components.get(id) as Component;
    if (model.byUsers.get(id)) return undefined;
    const old = model.contributions.get(id) ?? NONE;
    const others = old.filter((c) => !events.get(joined(place, c.flow)));
    const before = neededAtPeak(component, model.sizing.get(id));
    const now = neededAtPeak(component, sizeOf(design, component, [...others, ...(parts.get(key) ?? NONE)]));
    if (now === undefined || before === Number.POSITIVE_INFINITY || now <= (before ?? 1)) return undefined;
    // An autoscaler replaces what is lost.
    return now === Number.POSITIVE_INFINITY || !component.properties.has('autoscale') ? now : undefined;
  };
  const shiftOf = (place: ElementId): LoadShift | undefined => {
    const more = new Map<ElementId, number>();
    for (const key of parts.keys()) {
      const [at, id] = split(key);
      const count = at === place ? needed.get(key) : undefined;
      if (count !== undefined) more.set(id, count);
    }
    if (more.size === 0) return undefined;
    for (const id of design.flows.keys()) {
      const event = events.get(joined(place, id));
      if (event) return { down: [], event, without: NOTHING, while: `while ${event.label} is down`, needed: more };
    }
    return undefined;
  };

  const update = (): void => {
    const some = places.update(() => {
      const stamps = [...design.groups.values()].filter((g) => g.across.length > 1 && !g.pinned);
      return [...new Set(stamps.flatMap((g) => g.across))];
    });
    unloaded.update(some.length > 0 ? design.flows.ids : NONE, treeOf);
    const each = keys.update(() => places.value.flatMap((place) => [...design.flows.keys()].map((flow) => joined(place, flow))));
    events.update(each, eventOf);
    brought.update(each, bring);
    parts.gather();
    needed.update(parts.ids, neededOf);
    byPlace.update(some, shiftOf);
    shifts.update(() => places.value.flatMap((place) => byPlace.get(place) ?? NONE));
  };
  return { shifts, update };
}

const joined = (place: ElementId, id: ElementId): string => `${place}\n${id}`;

function split(key: string): readonly [ElementId, ElementId] {
  const at = key.indexOf('\n');
  return [key.slice(0, at), key.slice(at + 1)];
}

function keepShift(before: LoadShift | undefined, now: LoadShift | undefined): LoadShift | undefined {
  if (!before || !now) return now;
  return sameData(before.event, now.event) && before.while === now.while && sameData([...before.needed], [...now.needed]) ? before : now;
}

import {
  addTo,
  type Component,
  Derived,
  DerivedMap,
  type ElementId,
  type Flow,
  isFigure,
  keepItems,
  keepPieces,
  type Pieces,
  type RecordedDesign,
  type Recorder,
  sameData,
} from '@sysd/core';
import { type Contribution, contributionsOf } from '../../traffic/contributions.ts';
import { flowRates } from '../../traffic/flow-rates.ts';
import type { TrafficModel } from '../../traffic/traffic.ts';
import { type FlowFailure, flowFailure } from '../flow-failure.ts';
import { outcomeFrom } from '../outcomes.ts';
import { type SingleFailurePass, singleFailures } from '../single-failures.ts';
import type { LoadShift } from './load-shift.ts';
import { carriedWith } from './load-with.ts';

/** A flow without load, and what alone fails it. */
interface Unloaded {
  readonly failure: FlowFailure;
  readonly pass: SingleFailurePass;
}

/** What a flow brings to components while a place is down; undefined where that is nothing else. */
type Brought = Pieces<Contribution> | undefined;

const NONE: readonly never[] = [];
const NOTHING: ReadonlySet<string> = new Set();

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
  const brought = new DerivedMap<Brought>(recorder, (before, now) => (before && now ? keepPieces(before, now) : now));
  const byPlace = new DerivedMap<LoadShift | undefined>(recorder, keepShift);
  const shifts = new Derived<readonly LoadShift[]>(recorder, keepItems);
  const keyOf = (place: ElementId, flow: ElementId): string => `${place}\n${flow}`;

  const treeOf = (id: ElementId): Unloaded => {
    const context = { design, meshes: meshes.value, loadBearing: new Map() };
    const failure = flowFailure(context, design.flows.get(id) as Flow, false);
    return { failure, pass: singleFailures(failure.tree) };
  };
  const bring = (key: string): Brought => {
    const at = key.indexOf('\n');
    const [place, id] = [key.slice(0, at), key.slice(at + 1)];
    const { failure, pass } = unloaded.get(id) as Unloaded;
    const event = eventOf(failure, place);
    const demand = model.flows.get(id)?.demand;
    if (event === undefined || !demand || !isFigure(demand.peak)) return undefined;
    const flow = design.flows.get(id) as Flow;
    const outcome = outcomeFrom(failure, (node) => pass.contains(node, event));
    const peak = flowRates({ design, outcome }, flow, demand.peak, 'peak');
    return contributionsOf(design, flow, demand, peak, peak, outcome);
  };
  const shiftOf = (place: ElementId): LoadShift | undefined => {
    const parts = new Map<ElementId, Contribution[]>();
    const flows = new Set<ElementId>();
    let event: LoadShift['event'];
    for (const id of design.flows.keys()) {
      const pieces = brought.get(keyOf(place, id));
      if (!pieces) continue;
      flows.add(id);
      const { tree } = (unloaded.get(id) as Unloaded).failure;
      event ??= tree.events[eventOf((unloaded.get(id) as Unloaded).failure, place) as number];
      for (const [component, list] of pieces) for (const part of list) addTo(parts, component, part);
    }
    if (!event) return undefined;
    const needed = new Map<ElementId, number>();
    for (const [id, { before, now }] of carriedWith(design, model, parts, flows)) {
      const over = now.needed === Number.POSITIVE_INFINITY;
      if (now.needed === undefined || before.needed === Number.POSITIVE_INFINITY || now.needed <= (before.needed ?? 1)) continue;
      if (over || !design.components.get(id)?.properties.has('autoscale')) needed.set(id, now.needed);
    }
    return needed.size === 0 ? undefined : { down: [], event, without: NOTHING, while: `while ${event.label} is down`, needed };
  };

  const update = (): void => {
    const some = places.update(() => {
      const stamps = [...design.groups.values()].filter((g) => g.across.length > 1 && !g.pinned);
      return [...new Set(stamps.flatMap((g) => g.across))];
    });
    const flows = some.length > 0 ? design.flows.ids : NONE;
    unloaded.update(flows, treeOf);
    brought.update(
      keys.update(() => places.value.flatMap((place) => [...design.flows.keys()].map((flow) => keyOf(place, flow)))),
      bring,
    );
    byPlace.update(some, shiftOf);
    shifts.update(() => places.value.flatMap((place) => byPlace.get(place) ?? NONE));
  };
  return { shifts, update };
}

/** The event of a place, where it is one of the flow and has not happened in the scenario. */
function eventOf({ tree }: FlowFailure, place: ElementId): number | undefined {
  const index = tree.events.findIndex((e) => e.element === place && e.place === place);
  return index >= 0 && tree.events[index]?.failed === 0 ? index : undefined;
}

function keepShift(before: LoadShift | undefined, now: LoadShift | undefined): LoadShift | undefined {
  if (!before || !now) return now;
  return sameData(before.event, now.event) && before.while === now.while && sameData([...before.needed], [...now.needed]) ? before : now;
}

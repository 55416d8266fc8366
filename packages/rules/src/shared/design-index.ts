import {
  addTo,
  type Component,
  type Connection,
  Derived,
  DerivedMap,
  type ElementId,
  type Flow,
  GatheredMap,
  InputMap,
  keepEach,
  keepItems,
  keepPieces,
  type Move,
  type Pieces,
  type RecordedDesign,
  type Recorder,
  sameFields,
} from '@sysd/core';
import { ConnectionsByEnd, Reached, updateMembers } from './connections.ts';
import { namesIn, namesInComponent } from './mentions.ts';
import { type Needs, needCycles, needsInFlow, needsOf } from './needs.ts';
import { type QueryUse, usesIn } from './query-uses.ts';
import { type Access, accessesIn, sameAccess } from './requirements.ts';
import { type Call, callsIn } from './routing.ts';
import { placesInUse, standingOf } from './standing.ts';
import { missesIn, type Visit, visitsIn } from './visits.ts';

/** What rules ask of a design again and again. Reading it is recorded, by component where it is by component. */
export interface DesignIndex {
  /** Hops by the component into which they lead, in text order. */
  readonly calls: ReadonlyMap<ElementId, readonly Call[]>;
  /** Accesses to stores, by store and by flow, in text order. */
  readonly accesses: ReadonlyMap<ElementId, readonly Access[]>;
  readonly accessesOfFlow: ReadonlyMap<ElementId, readonly Access[]>;
  /** Flows by the component at which they stop. */
  readonly visits: ReadonlyMap<ElementId, readonly Visit[]>;
  /** Caches whose misses some step takes. */
  readonly missed: Pick<ReadonlySet<ElementId>, 'has'>;
  readonly queryUses: ReadonlyMap<ElementId, readonly QueryUse[]>;
  readonly meshes: readonly Component[];
  readonly registries: readonly Component[];
  /** Names that properties of components and connections give. */
  readonly mentioned: Pick<ReadonlySet<ElementId>, 'has'>;
  /** Connections by the components at their ends, in text order. */
  readonly connections: ReadonlyMap<ElementId, readonly Connection[]>;
  /** Components that flows visit, and all that these are connected to. */
  readonly reached: Pick<ReadonlySet<ElementId>, 'has'>;
  readonly hasFlows: boolean;
  readonly hasConnections: boolean;
  readonly placesInUse: readonly ElementId[];
  /** Components by what they stand in or on (`takesDown`). */
  readonly standing: ReadonlyMap<string, readonly ElementId[]>;
  /** Cycles of components that cannot answer without each other, by the first of them. */
  readonly needCycles: ReadonlyMap<ElementId, readonly ElementId[]>;
}

const NO_ACCESS: readonly Access[] = [];

/** The index of the versions of a design. Call `update` with the connections that have moved, after the design has been updated. */
export function designIndex(
  recorder: Recorder,
  design: RecordedDesign,
): { readonly index: DesignIndex; readonly update: (moved: ReadonlyMap<ElementId, Move>) => void } {
  const callPieces = new DerivedMap<Pieces<Call>>(recorder, (a, b) => keepPieces(a, b, sameFields));
  const calls = new GatheredMap(recorder, callPieces);
  const accessesOfFlow = new DerivedMap<readonly Access[]>(recorder, (a, b) => keepEach(a, b, sameAccess));
  const accessPieces = new DerivedMap<Pieces<Access>>(recorder);
  const accesses = new GatheredMap(recorder, accessPieces);
  const visitPieces = new DerivedMap<Pieces<Visit>>(recorder, keepPieces);
  const visits = new GatheredMap(recorder, visitPieces);
  const missPieces = new DerivedMap<Pieces<ElementId>>(recorder, keepPieces);
  const missed = new GatheredMap(recorder, missPieces);
  const usePieces = new DerivedMap<Pieces<QueryUse>>(recorder, (a, b) => keepPieces(a, b, sameFields));
  const queryUses = new GatheredMap(recorder, usePieces);
  const special = new Derived<readonly Component[]>(recorder, keepItems);
  const meshes = new Derived<readonly Component[]>(recorder, keepItems);
  const registries = new Derived<readonly Component[]>(recorder, keepItems);
  const mentionedHere = new DerivedMap<readonly ElementId[]>(recorder, keepItems);
  const mentionedThere = new DerivedMap<readonly ElementId[]>(recorder, keepItems);
  const mentioned = new InputMap<true>(recorder);
  const connections = new ConnectionsByEnd(recorder);
  const reached = new Reached(recorder);
  const hasFlows = new Derived<boolean>(recorder);
  const hasConnections = new Derived<boolean>(recorder);
  const standingPieces = new DerivedMap<Pieces<ElementId>>(recorder, keepPieces);
  const standing = new GatheredMap(recorder, standingPieces);
  const places = new Derived<readonly ElementId[]>(recorder, keepItems);
  const neededHere = new DerivedMap<Needs>(recorder, keepItems);
  const neededThere = new DerivedMap<Needs>(recorder, keepItems);
  const cycles = new InputMap<readonly ElementId[]>(recorder);
  let gathered = -1;
  let knotted = -1;

  const updateFlows = (): void => {
    const { ids } = design.flows;
    const flowOf = (id: ElementId) => design.flows.get(id) as Flow;
    callPieces.update(ids, (id) => callsIn(design, flowOf(id)));
    accessesOfFlow.update(ids, (id) => accessesIn(design, flowOf(id)));
    accessPieces.update(ids, (id) => byComponent(accessesOfFlow.get(id) ?? NO_ACCESS));
    visitPieces.update(ids, (id) => visitsIn(flowOf(id)));
    missPieces.update(ids, (id) => missesIn(flowOf(id)));
    usePieces.update(ids, (id) => usesIn(flowOf(id)));
    for (const map of [calls, accesses, visits, missed, queryUses]) map.gather();
    hasFlows.update(() => design.flows.size > 0);
  };
  const updateMentioned = (): void => {
    mentionedHere.update(design.components.ids, (id) => namesInComponent(design.components.get(id) as Component));
    mentionedThere.update(design.connections.ids, (id) => namesIn([(design.connections.get(id) as Connection).properties]));
    if (mentionedHere.latest.since <= gathered && mentionedThere.latest.since <= gathered) return;
    gathered = recorder.round;
    const all = new Map<ElementId, true>();
    for (const map of [mentionedHere, mentionedThere]) {
      map.each((names) => {
        for (const name of names) all.set(name, true);
      });
    }
    updateMembers(mentioned, all);
  };
  const updateCycles = (): void => {
    neededHere.update(design.components.ids, (id) => needsOf(design.components.get(id) as Component));
    neededThere.update(design.flows.ids, (id) => needsInFlow(design, design.flows.get(id) as Flow));
    if (neededHere.latest.since <= knotted && neededThere.latest.since <= knotted) return;
    knotted = recorder.round;
    const all: Needs[] = [];
    for (const map of [neededHere, neededThere]) map.each((needs) => all.push(needs));
    const found = [...needCycles(all)].map(([id, cycle]) => [id, keepItems(cycles.plain.get(id) ?? cycle, cycle)] as const);
    cycles.update(new Map(found));
  };
  const update = (moved: ReadonlyMap<ElementId, Move>): void => {
    updateFlows();
    updateMentioned();
    updateCycles();
    special.update(() => [...design.components.values()].filter((c) => c.kind === 'mesh' || c.kind === 'registry'));
    meshes.update(() => special.value.filter((c) => c.kind === 'mesh'));
    registries.update(() => special.value.filter((c) => c.kind === 'registry'));
    connections.update(moved.keys(), design.plain.connections);
    hasConnections.update(() => design.connections.size > 0);
    reached.update(moved, connections, visits.plain, visits.latest.since === recorder.round);
    standingPieces.update(design.components.ids, (id) => standingOf(design, design.components.get(id) as Component));
    standing.gather();
    places.update(() => placesInUse(design, standing));
  };
  const index: DesignIndex = {
    calls,
    accesses,
    accessesOfFlow,
    visits,
    missed,
    queryUses,
    get meshes() {
      return meshes.value;
    },
    get registries() {
      return registries.value;
    },
    mentioned,
    connections,
    reached,
    get hasFlows() {
      return hasFlows.value;
    },
    get hasConnections() {
      return hasConnections.value;
    },
    get placesInUse() {
      return places.value;
    },
    standing,
    needCycles: cycles,
  };
  return { index, update };
}

function byComponent(accesses: readonly Access[]): Pieces<Access> {
  const lists = new Map<ElementId, Access[]>();
  for (const access of accesses) addTo(lists, access.component.id, access);
  return lists;
}

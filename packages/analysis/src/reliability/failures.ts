import {
  type CarriedLoad,
  type Component,
  Derived,
  DerivedMap,
  type Design,
  type ElementId,
  type Estimate,
  type Failures,
  type Flow,
  isFigure,
  keepEach,
  keepItems,
  notEstimated,
  type RecordedDesign,
  type RecordedMap,
  type Recorder,
  replicasPerCopy,
  type SingleFailure,
} from '@sysd/core';
import { maxUtilization } from '../traffic/capacity.ts';
import type { TrafficModel } from '../traffic/traffic.ts';
import { hasLaterWork } from './availability/later-work.ts';
import { type FailureContext, isWhole } from './component-failure.ts';
import { type FlowFailure, flowFailure, softReads } from './flow-failure.ts';
import { illusoryRedundancy } from './illusory.ts';
import { type LoadBearing, loadBearingCaches } from './load-bearing.ts';
import { lostPlaces } from './load-shifts/lost-places.ts';
import { isOverCapacity, overCapacityText } from './over-capacity.ts';
import { ALL, sharesHit } from './share.ts';
import { type SingleFailurePass, singleFailures } from './single-failures.ts';
import { ends, failingPath, witness } from './witness.ts';

type Note = Failures['notes'][number];

/** The failure function of a flow with what its single failures follow from. */
interface Found {
  readonly failure: FlowFailure;
  readonly pass: SingleFailurePass;
  /** It fails in this scenario, or requests do that are pinned to a copy that has failed. */
  readonly failed: boolean;
  readonly partly: boolean;
}

const NONE: readonly never[] = [];

/** Every event that alone makes a flow fail, with the chain that shows why and the share of requests that it hits. */
export function failuresOf(
  recorder: Recorder,
  design: RecordedDesign,
  model: TrafficModel,
  meshes: Derived<readonly Component[]>,
): { readonly update: () => Failures; readonly carrying: RecordedMap<LoadBearing> } {
  const caches = loadBearingCaches(recorder, design, model);
  const lost = lostPlaces(recorder, design, model, meshes);
  const context: FailureContext = {
    design,
    sizing: model.sizing,
    loadBearing: caches.carrying,
    get meshes() {
      return meshes.value;
    },
    get shifts() {
      return lost.shifts.value;
    },
  };
  // Events in text order: components as declared, then places, then the names of shared fates.
  const order = new Derived<ReadonlyMap<ElementId, number>>(recorder);
  const flowOf = (id: ElementId): Flow => design.flows.get(id) as Flow;
  const answerTrees = new DerivedMap<Found>(recorder);
  const answerEvents = new DerivedMap<readonly number[]>(recorder, keepItems);
  const answers = new DerivedMap<readonly SingleFailure[]>(recorder, keepEach);
  /** Absent where the answer fails anyway, and where nothing goes on after it. */
  const completionTrees = new DerivedMap<Found | undefined>(recorder);
  const completionEvents = new DerivedMap<readonly number[]>(recorder, keepItems);
  const completions = new DerivedMap<readonly SingleFailure[]>(recorder, keepEach);
  const notes = new DerivedMap<readonly Note[]>(recorder, keepEach);
  const failures = new Derived<Failures>(recorder);

  const completionOf = (id: ElementId): Found | undefined =>
    answerTrees.get(id)?.failed || !hasLaterWork(design, flowOf(id)) ? undefined : find(context, flowOf(id), true);
  const completionEventsOf = (id: ElementId): readonly number[] => {
    const found = completionTrees.get(id);
    if (!found) return NONE;
    return eventsOf(found, order.value, new Set(answers.get(id)?.map((s) => s.event.id)));
  };
  const completionsOf = (id: ElementId): readonly SingleFailure[] => {
    const found = completionTrees.get(id);
    return found ? singlesOf(design, flowOf(id), found, true, completionEvents.get(id) ?? NONE, caches.carrying) : NONE;
  };

  const update = (): Failures => {
    const ids = design.flows.ids;
    caches.update();
    lost.update();
    order.update(() => new Map([...design.components.keys(), ...design.places.keys()].map((id, i) => [id, i])));
    answerTrees.update(ids, (id) => find(context, flowOf(id), false));
    answerEvents.update(ids, (id) => eventsOf(answerTrees.get(id) as Found, order.value, new Set()));
    answers.update(ids, (id) =>
      singlesOf(design, flowOf(id), answerTrees.get(id) as Found, false, answerEvents.get(id) ?? NONE, caches.carrying),
    );
    completionTrees.update(ids, completionOf);
    completionEvents.update(ids, completionEventsOf);
    completions.update(ids, completionsOf);
    notes.update(ids, (id) => [
      ...unknownsOf(design, flowOf(id), caches.carrying, model),
      ...scenarioNotes(flowOf(id), answerTrees.get(id) as Found, completionTrees.get(id)),
    ]);
    return failures.update(() => ({
      singles: [...design.flows.keys()].flatMap((id) => [...(answers.get(id) ?? NONE), ...(completions.get(id) ?? NONE)]),
      notes: eachOnce([...notes.values()].flat()),
    }));
  };
  return { update, carrying: caches.carrying };
}

function find(context: FailureContext, flow: Flow, completion: boolean): Found {
  const failure = flowFailure(context, flow, completion);
  const { tree } = failure;
  const pass = singleFailures(tree);
  const partly = tree.nodes.some(({ gate }) => gate.kind === 'oneof' && gate.inputs.some((i) => pass.fails[i]));
  return { failure, pass, failed: pass.fails[tree.top] ?? false, partly };
}

/**
 * Visits of nodes of one flow's tree after which single failures are still found, but no longer followed (share and chain take a pass
 * over the tree each): a flow of 10,000 steps one after another would take minutes. Flows of 1,000 steps stay below.
 */
const MOST_VISITS = 1e7;

/** The events that alone make the flow fail, without those that are reported already, in text order of their elements. */
function eventsOf({ failure, pass }: Found, order: ReadonlyMap<ElementId, number>, skip: ReadonlySet<string>): readonly number[] {
  const { events } = failure.tree;
  const chosen = pass.events.filter((e) => !skip.has(events[e]?.id ?? ''));
  const at = new Map(chosen.map((e) => [e, order.get(events[e]?.element ?? '') ?? order.size]));
  return chosen.sort((a, b) => (at.get(a) as number) - (at.get(b) as number));
}

function singlesOf(
  design: Design,
  flow: Flow,
  { failure, pass }: Found,
  completion: boolean,
  chosen: readonly number[],
  carrying: FailureContext['loadBearing'],
): readonly SingleFailure[] {
  const { tree } = failure;
  const soft = new Set(softReads(flow).values());
  const buffer: (Estimate | undefined)[] = [];
  const traced = Math.floor(MOST_VISITS / tree.nodes.length);
  return chosen.map((e, i): SingleFailure => {
    const { count: _count, failed: _failed, ...event } = tree.events[e] as (typeof tree.events)[number];
    if (i >= traced) {
      const share = notEstimated(`${chosen.length} single failures of ${flow.id} are too many to follow each to the requests that it hits`);
      return { event, flow: flow.id, completion, share, chain: ends(tree, e) };
    }
    const shares = sharesHit(tree, pass, e, buffer);
    const path = failingPath(tree, shares);
    const chain = witness(design, tree, pass, e, path);
    const illusory = illusoryRedundancy(design, tree, pass, e, path);
    const overloads = soft.has(event.element) ? carriedBy(carrying.get(event.element)) : undefined;
    const more = { ...(illusory ? { illusory } : {}), ...(overloads ? { overloads } : {}) };
    return { event, flow: flow.id, completion, share: shares[tree.top] ?? ALL, chain, ...more };
  });
}

function carriedBy(load: LoadBearing | undefined): CarriedLoad | undefined {
  if (!load) return undefined;
  const { overloaded, rate, rateWithout, utilization, limit } = load;
  return { element: overloaded, rate, rateWithout, utilization, limit };
}

/** Notes of several flows, each element's once. */
function eachOnce(all: readonly Note[]): Note[] {
  const notes = new Map<string, Note>();
  for (const note of all) notes.set(`${note.element}\u0000${note.text}`, note);
  return [...notes.values()];
}

function scenarioNotes(flow: Flow, answer: Found, completion: Found | undefined): Note[] {
  const said: string[] = [];
  if (answer.failed) said.push(`${flow.id} fails in this scenario`);
  else if (answer.partly) said.push(`requests of ${flow.id} that are pinned to a failed copy fail in this scenario`);
  if (completion?.failed) said.push(`${flow.id} is not completed in this scenario`);
  return said.map((text) => ({ element: flow.id, text, span: flow.nameSpan }));
}

/** What the failure function could not take into account. */
function unknownsOf(design: Design, flow: Flow, carrying: ReadonlyMap<ElementId, LoadBearing>, model: TrafficModel): Note[] {
  const notes: Note[] = [];
  const note = (element: ElementId, text: string, span: Note['span']) => notes.push({ element, text, span });
  for (const stop of flow.stops) {
    const component = design.components.get(stop.component) as Component;
    if (component.kind === 'client' || isWhole(component) || replicasPerCopy(component) <= 1) continue;
    const sizing = model.sizing.get(component.id);
    const needed = sizing?.neededPerCopy;
    if (needed && !isFigure(needed)) {
      note(
        component.id,
        `how many instances of ${component.id} the peak needs is not estimated (${needed.notEstimated}); counted as 1`,
        component.nameSpan,
      );
    } else if (sizing && isOverCapacity(component, model.sizing)) {
      note(
        component.id,
        `${overCapacityText({ component: component.id, utilization: sizing.utilization, limit: maxUtilization(component) })}; its redundancy is judged as if the load could be served`,
        component.nameSpan,
      );
    }
  }
  for (const cache of new Set(softReads(flow).values())) {
    const component = design.components.get(cache);
    if (!component) continue;
    const carries = carrying.get(cache);
    if (carries) {
      const percent = Math.round(carries.utilization * 100);
      note(
        cache,
        `${cache} carries load: without it ${carries.overloaded} would run at ${percent} %, so its failure counts`,
        component.nameSpan,
      );
    }
  }
  return notes;
}

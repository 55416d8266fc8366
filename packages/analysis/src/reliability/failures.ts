import {
  type Component,
  type ElementId,
  type Estimate,
  type Failures,
  type Flow,
  isFigure,
  notEstimated,
  property,
  replicasPerCopy,
  type SingleFailure,
} from '@sysd/core';
import type { TrafficModel } from '../traffic/traffic.ts';
import { type FailureContext, isWhole, meshesOf } from './component-failure.ts';
import { type FlowFailure, flowFailure, softReads } from './flow-failure.ts';
import { type LoadBearing, loadBearingCaches } from './load-bearing.ts';
import { ALL, sharesHit } from './share.ts';
import { singleFailures } from './single-failures.ts';
import { ends, witness } from './witness.ts';

type Note = Failures['notes'][number];

/** Every event that alone makes a flow fail, with the chain that shows why and the share of requests that it hits. */
export function failuresOf(design: FailureContext['design'], model: TrafficModel): Failures {
  const carrying = loadBearingCaches(design, model);
  const context: FailureContext = { design, sizing: model.sizing, loadBearing: new Set(carrying.keys()), meshes: meshesOf(design) };
  const notes = new Map<string, Note>();
  const note = (element: ElementId, text: string, span: Note['span']) => notes.set(`${element}\u0000${text}`, { element, text, span });
  const singles: SingleFailure[] = [];
  // Events in text order: components as declared, then places, then the names of shared fates.
  const order = new Map([...design.components.keys(), ...design.places.keys()].map((id, i) => [id, i]));
  for (const flow of design.flows.values()) {
    noteUnknowns(context, flow, carrying, model, note);
    const answer = singlesOf(context, flow, flowFailure(context, flow, false), false, order, new Set());
    if (answer.failed) note(flow.id, `${flow.id} fails in this scenario`, flow.nameSpan);
    else if (answer.partly) note(flow.id, `requests of ${flow.id} that are pinned to a failed copy fail in this scenario`, flow.nameSpan);
    singles.push(...answer.singles);
    if (answer.failed || !hasLaterWork(context, flow)) continue;
    const reported = new Set(answer.singles.map((s) => s.event.id));
    const completion = singlesOf(context, flow, flowFailure(context, flow, true), true, order, reported);
    if (completion.failed) note(flow.id, `${flow.id} is not completed in this scenario`, flow.nameSpan);
    singles.push(...completion.singles);
  }
  return { singles, notes: [...notes.values()] };
}

/**
 * Visits of nodes of one flow's tree after which single failures are still found, but no longer followed (share and chain take a pass
 * over the tree each): a flow of 10,000 steps one after another would take minutes. Flows of 1,000 steps stay below.
 */
const MOST_VISITS = 1e7;

/** Whether anything goes on after the answer. */
function hasLaterWork(context: FailureContext, flow: Flow): boolean {
  return flow.hops.some((h) => {
    const target = context.design.components.get(flow.stops[h.to[0]?.stop ?? 0]?.component ?? '');
    return !h.sync || target?.kind === 'queue' || target?.kind === 'stream';
  });
}

function singlesOf(
  context: FailureContext,
  flow: Flow,
  failure: FlowFailure,
  completion: boolean,
  order: ReadonlyMap<ElementId, number>,
  skip: ReadonlySet<string>,
): { singles: SingleFailure[]; failed: boolean; partly: boolean } {
  const { tree } = failure;
  const at = (event: number) => order.get(tree.events[event]?.element ?? '') ?? order.size;
  const pass = singleFailures(tree);
  const partly = tree.nodes.some(({ gate }) => gate.kind === 'oneof' && gate.inputs.some((i) => pass.fails[i]));
  const chosen = pass.events.filter((e) => !skip.has(tree.events[e]?.id ?? '')).sort((a, b) => at(a) - at(b));
  const buffer: (Estimate | undefined)[] = [];
  const traced = Math.floor(MOST_VISITS / tree.nodes.length);
  const singles = chosen.map((e, i): SingleFailure => {
    const { count: _count, failed: _failed, ...event } = tree.events[e] as (typeof tree.events)[number];
    if (i >= traced) {
      const share = notEstimated(`${chosen.length} single failures of ${flow.id} are too many to follow each to the requests that it hits`);
      return { event, flow: flow.id, completion, share, chain: ends(tree, e) };
    }
    const shares = sharesHit(tree, pass, e, buffer);
    const chain = witness(context.design, tree, pass, e, shares);
    return { event, flow: flow.id, completion, share: shares[tree.top] ?? ALL, chain };
  });
  return { singles, failed: pass.fails[tree.top] ?? false, partly };
}

/** What the failure function could not take into account. */
function noteUnknowns(
  context: FailureContext,
  flow: Flow,
  carrying: ReadonlyMap<ElementId, LoadBearing>,
  model: TrafficModel,
  note: (element: ElementId, text: string, span: Note['span']) => void,
): void {
  for (const stop of flow.stops) {
    const component = context.design.components.get(stop.component) as Component;
    if (component.kind === 'client' || isWhole(component) || replicasPerCopy(component) <= 1) continue;
    const needed = model.sizing.get(component.id)?.neededPerCopy;
    if (needed && !isFigure(needed)) {
      note(
        component.id,
        `how many instances of ${component.id} the peak needs is not estimated (${needed.notEstimated}); counted as 1`,
        component.nameSpan,
      );
    } else if (needed && isFigure(needed) && needed.value > mostInstances(component)) {
      note(
        component.id,
        `${component.id} is over capacity at peak; its redundancy is judged as if the load could be served`,
        component.nameSpan,
      );
    }
  }
  for (const cache of new Set(softReads(flow).values())) {
    const component = context.design.components.get(cache);
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
}

/** Instances of a copy that there can be: the declared ones, or the top of the autoscaler's range. */
function mostInstances(component: Component): number {
  return property(component.properties, 'autoscale')?.value.range.high ?? replicasPerCopy(component);
}

import {
  type Component,
  type ComponentEffect,
  type Design,
  type ElementId,
  type Flow,
  type FlowEffect,
  type FlowState,
  formatRatio,
  type Hop,
  isFigure,
  type Traffic,
} from '@sysd/core';
import { isLoadedByUsers } from '../../closed/loaded.ts';
import { placeFailed } from '../../scenario/standing.ts';
import { maxUtilization } from '../../traffic/capacity.ts';
import { hopName } from '../../traffic/flow-rates.ts';
import { placementOf } from '../../traffic/sizing.ts';
import { partsOf } from '../availability/later-work.ts';
import type { FailureContext } from '../component-failure.ts';
import { type FlowFailure, flowFailure } from '../flow-failure.ts';
import { withOverload } from '../load-shifts/overload.ts';
import { type LoadedDesign, loadedDesign } from '../loaded-design.ts';
import { runsOf } from '../runs.ts';
import { singleFailures } from '../single-failures.ts';
import { causesOf, type Reason } from './causes.ts';
import { chainOf } from './chain.ts';
import { failedShares } from './failed-shares.ts';

/** What the failures of a design (`fail` of its scenario, or of an argument) make of each flow, in text order; the answer before the completion. */
export function effectsOf(design: Design, loaded: LoadedDesign = loadedDesign(design)): FlowEffect[] {
  return design.failed.length === 0 ? [] : statesOf(design, loaded);
}

/** The state of each flow, whether or not anything has failed: a flow may be overloaded, or fail, with everything up. */
export function statesOf(design: Design, { context: loaded, traffic }: LoadedDesign = loadedDesign(design)): FlowEffect[] {
  const atPeak = withOverload(loaded);
  const unloaded: FailureContext = {
    design,
    loadBearing: new Map(),
    meshes: loaded.meshes,
    cold: deadCaches(design, traffic),
    running: traffic.components,
  };
  return [...design.flows.values()].flatMap((flow) =>
    partsOf(design, flow).map(({ completion }): FlowEffect => {
      const failure = flowFailure(unloaded, flow, completion);
      const { fails } = singleFailures(failure.tree);
      const { state, reasons } = effectOf(unloaded, atPeak, traffic, flow, completion, { failure, fails });
      const shares = failedShares(design, failure.tree, fails);
      const share = shares[failure.tree.top];
      const { chain, path } = chainOf(design, failure.tree, fails, shares);
      return {
        flow: flow.id,
        completion,
        state,
        reasons: distinct(reasons),
        ...(share ? { share } : {}),
        chain,
        path: completion ? behindTheAnswer(design, flow, path) : path,
      };
    }),
  );
}

function deadCaches(design: Design, traffic: Traffic): Set<ElementId> {
  const dead = new Set<ElementId>();
  for (const component of design.components.values()) {
    if (component.kind !== 'cache' && component.kind !== 'cdn') continue;
    const { lost, total } = instancesLost(design, component, traffic);
    if (lost === total) dead.add(component.id);
  }
  return dead;
}

/** What is worth telling of the effects on flows: a completion only where it comes off otherwise than its answer. */
export function toldEffects<E extends FlowEffect>(effects: readonly E[]): E[] {
  return effects.filter((e, i) => !e.completion || e.state !== effects[i - 1]?.state);
}

/** What the failures of a design make of its components, in text order: those that lose instances, and those whose rest is overloaded. */
export function componentEffectsOf(design: Design, { traffic }: LoadedDesign = loadedDesign(design)): ComponentEffect[] {
  if (design.failed.length === 0) return [];
  return [...design.components.values()].flatMap((component): ComponentEffect[] => {
    const { lost, total } = instancesLost(design, component, traffic);
    const overload = lost === total ? undefined : overloadOf(traffic, component);
    if (component.kind === 'client' || (lost === 0 && !overload)) return [];
    return [{ component: component.id, lost, total, ...(overload ? { overload } : {}) }];
  });
}

interface Effect {
  readonly state: FlowState;
  readonly reasons: readonly Reason[];
}

function effectOf(
  unloaded: FailureContext,
  loaded: FailureContext,
  traffic: Traffic,
  flow: Flow,
  completion: boolean,
  { failure, fails }: { readonly failure: FlowFailure; readonly fails: readonly boolean[] },
): Effect {
  if (fails[failure.tree.top]) return { state: 'fails', reasons: causesOf(failure.tree, fails) };
  const { design } = unloaded;
  const waits = waitsFor(design, flow, completion);
  const ids = new Set(flow.stops.filter((_, i) => waits[i]).map((s) => s.component));
  const visited = [...ids].flatMap((id) => design.components.get(id) ?? []);
  const atPeak = flowFailure(loaded, flow, completion);
  const pass = singleFailures(atPeak.tree);
  const full = visited.flatMap((c) => overloadReason(traffic, c));
  if (pass.fails[atPeak.tree.top]) return { state: 'overloaded', reasons: [...causesOf(atPeak.tree, pass.fails), ...full] };
  // What a broker hands on is not of the answer.
  const asked = flow.hops.filter((h) => completion || (waits[h.from] && !takesMessages(design, flow, h.from)));
  const round = detours(design, flow, asked, failure, fails);
  const told = new Set(round.map((r) => r.element));
  // What is too full, but can be done without.
  const reasons = [...round, ...full, ...visited.flatMap((c) => (told.has(c.id) ? [] : lossOf(design, c, traffic)))];
  return { state: reasons.length > 0 ? 'degraded' : 'unaffected', reasons };
}

/** Stops that the answer (or the completion) waits for: a broker is asked for its acknowledgement, what lies behind it is not of the answer. */
function waitsFor(design: Design, flow: Flow, completion: boolean): boolean[] {
  const waits = flow.stops.map((_, i) => completion || i === 0);
  for (const hop of flow.hops) {
    if (!waits[hop.from] || takesMessages(design, flow, hop.from)) continue;
    for (const { stop } of hop.to) waits[stop] ||= hop.sync || takesMessages(design, flow, stop);
  }
  return waits;
}

/** Connections of a path over which nobody waits for the answer. */
function behindTheAnswer(design: Design, flow: Flow, path: readonly ElementId[]): ElementId[] {
  const waits = waitsFor(design, flow, false);
  const answered = new Set<ElementId>();
  for (const hop of flow.hops) {
    if (!waits[hop.from] || takesMessages(design, flow, hop.from)) continue;
    for (const { stop } of hop.to) {
      if (waits[stop]) answered.add(`${flow.stops[hop.from]?.component}->${flow.stops[stop]?.component}`);
    }
  }
  return path.filter((id) => !answered.has(id));
}

const takesMessages = (design: Design, flow: Flow, stop: number): boolean => {
  const kind = design.components.get(flow.stops[stop]?.component ?? '')?.kind;
  return kind === 'queue' || kind === 'stream';
};

/** Users who think fill what serves them: what is left then serves them more slowly, but is not overloaded. */
function overloadOf(traffic: Traffic, component: Component): ComponentEffect['overload'] {
  if (isLoadedByUsers(traffic, component.id)) return undefined;
  const utilization = traffic.components.get(component.id)?.utilization;
  const limit = maxUtilization(component);
  return isFigure(utilization) && isFigure(limit) && utilization.value > limit.value * (1 + 1e-9) ? { utilization, limit } : undefined;
}

function overloadReason(traffic: Traffic, component: Component): Reason[] {
  const over = overloadOf(traffic, component);
  if (!over) return [];
  const [utilization, limit] = [formatRatio(over.utilization.value), formatRatio(over.limit.value)];
  return [{ element: component.id, text: `${component.id} would run at ${utilization} of its capacity at peak, above its ${limit}` }];
}

/** Instances of the component that are down, and how many there are. */
function instancesLost(design: Design, component: Component, traffic: Traffic): { readonly lost: number; readonly total: number } {
  const placed = placementOf(design, component);
  const runs = placed.copies.flatMap((copy) => runsOf(design, placed, copy, false, traffic.components.get(component.id)));
  const down = runs.map((run) => (placeFailed(design, run.place) ? run.count : run.failed));
  return { total: runs.reduce((n, run) => n + run.count, 0), lost: down.reduce((n, d) => n + d, 0) };
}

function lossOf(design: Design, component: Component, traffic: Traffic): Reason[] {
  const { lost, total } = instancesLost(design, component, traffic);
  if (component.kind === 'client' || lost === 0) return [];
  const text =
    lost === total ? `${component.id} is down` : `${lost} of ${total} instances of ${component.id} ${lost === 1 ? 'is' : 'are'} down`;
  return [{ element: component.id, text }];
}

/** Where the flow goes round what has failed, or leaves it out. */
function detours(design: Design, flow: Flow, hops: readonly Hop[], failure: FlowFailure, fails: readonly boolean[]): Reason[] {
  const reasons: Reason[] = [];
  for (const hop of hops) {
    const targets = hop.to.map((t, i) => ({
      id: flow.stops[t.stop]?.component ?? '',
      down: fails[failure.targets[hop.index]?.[i] ?? 0] ?? false,
    }));
    const down = targets.filter((t) => t.down);
    const [first] = down;
    if (!first) continue;
    const add = (text: string) => reasons.push({ element: first.id, text });
    const elses = flow.hops.filter((h) => h.fallbackOf === hop.index);
    if (down.length < targets.length)
      add(
        `${down.map((t) => t.id).join(', ')} fails: ${targets
          .filter((t) => !t.down)
          .map((t) => t.id)
          .join(', ')} takes its requests`,
      );
    else if (elses.length > 0) add(`${hopName(flow, hop)} fails: the fallback ${elses.map((e) => hopName(flow, e)).join(', ')} is taken`);
    else if (isCacheRead(flow, hop)) add(`${first.id} is down: every read of it is a miss`);
    else if (hop.optional) add(`${hopName(flow, hop)} fails: the step is left out`);
    else if (!hop.sync && !fails[failure.steps[hop.index] ?? 0]) add(`${hopName(flow, hop)} fails: what it hands over is lost or waits`);
  }
  failure.tree.nodes.forEach(({ gate, why }) => {
    if (gate.kind !== 'oneof' || !gate.inputs.some((i) => fails[i])) return;
    const lost = gate.inputs.reduce((sum, input, i) => sum + (fails[input] ? (gate.shares[i] ?? 0) : 0), 0);
    const element = gate.drawn?.stamp ?? why?.element ?? flow.id;
    reasons.push({
      element,
      text: `the ${formatRatio(lost)} of the requests that belong to a failed copy of ${design.groups.get(element)?.id ?? element} fail`,
    });
  });
  return reasons;
}

const isCacheRead = (flow: Flow, hop: Hop): boolean => flow.hops.some((h) => h.miss?.read === hop.index);

function distinct(reasons: readonly Reason[]): Reason[] {
  const seen = new Set<string>();
  return reasons.filter((r) => !seen.has(r.text) && seen.add(r.text));
}

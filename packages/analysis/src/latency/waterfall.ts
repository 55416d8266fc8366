import {
  COUNT,
  type Design,
  type ElementId,
  type Estimate,
  type Flow,
  isFigure,
  known,
  type LatencyContribution,
  type LatencySpan,
  type LeftOut,
  notEstimated,
  type Stop,
  TIME,
} from '@sysd/core';
import { compute, leaf } from '../figure/make.ts';
import { isNotEstimated } from '../queueing/domain.ts';
import type { Block, Composition, LatencyInput, TargetTime, Timed } from './composition.ts';
import { type Means, meanOf } from './distribution/quantiles.ts';
import { visitsOf } from './visits.ts';

/** What a request does, step by step, and what that adds up to. */
export interface Waterfall {
  readonly spans: readonly LatencySpan[];
  readonly contributions: readonly LatencyContribution[];
  readonly leftOut: readonly LeftOut[];
  readonly assumed: readonly ElementId[];
}

interface Visit {
  readonly stop: number;
  readonly start: number;
  readonly depth: number;
}

const NOTHING: Estimate = { value: 0, dimension: TIME, label: 'nothing', formula: 'the flow starts here', inputs: [] };

/**
 * The spans of a flow in the order of its text. Below a stop they stand once, where it is entered first; how often they happen counts all steps
 * into it.
 */
export function waterfallOf(input: LatencyInput, flow: Flow, composition: Composition): Waterfall {
  const { design } = input;
  const means: Means = new Map();
  const mean = (time: Timed): number | undefined => (isNotEstimated(time) ? undefined : meanOf(time, means));
  const sums = new Sums();
  const spans: LatencySpan[] = [];
  const entered = new Set<number>([0]);
  /** Deepest first on top: spans come out in the order of the text without recursion. */
  const open: (() => void)[] = [];
  const visitsByHop = visitsOf(input, flow, composition);

  const enter = ({ stop, start, depth }: Visit): void => {
    const id = (flow.stops[stop] as Stop).component;
    const own = composition.own.get(id);
    let at = start + (known(own?.own) ?? 0) + (known(own?.wait) ?? 0);
    const tasks: (() => void)[] = [];
    for (const stage of composition.stages[stop] ?? []) {
      const begin = at;
      let next = begin;
      for (const block of stage.blocks) {
        const starts = stage.onOwnMiss ? next : begin;
        tasks.push(() => step(block, starts, depth));
        next += mean(block.time) ?? 0;
      }
      at += mean(stage.time) ?? Math.max(0, ...stage.blocks.map((b) => mean(b.time) ?? 0));
    }
    open.push(...tasks.reverse());
  };
  const step = (block: Block, start: number, depth: number): void => {
    const tasks: (() => void)[] = [];
    block.targets.forEach((target, i) => {
      tasks.push(() => arrive(block, target, i, start, depth));
    });
    const read = mean(block.targets[0]?.time ?? notEstimated('')) ?? 0;
    let after = start + read;
    for (const follower of block.onMiss) {
      const at = after;
      tasks.push(() => step(follower, at, depth));
      after += mean(follower.time) ?? 0;
    }
    open.push(...tasks.reverse());
  };
  const arrive = (block: Block, target: TargetTime, i: number, start: number, depth: number): void => {
    const { hop } = block;
    const visits = visitsByHop[hop.index]?.[i];
    const stop = hop.to[i]?.stop as number;
    const component = (flow.stops[stop] as Stop).component;
    const from = (flow.stops[hop.from] as Stop).component;
    const own = hop.lookup ? undefined : composition.own.get(component);
    const network = networkOf(target);
    const duration = mean(target.time);
    spans.push({
      hop: hop.index,
      from,
      component,
      depth: depth + 1,
      ...(visits === undefined ? {} : { visits }),
      start,
      ...(duration === undefined ? {} : { duration }),
      own: own?.own ?? NOTHING,
      wait: own?.wait ?? NOTHING,
      network,
    });
    sums.network(component, network, visits);
    if (target.trip.leftOut !== undefined) sums.leaveOut('network', target.trip.leftOut, endOf(design, from, component));
    if (target.transfer === 'unknown') sums.leaveOut('transfer', 'neither end has a bandwidth', `${from}->${component}`);
    if (own) sums.own(component, own, visits);
    if (hop.lookup || target.handsOver || entered.has(stop)) return;
    entered.add(stop);
    const there = start + (known(network) ?? 0);
    open.push(() => enter({ stop, start: there, depth: depth + 1 }));
  };

  const source = (flow.stops[0] as Stop).component;
  const own = composition.own.get(source);
  const duration = mean(composition.whole);
  spans.push({
    component: source,
    depth: 0,
    visits: 1,
    start: 0,
    ...(duration === undefined ? {} : { duration }),
    own: own?.own ?? NOTHING,
    wait: own?.wait ?? NOTHING,
    network: NOTHING,
  });
  if (own) sums.own(source, own, 1);
  open.push(() => enter({ stop: 0, start: 0, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) next();
  return { spans, ...sums.result() };
}

/** Whom the missing round trip is about: the one that stands nowhere. */
const endOf = (design: Design, from: ElementId, to: ElementId): ElementId => (design.components.get(from)?.kind === 'client' ? from : to);

function networkOf({ trip, transfer }: TargetTime): Estimate {
  if (transfer === undefined || transfer === 'unknown') return trip.mean;
  return compute('network', 'round trip + time to send', [trip.mean, transfer], TIME, (a, b) => a + b);
}

/** Adds up what the visits of each component take. */
class Sums {
  readonly #parts = new Map<
    string,
    { component: ElementId; what: LatencyContribution['what']; estimate: Estimate; visits: number | undefined }
  >();
  readonly #leftOut = new Map<string, { what: LeftOut['what']; reason: string; elements: Set<ElementId> }>();
  readonly #assumed = new Set<ElementId>();

  #add(component: ElementId, what: LatencyContribution['what'], estimate: Estimate, visits: number | undefined): void {
    if (isFigure(estimate) && estimate.value === 0) return;
    const value = isFigure(estimate) ? `${estimate.value}` : '';
    const key = `${what} ${component} ${value}`;
    const before = this.#parts.get(key);
    if (before) before.visits = before.visits === undefined || visits === undefined ? undefined : before.visits + visits;
    else this.#parts.set(key, { component, what, estimate, visits });
  }

  network(component: ElementId, network: Estimate, visits: number | undefined): void {
    this.#add(component, 'network', network, visits);
  }

  own(
    component: ElementId,
    { own, wait, leftOut, assumed }: { own: Estimate; wait: Estimate; leftOut?: string; assumed: boolean },
    visits: number | undefined,
  ): void {
    this.#add(component, 'own', own, visits);
    if (leftOut === undefined) this.#add(component, 'wait', wait, visits);
    else if (isFigure(own)) this.leaveOut('wait', leftOut, component);
    if (assumed) this.#assumed.add(component);
  }

  leaveOut(what: LeftOut['what'], reason: string, element: ElementId): void {
    const key = `${what} ${reason}`;
    const before = this.#leftOut.get(key);
    if (before) before.elements.add(element);
    else this.#leftOut.set(key, { what, reason, elements: new Set([element]) });
  }

  result(): Omit<Waterfall, 'spans'> {
    const contributions = [...this.#parts.values()].map(({ component, what, estimate, visits }): LatencyContribution => {
      const each =
        visits === undefined
          ? notEstimated(`how often a request visits ${component} is not known`)
          : leaf('visits of a request', visits, COUNT);
      return {
        component,
        what,
        time: compute(`${NAMES[what]} ${component}`, 'mean of one visit × visits of a request', [estimate, each], TIME, (a, b) => a * b),
      };
    });
    contributions.sort((a, b) => (known(b.time) ?? -1) - (known(a.time) ?? -1));
    return {
      contributions,
      leftOut: [...this.#leftOut.values()].map(({ what, reason, elements }) => ({ what, reason, elements: [...elements] })),
      assumed: [...this.#assumed],
    };
  }
}

const NAMES = { own: 'work of', wait: 'wait for', network: 'network to' } as const;

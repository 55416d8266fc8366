import {
  BROKERS,
  type Component,
  type Connection,
  type Design,
  type ElementId,
  type Estimate,
  effective,
  type Flow,
  type Hop,
  type HopTarget,
  isFigure,
  type NotEstimated,
  notEstimated,
  property,
  type Stop,
  type Traffic,
} from '@sysd/core';
import { isNotEstimated } from '../queueing/domain.ts';
import { scatterOf } from '../traffic/contributions.ts';
import { hopName, missRatio } from '../traffic/flow-rates.ts';
import type { FlowOutcome } from '../traffic/outcomes.ts';
import {
  atMost,
  constant,
  type Distribution,
  mixture,
  repeated,
  slowest,
  slowestOf,
  sometimes,
  sum,
  ZERO,
} from './distribution/distribution.ts';
import { closedTime, lackingIn, type OwnTime, ownTime, type SingleNumbers } from './own-time.ts';
import { type RoundTrip, roundTrip } from './round-trip.ts';
import { transferTime } from './transfer.ts';

/** What the latency of a flow is computed from. */
export interface LatencyInput {
  readonly design: Design;
  readonly traffic: Pick<Traffic, 'flows' | 'components' | 'closed'>;
  /** What a scenario makes of the flow. */
  readonly outcome?: FlowOutcome;
  /** How a latency of one number is read; exponential unless something else is said. */
  readonly singles?: SingleNumbers;
}

/** A time, or why it is not known. */
export type Timed = Distribution | NotEstimated;

/** A step into one of its targets. */
export interface TargetTime {
  readonly trip: RoundTrip;
  readonly transfer: Estimate | 'unknown' | undefined;
  /** Once: round trip, sending, and the target with all that it waits for. */
  readonly time: Timed;
  /** The caller waits for the broker alone, not for what lies below it. */
  readonly handsOver: boolean;
}

/** A step as part of what its stop does. */
export interface Block {
  readonly hop: Hop;
  /** With its modifiers, and the steps on its misses. */
  readonly time: Timed;
  readonly targets: readonly TargetTime[];
  /** Steps that follow where this read misses. */
  readonly onMiss: readonly Block[];
}

/** Steps that a stop takes together: one, or those of a `parallel`. */
export interface Stage {
  readonly blocks: readonly Block[];
  readonly time: Timed;
  /** They are taken on the misses of the stop itself, one after another. */
  readonly onOwnMiss?: true;
}

/** What the request does at each stop that it waits for, and how long that takes. */
export interface Composition {
  readonly whole: Timed;
  /** By stop; nothing for those that it does not wait for. */
  readonly stages: readonly (readonly Stage[] | undefined)[];
  /** By hop; nothing for those that nobody waits for. */
  readonly blocks: readonly (Block | undefined)[];
  /** By hop: whether a request may take it, and waits. */
  readonly taken: readonly boolean[];
  /** By component. */
  readonly own: ReadonlyMap<ElementId, OwnTime>;
}

/**
 * Composes the latency of a flow's answer, or of its completion (every arrow waits), from its steps: one pass from the last step to the first. When
 * a step is reached all steps out of its target have been seen, since they stand below it.
 */
export function compose(input: LatencyInput, flow: Flow, completion: boolean): Composition {
  const { design, traffic, outcome, singles = 'exponential' } = input;
  const own = new Map<ElementId, OwnTime>();
  const stages: (readonly Stage[] | undefined)[] = flow.stops.map(() => undefined);
  const stops: (Timed | undefined)[] = flow.stops.map(() => undefined);
  const blocks: (Block | undefined)[] = flow.hops.map(() => undefined);
  const steps = stepsOf(design, flow, completion);

  const ownOf = (stop: number): Timed => {
    const component = componentAt(design, flow, stop);
    if (!component) return notEstimated('its component is not there');
    const known =
      own.get(component.id) ??
      closedTime(flow.id, component.id, traffic.closed) ??
      ownTime(component, traffic.components.get(component.id), singles);
    own.set(component.id, known);
    if (known.time) return known.time;
    return notEstimated(lackingIn(known));
  };
  const stopTime = (stop: number): Timed => {
    const done = stops[stop];
    if (done) return done;
    const taken = stagesAt(stop);
    stages[stop] = taken;
    const time = all([ownOf(stop), ...taken.map((s) => s.time)], sum);
    stops[stop] = time;
    return time;
  };
  const targetTime = (hop: Hop, i: number): TargetTime => {
    const { stop } = hop.to[i] as HopTarget;
    const trip = roundTrip(design, flow, hop, i);
    const transfer = hop.lookup ? undefined : transferTime(design, flow, hop, i);
    const handsOver = !completion && isBroker(componentAt(design, flow, stop));
    const there = hop.lookup ? ZERO : handsOver ? ownOf(stop) : stopTime(stop);
    const sending = transfer === undefined || transfer === 'unknown' ? ZERO : isFigure(transfer) ? constant(transfer.value) : transfer;
    const once = all([trip.time ?? (trip.mean as NotEstimated), sending, there], sum);
    const scatter = scatterOf(design, hop);
    return { trip, transfer, handsOver, time: scatter > 1 ? map(once, (d) => slowestOf(d, scatter)) : once };
  };
  const missed = (hop: Hop, time: Timed): Timed => {
    const misses = missRatio({ design, ...(outcome ? { outcome } : {}) }, flow, hop);
    if (!misses) return time;
    if (!isFigure(misses)) return misses;
    return misses.value === 0 ? ZERO : map(time, (d) => sometimes(misses.value, d));
  };
  const fallbackOf = (hop: Hop): Block | undefined => {
    const fallback = steps.fallbacks.get(hop.index);
    return fallback === undefined ? undefined : blocks[fallback];
  };
  /** Whether the scenario has failed the target itself, and not only something that it needs. */
  const isDown = (hop: Hop, i: number): boolean => outcome?.down[(hop.to[i] as HopTarget).stop] === 1;
  /** `optional` has its timeout as ceiling, once for each attempt. */
  const givenUp = (hop: Hop, i: number, time: Timed): Timed => {
    const timeout = hop.optional ? timeoutOf(design, flow, hop, i) : undefined;
    return timeout === undefined ? time : map(time, (d) => atMost(d, timeout * attemptsOf(design, flow, hop, i)));
  };
  /** A step with its modifiers and what follows on its misses; not yet its own `on miss`. */
  const blockOf = (hop: Hop): Block => {
    const targets = hop.to.map((_, i) => targetTime(hop, i));
    const onMiss = (steps.followers.get(hop.index) ?? []).flatMap((h) => (steps.taken[h.index] ? [blocks[h.index] as Block] : []));
    /** What follows where a target is a cache that misses. */
    const behind = (target: ElementId): Timed => {
      const own = onMiss.filter((b) => b.hop.miss?.cache === target);
      const times = own.map((b) => b.time);
      return own[0] ? missed(own[0].hop, all(times, sum)) : ZERO;
    };
    const failing = outcome?.targetFails[hop.index] ?? [];
    const alternatives = targets.map(({ time }, i) => {
      const there = failing[i] && (fallbackOf(hop) || isDown(hop, i)) ? untilItFails(design, flow, hop, i) : givenUp(hop, i, time);
      return { share: hop.to[i]?.share as number, of: all([there, behind(targetId(flow, hop, i))], sum) };
    });
    const standing = alternatives.filter((_, i) => !failing[i]);
    let time = choose(standing.length > 0 ? standing : alternatives);
    time = often(hop, time);
    if (outcome?.stepFails[hop.index]) time = withFallback(hop, time);
    return { hop, time: sometimesTaken(hop, time), targets, onMiss };
  };
  /** In a scenario in which a step fails: its `else`, or nothing where it is optional. */
  const withFallback = (hop: Hop, time: Timed): Timed => {
    const fallback = fallbackOf(hop);
    if (fallback) return all([time, fallback.time], sum);
    return hop.optional || isNotEstimated(time) ? time : notEstimated(`${hopName(flow, hop)} fails in this scenario`);
  };
  /** A step on a miss that does not come right behind its read (one of them is in a `parallel`) is taken as often as that. */
  const apart = (block: Block): Block => {
    let time = block.time;
    let hop: Hop | undefined = block.hop;
    for (let read = hop.miss?.read; hop?.miss; hop = read === undefined ? undefined : flow.hops[read], read = hop?.miss?.read) {
      time = missed(hop, time);
      const reading = read === undefined ? undefined : (flow.hops[read] as Hop);
      if (!reading) continue;
      const share = cacheShare(flow, hop, reading);
      time = sometimesTaken(
        reading,
        often(
          reading,
          map(time, (d) => sometimes(share, d)),
        ),
      );
    }
    return { ...block, time };
  };
  const stagesAt = (stop: number): Stage[] => {
    const found: Stage[] = [];
    const together = new Map<number, Block[]>();
    let onOwnMiss: Block[] | undefined;
    for (const index of (flow.stops[stop] as Stop).outgoing) {
      const hop = flow.hops[index] as Hop;
      const block = blocks[index];
      if (!block || !steps.taken[index] || steps.follows[index]) continue;
      if (hop.parallel !== undefined) {
        const group = together.get(hop.parallel);
        if (group) group.push(apart(block));
        else {
          const members = [apart(block)];
          together.set(hop.parallel, members);
          found.push({ blocks: members, time: ZERO });
        }
      } else if (hop.miss && hop.miss.read === undefined) {
        // What the source itself misses: its steps are taken by the same requests.
        if (onOwnMiss) onOwnMiss.push(block);
        else {
          onOwnMiss = [block];
          found.push({ blocks: onOwnMiss, time: ZERO });
        }
      } else found.push({ blocks: [apart(block)], time: ZERO });
    }
    return found.map(({ blocks: members }) => {
      const times = members.map((b) => b.time);
      const time = members === onOwnMiss ? missed((members[0] as Block).hop, all(times, sum)) : all(times, slowest);
      return { blocks: members, time, ...(members === onOwnMiss ? { onOwnMiss: true as const } : {}) };
    });
  };

  for (const hop of [...flow.hops].reverse()) if (steps.waits[hop.index]) blocks[hop.index] = blockOf(hop);
  return { whole: stopTime(0), stages, blocks, taken: steps.taken, own };
}

interface Steps {
  /** By hop: whether its caller waits for it. */
  readonly waits: readonly boolean[];
  /** By hop: whether a request may take it, and waits. */
  readonly taken: readonly boolean[];
  /** By hop: it comes right behind the read on whose misses it is taken. */
  readonly follows: readonly boolean[];
  /** Those steps by the index of the read. */
  readonly followers: ReadonlyMap<number, readonly Hop[]>;
  /** The first `else` of a step, by its index. */
  readonly fallbacks: ReadonlyMap<number, number>;
}

function stepsOf(design: Design, flow: Flow, completion: boolean): Steps {
  const waits: boolean[] = [];
  const taken: boolean[] = [];
  const follows: boolean[] = [];
  const followers = new Map<number, Hop[]>();
  const fallbacks = new Map<number, number>();
  for (const hop of flow.hops) {
    if (hop.fallbackOf !== undefined && !fallbacks.has(hop.fallbackOf)) fallbacks.set(hop.fallbackOf, hop.index);
    const read = hop.miss?.read;
    const reading = read === undefined ? undefined : flow.hops[read];
    waits.push(completion || hop.sync || hop.to.some((t) => isBroker(componentAt(design, flow, t.stop))));
    const never = hop.when?.value === 0 || hop.times?.value === 0 || hop.fallbackOf !== undefined;
    taken.push((waits.at(-1) as boolean) && !never && (read === undefined || (taken[read] as boolean)));
    const behind = reading !== undefined && reading.parallel === hop.parallel && reading.from === hop.from;
    follows.push(behind);
    if (behind) addTo(followers, reading.index, hop);
  }
  return { waits, taken, follows, followers, fallbacks };
}

const addTo = (lists: Map<number, Hop[]>, key: number, hop: Hop): void => {
  const list = lists.get(key);
  if (list) list.push(hop);
  else lists.set(key, [hop]);
};

const componentAt = (design: Design, flow: Flow, stop: number): Component | undefined =>
  design.components.get((flow.stops[stop] as Stop).component);

/** The part of a read that goes to the cache on whose misses a step is taken, where the read has alternatives. */
export function cacheShare(flow: Flow, hop: Hop, reading: Hop): number {
  return reading.to.find((t) => (flow.stops[t.stop] as Stop).component === hop.miss?.cache)?.share ?? 1;
}

const targetId = (flow: Flow, hop: Hop, target: number): ElementId => (flow.stops[(hop.to[target] as HopTarget).stop] as Stop).component;

const isBroker = (component: Component | undefined): boolean => component !== undefined && BROKERS.includes(component.kind);

/** `times`: one after another, in `parallel` at once. */
function often(hop: Hop, time: Timed): Timed {
  const n = hop.times?.value;
  if (n === undefined) return time;
  return map(time, (d) => (hop.parallel === undefined ? repeated(d, n) : slowestOf(d, n)));
}

function sometimesTaken(hop: Hop, time: Timed): Timed {
  const share = hop.when?.value;
  return share === undefined ? time : map(time, (d) => sometimes(share, d));
}

function connectionOf(design: Design, flow: Flow, hop: Hop, target: number): Connection | undefined {
  const [from, to] = [componentAt(design, flow, hop.from), componentAt(design, flow, hop.to[target]?.stop as number)];
  return from && to && design.connections.get(`${from.id}->${to.id}`);
}

function timeoutOf(design: Design, flow: Flow, hop: Hop, target: number): number | undefined {
  const connection = connectionOf(design, flow, hop, target);
  return connection && property(connection.properties, 'timeout')?.value.value;
}

/** What has failed in a scenario answers nothing: each attempt takes its timeout. */
function untilItFails(design: Design, flow: Flow, hop: Hop, target: number): Timed {
  const timeout = timeoutOf(design, flow, hop, target);
  if (timeout === undefined) {
    return notEstimated(`${hopName(flow, hop)} fails in this scenario and has no timeout: nobody knows how long it is waited for`);
  }
  return constant(timeout * attemptsOf(design, flow, hop, target));
}

function attemptsOf(design: Design, flow: Flow, hop: Hop, target: number): number {
  const connection = connectionOf(design, flow, hop, target);
  return 1 + ((connection && effective(connection.properties, 'retries')?.value.value) ?? 0);
}

function map(time: Timed, f: (d: Distribution) => Distribution): Timed {
  return isNotEstimated(time) ? time : f(time);
}

/** What follows at a stop after its own time, one stage after another. */
export const timeAfter = ({ stages }: Composition, stop: number): Timed =>
  all(
    (stages[stop] ?? []).map((stage) => stage.time),
    sum,
  );

/** Reasons that are kept: the first ones are what to mend first. */
const MOST_REASONS = 6;

/** Not estimated, with the reasons, where one of them is not. */
function all(times: readonly Timed[], f: (all: readonly Distribution[]) => Distribution): Timed {
  const unknown = times.filter(isNotEstimated);
  if (unknown.length === 0) return f(times as readonly Distribution[]);
  const reasons = new Set(unknown.flatMap((t) => t.notEstimated.split('; ')));
  return notEstimated([...reasons].slice(0, MOST_REASONS).join('; '));
}

function choose(alternatives: readonly { readonly share: number; readonly of: Timed }[]): Timed {
  const taken = alternatives.filter((a) => a.share > 0);
  return all(
    taken.map((a) => a.of),
    (of) => mixture(of.map((d, i) => ({ share: taken[i]?.share ?? 0, of: d }))),
  );
}

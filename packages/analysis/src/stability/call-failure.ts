import {
  BROKERS,
  type Component,
  type ComponentLoad,
  type Connection,
  type Design,
  type Figure,
  type Flow,
  type Hop,
  type HopTarget,
  isFigure,
  known,
  notEstimated,
  property,
  type Stop,
  type Traffic,
} from '@sysd/core';
import type { Distribution } from '../latency/distribution/distribution.ts';
import { lateShare } from '../latency/distribution/late-share.ts';
import { lackingIn, type OwnTime, ownTime, serversOf } from '../latency/own-time.ts';
import { roundTrip } from '../latency/round-trip.ts';
import { transferTime } from '../latency/transfer.ts';
import { type Estimated, isNotEstimated } from '../queueing/domain.ts';
import { scatterOf } from '../traffic/contributions.ts';
import { scaleOutOf } from '../traffic/scale-out.ts';

/** Share of the calls of one kind that fails at a utilisation of the component (retries included): never falling. */
export type FailureAt = (utilization: number) => number;

/** Calls of a connection that take the same way. */
export interface CallsOfStep {
  /** Their part of the calls of the connection. */
  readonly share: number;
  readonly failureAt: FailureAt;
  /** Convex in the utilisation below 100 %, as Erlang's C is (Lee and Cohen, 1983) and so its product with the exponential tail of the wait. */
  readonly convex: boolean;
}

/** The response time of a component at a utilisation below 100 %. */
export type ResponseAt = (utilization: number) => OwnTime;

/** Recursions over more servers than that, at a hundred loads, would take seconds. */
const MOST_SERVERS = 10_000;

/** The service and the wait at a component as latencies count them, at any load. Keeps the last, since all connections ask for the same. */
export function responseOf(component: Component, load: ComponentLoad, utilization: Figure): Estimated<ResponseAt> {
  if (scaleOutOf(component, load)) {
    return notEstimated(
      `${component.id} scales by itself: which share of its calls takes longer than the timeout while instances come and go is not computed`,
    );
  }
  const { sharedQueue, boundedQueues: [bounded] = [] } = load;
  const filled = sharedQueue?.maxLength ? sharedQueue : bounded;
  if (filled) {
    return notEstimated(
      `${filled.queue} has a max-length: which share of its messages takes longer than the timeout when retries fill it is not computed`,
    );
  }
  const servers = serversOf(component) * (sharedQueue ? (known(sharedQueue.instances) ?? 1) : 1);
  if (servers > MOST_SERVERS) {
    return notEstimated(
      `${component.id} works on ${servers} requests at once: with time-outs the load with retries is computed up to ${MOST_SERVERS}`,
    );
  }
  let last: { readonly at: number; readonly time: OwnTime } | undefined;
  return (value) => {
    if (last?.at !== value)
      last = { at: value, time: ownTime(component, { ...load, utilization: { ...utilization, value } }, 'exponential') };
    return last.time;
  };
}

/**
 * How the calls of a connection fail. With a `timeout` those that take longer, P(T > timeout): round trip, sending, wait and service as latencies count
 * them; above 100 % the queue grows without end, so that all do. Without one those that are never answered: all above 100 %, none below.
 */
export function failuresOf(
  { design, traffic }: { readonly design: Design; readonly traffic: Pick<Traffic, 'flows'> },
  component: Component,
  connection: Connection,
  response: () => Estimated<ResponseAt>,
): Estimated<readonly CallsOfStep[]> {
  const timeout = property(connection.properties, 'timeout')?.value.value;
  if (timeout === undefined) return [{ share: 1, convex: true, failureAt: (utilization) => (utilization > 1 ? 1 : 0) }];
  const time = response();
  if (isNotEstimated(time)) return time;
  const idle = time(0);
  if (!idle.parts) return notEstimated(lackingIn(idle));
  const kinds = new Map<string, { rate: number; readonly shards: number; readonly failureAt: FailureAt }>();
  for (const { flow, hop: index } of connection.uses) {
    const [inFlow, rates] = [design.flows.get(flow), traffic.flows.get(flow)];
    const hop = inFlow?.hops[index];
    if (!inFlow || !hop) continue;
    for (const [i, target] of hop.to.entries()) {
      if ((inFlow.stops[target.stop] as Stop).component !== component.id) continue;
      const rate = known(rates?.hops[index]?.targets[i]?.peak) ?? 0;
      if (rate === 0) continue;
      const way = wayOf(design, inFlow, hop, i, target, connection);
      if (isNotEstimated(way)) return way;
      const shards = scatterOf(design, hop);
      const key = JSON.stringify([hop.lookup, way, shards]);
      const before = kinds.get(key);
      if (before) before.rate += rate;
      else kinds.set(key, { rate, shards, failureAt: lateAt(way, timeout, shards, hop.lookup ? undefined : time) });
    }
  }
  const all = [...kinds.values()].reduce((sum, k) => sum + k.rate, 0);
  return [...kinds.values()].map(({ rate, shards, failureAt }) => ({ share: rate / all, failureAt, convex: shards === 1 }));
}

/** Times that calls spend on their way, s, with shares. */
type Way = readonly { readonly share: number; readonly time: number }[];

/** What a call spends on its way; why its time is not that of the component alone. */
function wayOf(design: Design, flow: Flow, hop: Hop, i: number, { stop }: HopTarget, { from, to }: Connection): Estimated<Way> {
  const inner = waitsFor(design, flow, flow.stops[stop] as Stop);
  if (inner !== undefined && !hop.lookup) {
    return notEstimated(
      `${to} waits for ${inner} within the calls of ${from}: which share of them takes longer than the timeout when retries load both is not computed`,
    );
  }
  const trip = roundTrip(design, flow, hop, i);
  if (!trip.time) return isFigure(trip.mean) ? notEstimated(`the round trip ${from} → ${to} is not known`) : trip.mean;
  const sending = hop.lookup ? undefined : transferTime(design, flow, hop, i);
  if (typeof sending === 'object' && !isFigure(sending)) return sending;
  const sent = typeof sending === 'object' ? sending.value : 0;
  return constants(trip.time).map(({ share, time }) => ({ share, time: time + sent }));
}

/** Round trips are constants, or a mixture of them. */
function constants(time: Distribution): Way {
  if (time.kind === 'constant') return [{ share: 1, time: time.time }];
  return time.kind === 'mixture' ? time.parts.flatMap(({ share, of }) => constants(of).map((c) => ({ ...c, share: share * c.share }))) : [];
}

/** A query that asks all shards is late where one of them is. */
function lateAt(way: Way, timeout: number, shards: number, response: ResponseAt | undefined): FailureAt {
  return (utilization) => {
    if (utilization >= 1) return 1;
    const parts = response?.(utilization).parts;
    const late = way.reduce((sum, w) => {
      const left = timeout - w.time;
      const one = parts ? lateShare(parts.service, parts.wait, left) : left < 0 ? 1 : 0;
      return sum + w.share * (shards === 1 ? one : -Math.expm1(shards * Math.log1p(-one)));
    }, 0);
    return Math.min(1, late);
  };
}

/** What a stop waits for before it answers; a broker answers at once. */
function waitsFor(design: Design, flow: Flow, stop: Stop): string | undefined {
  const isBroker = (index: number): boolean => {
    const kind = design.components.get((flow.stops[index] as Stop).component)?.kind;
    return kind !== undefined && BROKERS.includes(kind);
  };
  const kind = design.components.get(stop.component)?.kind;
  if (kind !== undefined && BROKERS.includes(kind)) return undefined;
  for (const index of stop.outgoing) {
    const hop = flow.hops[index] as Hop;
    const never = hop.when?.value === 0 || hop.times?.value === 0 || hop.fallbackOf !== undefined;
    const awaited = hop.to.find((t) => hop.sync || isBroker(t.stop));
    if (!never && awaited) return (flow.stops[awaited.stop] as Stop).component;
  }
  return undefined;
}

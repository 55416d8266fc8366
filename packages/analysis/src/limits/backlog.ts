import {
  type Backlog,
  BROKERS,
  COUNT,
  type Component,
  type ComponentLoad,
  type Connection,
  type Design,
  type ElementId,
  type Estimate,
  type Figure,
  notEstimated,
  property,
  RATE,
  sameDimension,
  TIME,
} from '@sysd/core';
import { compute, leaf, propertyLeaf, quotient } from '../figure/make.ts';
import { serversOf } from '../latency/own-time.ts';
import { type Estimated, isNotEstimated } from '../queueing/domain.ts';
import { boundedQueue } from '../queueing/mmck.ts';
import { queueDrain } from '../queueing/queue-drain.ts';
import { takersOf } from '../traffic/shared-queue.ts';
import type { LimitContext } from './context.ts';
import { mostInstances } from './instances.ts';
import { byLaw } from './law.ts';

/** The outage for which backlogs are told. Drain times are in proportion to it. */
const OUTAGE: Figure = {
  value: 600,
  dimension: TIME,
  label: 'outage of the consumer',
  text: '10 min',
  origin: {
    kind: 'default',
    source: 'sysd: time to notice and to take a bad release back; backlog and drain time are in proportion to it',
  },
};

/** What waits in a queue or stream after an outage of a consumer at peak, one entry each in text order. */
export function backlogsOf(context: LimitContext, broker: Component): Backlog[] {
  if (!BROKERS.includes(broker.kind)) return [];
  return (context.ends.outOf.get(broker.id) ?? []).map((id) => backlog(context, broker, context.design.connections.get(id) as Connection));
}

function backlog(context: LimitContext, broker: Component, { id, to }: Connection): Backlog {
  const load = context.traffic.connections.get(id);
  const arrival = load?.total.peak ?? notEstimated(`no flow uses ${broker.id} → ${to}`);
  const capacity = capacityFor(context, broker, to, arrival);
  const length = property(broker.properties, 'max-length');
  const full = length && propertyLeaf(`${broker.id}.max-length`, length);
  const bytes = load?.request ?? arrival;
  const held = full && sameDimension(full.dimension, COUNT) ? [full] : [];
  const waiting = compute(
    `messages for ${to} in ${broker.id} after an outage`,
    `messages/s at peak × outage${held.length > 0 ? ', no more than max-length' : ''}`,
    [arrival, OUTAGE, ...held],
    COUNT,
    (rate, duration, most = Number.POSITIVE_INFINITY) => Math.min(rate * duration, most),
  );
  return {
    consumer: to,
    outage: OUTAGE,
    arrival,
    capacity: capacity.rate,
    waiting,
    drain: byLaw(
      `time in which ${to} works off what waits`,
      held.length > 0 ? 'what waits ÷ (capacity − messages/s)' : 'messages/s × outage ÷ (capacity − messages/s)',
      [arrival, capacity.rate, waiting],
      TIME,
      (arrivalRate, served, left) => {
        const drained = queueDrain({ arrivalRate, capacity: served, duration: arrivalRate > 0 ? left / arrivalRate : 0 });
        return isNotEstimated(drained) ? notEstimated(`${broker.id} never drains: ${to} has no capacity to spare at peak`) : drained.time;
      },
    ),
    ...(full
      ? {
          overflow: quotient(
            `time until ${broker.id} is full`,
            sameDimension(full.dimension, COUNT) ? 'max-length ÷ messages/s' : 'max-length ÷ bytes/s',
            full,
            sameDimension(full.dimension, COUNT) ? arrival : bytes,
          ),
          ...(sameDimension(full.dimension, COUNT) ? { refused: refused(context, broker, to, arrival, capacity, full) } : {}),
        }
      : {}),
  };
}

/** Most servers that are gone through one by one; with more, what cannot be worked off is refused, and nothing else worth saying. */
const MOST_SERVERS = 1e4;

/** M/M/c/K, the servers being what all instances of the consumer work on at once, with as many places more as the queue holds. */
function refused(
  { design, traffic }: LimitContext,
  broker: Component,
  to: ElementId,
  arrival: Estimate,
  capacity: Capacity,
  length: Figure,
): Estimate {
  if (takersOf(design, broker.id, traffic.contributions.get(broker.id) ?? []) > 1) {
    return notEstimated(
      `${broker.id} has a max-length and several consumers: which share of its messages it refuses is computed (M/M/c/K) for a queue whose messages all go to one component`,
    );
  }
  const each = leaf(`messages that an instance of ${to} works on at once`, serversOf(design.components.get(to) as Component), COUNT);
  return byLaw(
    `share of the messages that ${broker.id} refuses at peak`,
    'loss of an M/M/c/K queue: c = instances of the consumer × what each works on at once, K = c + max-length; of more than 10,000 servers 1 − capacity ÷ messages/s, where that is above 0',
    [arrival, capacity.rate, capacity.instances, each, length],
    COUNT,
    refusedShare,
  );
}

/**
 * Share of the messages (1/s) that a queue with so many places refuses, where its consumer works off `served` a second with `instances` that work on
 * `atOnce` each: the loss of M/M/c/K; of more than 10,000 servers 1 − served ÷ messages/s, where that is above 0.
 */
export function refusedShare(arrivalRate: number, served: number, instances: number, atOnce: number, places: number): Estimated<number> {
  if (served <= 0) return arrivalRate > 0 ? 1 : 0;
  if (instances * atOnce > MOST_SERVERS) return arrivalRate > 0 ? Math.max(0, 1 - served / arrivalRate) : 0;
  const servers = Math.max(1, Math.round(instances)) * atOnce;
  const state = boundedQueue(
    { arrivalRate, serviceTime: servers / served, servers },
    Math.min(servers + Math.floor(places), Number.MAX_SAFE_INTEGER),
  );
  return isNotEstimated(state) ? state : state.lossProbability;
}

/** What the capacity of a consumer follows from. */
export interface ConsumerContext {
  readonly design: Design;
  readonly traffic: { readonly components: Pick<ReadonlyMap<ElementId, ComponentLoad>, 'get'> };
}

interface Capacity {
  /** Instances of the consumer that work. */
  readonly instances: Estimate;
  readonly rate: Estimate;
}

/** Messages/s of this broker that the consumer can work off: all its instances (no more than there are partitions), less its other work. */
export function capacityFor({ design, traffic }: ConsumerContext, broker: Component, to: ElementId, arrival: Estimate): Capacity {
  const consumer = design.components.get(to) as Component;
  const load = traffic.components.get(to);
  if (!load) {
    const none = notEstimated(`no flow reaches ${to}`);
    return { instances: none, rate: none };
  }
  const partitions = property(broker.properties, 'partitions');
  const most =
    property(consumer.properties, 'mode')?.value === 'active-passive'
      ? leaf('instances that serve (active-passive)', 1, COUNT)
      : mostInstances(design, consumer);
  const working: Estimate = partitions
    ? compute(
        `instances of ${to} that work`,
        'instances, no more than partitions',
        [most, propertyLeaf(`${broker.id}.partitions`, partitions)],
        COUNT,
        Math.min,
      )
    : most;
  const other = compute(`other work of ${to}`, 'its rate − messages/s', [load.total.peak, arrival], RATE, (a, b) => Math.max(0, a - b));
  const rate = compute(
    `messages/s from ${broker.id} that ${to} can work off`,
    'instances × capacity − other work',
    [working, load.capacityPerInstance, other],
    RATE,
    (n, c, o) => Math.max(0, n * c - o),
  );
  return { instances: working, rate };
}

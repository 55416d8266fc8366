import {
  type ClosedLoad,
  COUNT,
  type Component,
  type ComponentLoad,
  type ElementId,
  type Estimate,
  type Figure,
  formatRatio,
  isFigure,
  known,
  notEstimated,
  type Property,
  type PropertyValue,
  property,
  type Quantity,
  TIME,
} from '@sysd/core';
import { leaf, propertyLeaf } from '../figure/make.ts';
import { isNotEstimated } from '../queueing/domain.ts';
import { multiServerQueue } from '../queueing/mmc.ts';
import { notSized } from '../traffic/capacity.ts';
import { type Bound, boundedWaitAt, type Waited } from './bounded-wait.ts';
import {
  constant,
  type Distribution,
  exponential,
  isSimple,
  logNormal,
  type SimpleTime,
  sum,
  waiting,
  ZERO,
} from './distribution/distribution.ts';
import { boundingMoments } from './distribution/moments.ts';

/** How a latency of one number is read: as the mean of an exponential time, or (to see what the tail does) as always the same. */
export type SingleNumbers = 'exponential' | 'constant';

/** What a request spends at a component itself. Without `time` it is not known: `own` or `wait` says why. */
export interface OwnTime {
  /** Means. */
  readonly own: Estimate;
  readonly wait: Estimate;
  readonly time?: Distribution;
  /** Where M/M/c/K tells the wait, since messages wait in a queue with a `max-length`. */
  readonly bound?: Bound;
  /** What it is the sum of. */
  readonly parts?: { readonly service: SimpleTime; readonly wait: SimpleTime };
  /** Why no wait is counted, where there may be one. */
  readonly leftOut?: string;
  /** Its tail is an assumption. */
  readonly assumed: boolean;
  /** Why only the means are known. */
  readonly onlyMeans?: string;
}

/** What is not known of the time at a component; a wait that is left out is none of it. */
export function lackingIn({ own, wait, leftOut, onlyMeans }: OwnTime): string {
  if (onlyMeans !== undefined) return onlyMeans;
  const estimates = leftOut === undefined ? [own, wait] : [own];
  return estimates.flatMap((e) => (isFigure(e) ? [] : [e.notEstimated])).join('; ');
}

/** Kinds from which flows start and where nothing is computed. */
const STARTS: readonly string[] = ['client', 'scheduler'];

const NOTHING: Estimate = { value: 0, dimension: TIME, label: 'nothing', formula: 'a flow starts here', inputs: [] };

/**
 * Own time of a component: its `latency`, or its cpu-time as the mean of an exponential time, and the wait at the load of the busiest instance at
 * peak: M/M/c, or Allen–Cunneen where the latency says how much it varies. Instances that take from one queue are servers of one M/M/c, or of one
 * M/M/c/K where the queue has a `max-length`; the wait is then that of the messages that it admits.
 */
export function ownTime(component: Component, load: ComponentLoad | undefined, singles: SingleNumbers): OwnTime {
  const served = servedIn(component, singles);
  if (!served) return { own: NOTHING, wait: NOTHING, time: ZERO, assumed: false };
  const { own, time, variation, assumed } = served;
  const waited = waitAt(component, load, variation, served.byCpuTime);
  const whole = time && waited.time ? { time: sum([time, waited.time]) } : {};
  const parts = time && waited.time && isSimple(waited.time) ? { parts: { service: time, wait: waited.time } } : {};
  const bound = waited.bound ? { bound: waited.bound } : {};
  return {
    own,
    wait: waited.wait,
    ...whole,
    ...parts,
    ...bound,
    ...(waited.leftOut === undefined ? {} : { leftOut: waited.leftOut }),
    ...(waited.onlyMeans === undefined ? {} : { onlyMeans: waited.onlyMeans }),
    assumed,
  };
}

/**
 * Time at a component that users who think load: those users have the times of the closed system. How these vary, and what others wait
 * among them, is not estimated.
 */
export function closedTime(flow: ElementId, component: ElementId, closed: ReadonlyMap<ElementId, ClosedLoad>): OwnTime | undefined {
  if (closed.size === 0) return undefined;
  const met = [...closed.values()].flatMap((load) => {
    const at = load.times.get(component);
    return at ? [{ ...at, load }] : [];
  });
  const own = met.find(({ load }) => load.flows.some((f) => f.flow === flow));
  if (own)
    return {
      own: own.alone,
      wait: own.wait,
      assumed: false,
      onlyMeans: 'of users who think (think-time) only the mean latency is estimated',
    };
  const other = met.find(({ wait }) => known(wait) !== 0);
  if (!other) return undefined;
  const wait = notEstimated(
    `${component} also serves users who think (${other.load.client}): what others wait among them is not estimated`,
  );
  return { own: other.alone, wait, assumed: false };
}

/** Mean of what a request spends at a component itself when nobody else is there. */
export function ownMean(component: Component): Estimate {
  return servedIn(component, 'exponential')?.own ?? NOTHING;
}

interface Served {
  readonly own: Estimate;
  readonly time?: SimpleTime;
  /** Cs² of the service. */
  readonly variation: number;
  readonly assumed: boolean;
  readonly byCpuTime: boolean;
}

/** What the author says counts before what a technology says; of both, the latency. */
function servedIn(component: Component, singles: SingleNumbers): Served | undefined {
  const latency = property(component.properties, 'latency');
  const cpuTime = property(component.properties, 'cpu-time');
  const saidLatency = latency && latency.origin.kind !== 'technology';
  if (latency && (saidLatency || !cpuTime || cpuTime.origin.kind === 'technology')) return ofLatency(component, latency, singles);
  if (cpuTime) {
    const own = propertyLeaf(`${component.id}.cpu-time`, cpuTime);
    return { own, time: exponential(own.value), variation: 1, assumed: false, byCpuTime: true };
  }
  if (STARTS.includes(component.kind)) return undefined;
  return { own: notEstimated(lacking(component)), variation: 1, assumed: false, byCpuTime: false };
}

function lacking(component: Component): string {
  const computes = ['service', 'worker', 'function', 'gateway', 'loadbalancer'].includes(component.kind);
  return `${component.id} has no latency${computes ? ' and no cpu-time' : ''}`;
}

function ofLatency(component: Component, latency: Property<PropertyValue<'latency'>>, singles: SingleNumbers): Served {
  const { value } = latency;
  const label = `${component.id}.latency`;
  if ('mean' in value) {
    const own = leaf(label, value.mean.value, TIME, latency);
    const time = singles === 'constant' ? constant(own.value) : exponential(own.value);
    return { own, time, variation: 1, assumed: own.value > 0, byCpuTime: false };
  }
  const median = value.p50.value;
  if (value.p99 === undefined) {
    const own: Figure = {
      value: median / Math.LN2,
      dimension: TIME,
      label: `mean of ${label}`,
      formula: 'p50 ÷ ln 2: exponential',
      inputs: [partLeaf(`p50 of ${label}`, latency, value.p50)],
    };
    const time = singles === 'constant' ? constant(median) : exponential(own.value);
    return { own, time, variation: 1, assumed: median > 0, byCpuTime: false };
  }
  const p99 = value.p99.value;
  if (median <= 0 || p99 < median) {
    const own = notEstimated(
      `${label} is p50 ${value.p50.text ?? median}, p99 ${value.p99.text ?? p99}: p50 must be above 0 and p99 no less`,
    );
    return { own, variation: 1, assumed: false, byCpuTime: false };
  }
  const time = logNormal(median, p99);
  const { mean, variance } = boundingMoments(time);
  const own: Estimate = {
    value: mean,
    dimension: TIME,
    label: `mean of ${label}`,
    formula: 'log-normal with these quantiles',
    inputs: [partLeaf(`p50 of ${label}`, latency, value.p50), partLeaf(`p99 of ${label}`, latency, value.p99)],
  };
  return { own, time, variation: variance / mean ** 2, assumed: false, byCpuTime: false };
}

function partLeaf(label: string, latency: Property, part: Quantity): Figure {
  return { ...leaf(label, part.value, TIME, latency), text: part.text ?? latency.text };
}

/** Where instances have queues of their own. */
const ONE: Figure = { value: 1, dimension: COUNT, label: 'instances at the queue' };

const without = (leftOut: string): Waited => ({ wait: notEstimated(leftOut), time: ZERO, leftOut });

function waitAt(component: Component, load: ComponentLoad | undefined, variation: number, byCpuTime: boolean): Waited {
  const { id } = component;
  const theirs = notSized(component);
  if (theirs !== undefined) return without(theirs);
  if (!load) return { wait: notEstimated(`no flow reaches ${id}`) };
  const { perInstance, capacityPerInstance: capacity, utilization } = load;
  if (!isFigure(capacity)) return byCpuTime ? { wait: capacity } : without(capacity.notEstimated);
  if (!isFigure(perInstance)) return { wait: perInstance };
  if (!isFigure(utilization)) return { wait: utilization };
  const each = serversOf(component);
  const bounded = boundedWaitAt(component.id, load, { utilization, capacity, each }, variation);
  if (bounded) return bounded;
  if (utilization.value >= 1) {
    return {
      wait: notEstimated(`${id} is over capacity (${formatRatio(utilization.value)} at peak), so that its queue grows without end`),
    };
  }
  const instances = load.sharedQueue?.instances ?? ONE;
  if (!isFigure(instances)) return { wait: instances };
  const servers = each * instances.value;
  const station = { arrivalRate: utilization.value * capacity.value * instances.value, serviceTime: each / capacity.value, servers };
  const queue = multiServerQueue(station);
  if (isNotEstimated(queue)) return { wait: queue };
  const factor = (1 + variation) / 2;
  const mean = queue.waitProbability === 0 ? 0 : (queue.meanWait * factor) / queue.waitProbability;
  const model = variation === 1 ? 'C(c, a) × S ÷ (c − a)' : 'C(c, a) × S ÷ (c − a) × (1 + Cs²) ÷ 2';
  const wait: Estimate = {
    value: queue.meanWait * factor,
    dimension: TIME,
    label: `mean wait for ${id}`,
    formula: load.sharedQueue
      ? `${model}, with c = instances × ${each}, S = ${each} ÷ capacity, a = c × utilisation: all take from ${load.sharedQueue.queue}`
      : `${model}, with c = ${servers}, S = c ÷ capacity, a = c × utilisation`,
    inputs: load.sharedQueue ? [utilization, capacity, instances] : [utilization, capacity],
  };
  return { wait, time: waiting(queue.waitProbability, mean) };
}

/** Requests that an instance works on at once: its cores where they make up its capacity, else one. */
export function serversOf(component: Component): number {
  const cores = property(component.properties, 'cores')?.value.value;
  const capacity = property(component.properties, 'capacity')?.value;
  const perCore = property(component.properties, 'cpu-time') !== undefined || capacity?.some((entry) => entry.perCore);
  return perCore && cores !== undefined ? Math.max(1, Math.ceil(cores)) : 1;
}

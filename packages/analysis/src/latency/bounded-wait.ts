import {
  COUNT,
  type ComponentLoad,
  type ElementId,
  type Estimate,
  type Figure,
  isFigure,
  notEstimated,
  sameDimension,
  TIME,
} from '@sysd/core';
import { type Estimated, isNotEstimated } from '../queueing/domain.ts';
import { multiServerQueue } from '../queueing/mmc.ts';
import { type BoundedQueueState, boundedQueue } from '../queueing/mmck.ts';
import { boundedWait, type Distribution, waiting } from './distribution/distribution.ts';

/** A queue that refuses what is more than its `max-length`. */
export interface Bound {
  readonly queue: ElementId;
  readonly length: Figure;
  readonly state: BoundedQueueState;
}

/** A wait; without `time` it is not known. */
export interface Waited {
  readonly wait: Estimate;
  readonly time?: Distribution;
  readonly bound?: Bound;
  readonly leftOut?: string;
  /** Why only the mean is known. */
  readonly onlyMeans?: string;
}

interface Loaded {
  readonly utilization: Figure;
  readonly capacity: Figure;
  /** Requests that an instance works on at once. */
  readonly each: number;
}

/** A queue that is full less often than this is as good as one without end. */
const NEVER = 1e-6;

/** The wait where messages wait in a queue with a `max-length`, by M/M/c/K; undefined where they do not, or where its end is never reached. */
export function boundedWaitAt(id: ElementId, load: ComponentLoad, loaded: Loaded, variation: number): Waited | undefined {
  const { sharedQueue: shared, boundedQueues = [] } = load;
  const { utilization, capacity, each } = loaded;
  for (const { queue, maxLength } of boundedQueues) {
    const instances = Math.max(1, load.replicas);
    if (countsMessages(maxLength) && instances * longerThan(maxLength.value / instances, each, loaded) < NEVER) continue;
    return {
      wait: notEstimated(
        `${queue} has a max-length, and ${id} takes not all of its messages or not only those: how long they wait is computed (M/M/c/K) for a queue whose messages all go to one component`,
      ),
    };
  }
  if (!shared?.maxLength || !isFigure(shared.instances)) return undefined;
  const { queue, instances, maxLength } = shared;
  if (!countsMessages(maxLength)) {
    return { wait: notEstimated(`${queue} says its max-length in bytes: how long messages wait in it is computed for one in messages`) };
  }
  const servers = each * instances.value;
  if (variation !== 1) {
    if (longerThan(maxLength.value, servers, loaded) < NEVER) return undefined;
    return {
      wait: notEstimated(
        `${queue} has a max-length, and the latency of ${id} says p50 and p99: what waits before a bounded queue's servers is computed (M/M/c/K) for exponential times`,
      ),
    };
  }
  const station = { arrivalRate: utilization.value * capacity.value * instances.value, serviceTime: each / capacity.value, servers };
  const places = placesOf(maxLength.value, utilization.value, servers);
  const state = boundedQueue(station, servers + places);
  if (isNotEstimated(state)) return { wait: state };
  const time = boundedWaitTime(state.waitProbability, utilization.value, places, station.serviceTime / servers);
  return {
    wait: {
      value: state.meanWait,
      dimension: TIME,
      label: `mean wait for ${id}`,
      formula: `M/M/c/K, of the messages that ${queue} takes: c = instances × ${each}, K = c + max-length, S = ${each} ÷ capacity, a = c × utilisation`,
      inputs: [utilization, capacity, instances, maxLength],
    },
    ...(isNotEstimated(time) ? { onlyMeans: `of the wait in ${queue} only the mean is known: ${time.notEstimated}` } : { time }),
    bound: { queue, length: maxLength, state },
  };
}

/** Places beyond what numbers tell apart change nothing where not all servers are busy. */
function placesOf(length: number, utilization: number, servers: number): number {
  const places = Math.floor(length);
  return utilization < 1 ? Math.min(places, Number.MAX_SAFE_INTEGER - servers) : places;
}

/** Services one after another of which grids tell the quantiles to 0.5 %: of more, they make the sum vary more than it does. */
const MOST_SERVICES = 100;

/**
 * The wait in M/M/c/K of those that are taken: `probability` to wait at all, a/c as `ratio`, `places` to wait, `each` s between two that leave. That of
 * M/M/c where the end is reached less often than once in a million.
 */
export function boundedWaitTime(probability: number, ratio: number, places: number, each: number): Estimated<Distribution> {
  if (ratio < 1 && ratio ** places < NEVER) return waiting(probability, each / (1 - ratio));
  if (probability === 0 || places <= MOST_SERVICES) return boundedWait(probability, ratio, places, each);
  return notEstimated(`quantiles are computed for a max-length of up to ${MOST_SERVICES}, or one that is hardly ever reached`);
}

const countsMessages = ({ dimension }: Figure): boolean => sameDimension(dimension, COUNT);

/** Probability that so many or more wait in M/M/c without an end; 1 at 100 % or more. */
function longerThan(length: number, servers: number, { utilization: { value } }: Loaded): number {
  const queue = multiServerQueue({ arrivalRate: value * servers, serviceTime: 1, servers });
  return isNotEstimated(queue) ? 1 : queue.waitProbability * value ** length;
}

import { COUNT, type Estimate, type Figure, RATE, TIME, type Waiting } from '@sysd/core';
import { compute, product } from '../figure/make.ts';
import { type Bound, boundedWaitTime } from '../latency/bounded-wait.ts';
import { summarize } from '../latency/distribution/quantiles.ts';
import { byLaw } from '../limits/law.ts';
import { type Estimated, isNotEstimated } from '../queueing/domain.ts';
import type { BoundedQueueState } from '../queueing/mmck.ts';
import { meanPosition } from '../queueing/truncated-geometric.ts';

interface BoundedWaiting {
  readonly mean: Estimate;
  readonly arrivals: Estimate;
  readonly servers: Figure;
  readonly utilization: Figure;
  readonly bound: Bound;
}

/** Of a queue with a `max-length`: what is refused, and the waits of the others. */
export function boundedWaiting(id: string, queue: string, { mean, arrivals, servers, utilization, bound }: BoundedWaiting): Waiting {
  const { length: maxLength, state } = bound;
  const byState = (label: string, formula: string, value: number, dimension = COUNT): Estimate =>
    compute(
      label,
      `${formula}, with c = servers, K = c + max-length and a = c × utilisation`,
      [utilization, servers, maxLength],
      dimension,
      () => value,
    );
  const refused = byState(`share of the messages that ${queue} refuses`, 'loss of M/M/c/K', state.lossProbability);
  const quantile = (share: number): Estimate =>
    byLaw(
      `p${share * 100} wait for ${id}`,
      'M/M/c/K: as many services as wait ahead, and one more, at the rate of all servers',
      [mean, utilization, servers, maxLength],
      TIME,
      () => boundedWaitQuantile(state, utilization.value, Math.floor(maxLength.value), share),
    );
  const admitted = compute(
    `messages/s that ${queue} takes`,
    'messages/s × (1 − refused)',
    [arrivals, refused],
    RATE,
    (n, r) => n * (1 - r),
  );
  const length = product(`requests that wait for all instances of ${id}`, "messages/s that are taken × mean wait (Little's law)", [
    mean,
    admitted,
  ]);
  return {
    component: id,
    queue,
    servers,
    utilization,
    maxLength,
    refused,
    probability: byState(`share of the messages that wait for ${id}`, 'M/M/c/K, of those that are taken', state.waitProbability),
    mean,
    meanOfWaiting: byState(`mean wait of those that wait for ${id}`, 'M/M/c/K', state.meanOfWaiting, TIME),
    p95: quantile(0.95),
    p99: quantile(0.99),
    length,
    inSystem: compute(
      `requests at all instances of ${id}`,
      'those that wait + servers × utilisation × (1 − refused)',
      [length, servers, utilization, refused],
      COUNT,
      (q, c, u, r) => q + c * u * (1 - r),
    ),
  };
}

/** Figures beyond this many digits would say more than is known: they are read off a grid, to about 0.1 %. */
const DIGITS = 4;

/** Of the wait of those that are taken; 0 where fewer than 1 − q wait. */
function boundedWaitQuantile(
  { waitProbability: waits, meanOfWaiting }: BoundedQueueState,
  ratio: number,
  places: number,
  q: number,
): Estimated<number> {
  if (waits <= 1 - q) return 0;
  const each = meanOfWaiting / (meanPosition(ratio, places) + 1);
  const wait = boundedWaitTime(1, ratio, places, each);
  if (isNotEstimated(wait)) return wait;
  const [time = 0] = summarize(wait, [1 - (1 - q) / waits]).quantiles;
  return Number(time.toPrecision(DIGITS));
}

import {
  COUNT,
  type Component,
  type ComponentLoad,
  type Design,
  type Estimate,
  type Figure,
  isFigure,
  TIME,
  type Traffic,
  type Waiting,
} from '@sysd/core';
import { loadedByUsers } from '../closed/loaded.ts';
import { compute, leaf, product } from '../figure/make.ts';
import { ownTime, serversOf } from '../latency/own-time.ts';
import { byLaw } from '../limits/law.ts';
import { isNotEstimated } from '../queueing/domain.ts';
import { multiServerQueue } from '../queueing/mmc.ts';
import { boundedWaiting } from './bounded.ts';

/**
 * The queue at the busiest instance of each component at peak, or the one that all its instances share, in text order: the same M/M/c (or
 * Allen–Cunneen, or for a queue with a `max-length` M/M/c/K) queue that latencies count. What has
 * no utilisation or no queue of its own (clients, what is managed) is left out, and so is what
 * users who think load, who make no stream of arrivals; what is full has no wait to estimate, and says so.
 */
export function waitingOf(design: Design, traffic: Traffic): readonly Waiting[] {
  const closed = loadedByUsers(traffic);
  return [...design.components.values()].flatMap((component) => {
    if (closed.has(component.id)) return [];
    const load = traffic.components.get(component.id);
    return load ? waitingAt(component, load) : [];
  });
}

function waitingAt(component: Component, load: ComponentLoad): Waiting[] {
  const { id } = component;
  const { utilization, capacityPerInstance: capacity, perInstance } = load;
  const { wait: mean, leftOut, bound } = ownTime(component, load, 'exponential');
  if (leftOut !== undefined || !isFigure(utilization) || !isFigure(capacity)) return [];
  const each = leaf(`requests that an instance of ${id} works on at once`, serversOf(component), COUNT);
  const shared = load.sharedQueue;
  const all = shared ? product(`messages that all instances of ${id} work on at once`, 'instances × each', [shared.instances, each]) : each;
  if (!isFigure(all)) return [];
  const servers: Figure = all;
  const instance = shared ? `all instances of ${id}` : `an instance of ${id}`;
  const arrivals = shared ? load.total.peak : perInstance;
  if (bound && shared) return [boundedWaiting(id, shared.queue, { mean, arrivals, servers, utilization, bound })];
  const known = (estimate: Estimate): Estimate => (isFigure(mean) ? estimate : mean);
  const probability = known(waitProbability(id, utilization, capacity, each, servers));
  // Where nobody waits, the wait of those that do has no value to divide out.
  const meanOfWaiting = compute(
    `mean wait of those that wait for ${id}`,
    'mean wait ÷ share that waits',
    [mean, probability],
    TIME,
    (w, p) => (p > 0 ? w / p : 0),
  );
  const quantile = (share: number): Estimate =>
    compute(
      `p${share * 100} wait for ${id}`,
      `mean of those that wait × ln(share that waits ÷ ${100 - share * 100} %), no less than 0`,
      [meanOfWaiting, probability],
      TIME,
      (w, p) => (p > 1 - share ? w * (Math.log(p) - Math.log1p(-share)) : 0),
    );
  const length = product(`requests that wait for ${instance}`, "requests/s × mean wait (Little's law)", [mean, arrivals]);
  const inSystem = compute(
    `requests at ${instance}`,
    'those that wait + servers × utilisation',
    [length, servers, utilization],
    COUNT,
    (q, c, u) => q + c * u,
  );
  return [
    {
      component: id,
      ...(shared ? { queue: shared.queue } : {}),
      servers,
      utilization,
      probability,
      mean,
      meanOfWaiting,
      p95: quantile(0.95),
      p99: quantile(0.99),
      length,
      inSystem,
    },
  ];
}

function waitProbability(id: string, utilization: Figure, capacity: Figure, each: Figure, servers: Figure): Estimate {
  return byLaw(
    `share of the requests that wait for ${id}`,
    "Erlang's C(c, a), with c = servers and a = c × utilisation",
    each === servers ? [utilization, capacity, servers] : [utilization, capacity, servers, each],
    COUNT,
    (u, rate, c, one = c) => {
      const serviceTime = one / rate;
      const queue = multiServerQueue({ arrivalRate: u * rate * (c / one), serviceTime, servers: c });
      return isNotEstimated(queue) ? queue : queue.waitProbability;
    },
  );
}

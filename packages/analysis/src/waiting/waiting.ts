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

/**
 * The queue at the busiest instance of each component at peak, in text order: the same M/M/c (or Allen–Cunneen) queue that latencies count. What has
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
  const { wait: mean, leftOut } = ownTime(component, load, 'exponential');
  if (leftOut !== undefined || !isFigure(utilization) || !isFigure(capacity)) return [];
  const servers = leaf(`requests that an instance of ${id} works on at once`, serversOf(component), COUNT);
  const known = (estimate: Estimate): Estimate => (isFigure(mean) ? estimate : mean);
  const probability = known(waitProbability(id, utilization, capacity, servers));
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
  const length = product(`requests that wait for an instance of ${id}`, "requests/s × mean wait (Little's law)", [mean, perInstance]);
  const inSystem = compute(
    `requests at an instance of ${id}`,
    'those that wait + servers × utilisation',
    [length, servers, utilization],
    COUNT,
    (q, c, u) => q + c * u,
  );
  return [
    { component: id, servers, utilization, probability, mean, meanOfWaiting, p95: quantile(0.95), p99: quantile(0.99), length, inSystem },
  ];
}

function waitProbability(id: string, utilization: Figure, capacity: Figure, servers: Figure): Estimate {
  return byLaw(
    `share of the requests that wait for ${id}`,
    "Erlang's C(c, a), with c = servers and a = c × utilisation",
    [utilization, capacity, servers],
    COUNT,
    (u, rate, c) => {
      const queue = multiServerQueue({ arrivalRate: u * rate, serviceTime: c / rate, servers: c });
      return isNotEstimated(queue) ? queue : queue.waitProbability;
    },
  );
}

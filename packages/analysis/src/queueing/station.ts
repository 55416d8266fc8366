import { type NotEstimated, notEstimated } from '@sysd/core';
import { firstProblem, MAX_STEPS, nonNegative, positive, whole } from './domain.ts';

/** A queue in front of equal servers. */
export interface Station {
  /** Arrivals λ, 1/s, at least 0. */
  readonly arrivalRate: number;
  /** Mean service time S = 1/μ of one request, s, above 0. */
  readonly serviceTime: number;
  /** Servers c: a whole number from 1 to 10^7. */
  readonly servers: number;
}

/** Why the inputs are outside the domain, or undefined. */
export function stationProblem({ arrivalRate, serviceTime, servers }: Station): NotEstimated | undefined {
  return (
    firstProblem([
      nonNegative('the arrival rate', arrivalRate),
      positive('the service time', serviceTime),
      whole('the number of servers', servers, 1, MAX_STEPS),
    ]) ?? firstProblem([nonNegative('the offered load (arrival rate × service time)', arrivalRate * serviceTime)])
  );
}

/** Why there is no steady state: work arrives as fast as it can be served, or faster. */
export function saturation(offeredLoad: number, servers: number): NotEstimated | undefined {
  if (offeredLoad < servers) return undefined;
  const utilization = Number(((offeredLoad / servers) * 100).toPrecision(4));
  const enough = Math.floor(offeredLoad) + 1;
  return notEstimated(
    `utilisation is ${utilization} %: the queue grows without end, since work for ${Number(offeredLoad.toPrecision(6))} servers arrives at ${servers}; ` +
      `from ${enough} servers on the wait is finite`,
  );
}

import { type Estimated, finite, firstProblem, MAX_STEPS, whole } from './domain.ts';
import { type Station, stationProblem } from './station.ts';

/** Steady state of a queue that turns requests away when it is full. Times in s are those of the admitted requests. */
export interface BoundedQueueState {
  /** Share of the servers that is busy in the mean: X·S/c. */
  readonly utilization: number;
  readonly lossProbability: number;
  /** Admitted requests/s, X = λ·(1 − loss). */
  readonly throughput: number;
  readonly meanWait: number;
  readonly meanTime: number;
  readonly meanWaiting: number;
  readonly meanInSystem: number;
}

/**
 * M/M/c/K: Poisson arrivals, exponential service, `places` K ≥ c requests in the system at most (waiting or served); more are lost.
 * Stable at any load.
 *
 * Recursion over the places, which neither overflows nor cancels: p(0) = 1, p(n) = a·p(n−1) / (min(n, c) + a·p(n−1)) is the loss of a
 * system with n places, and adding a place mixes means: Lq(n) = (1 − p(n))·Lq(n−1) + p(n)·max(0, n − c).
 * Source: Gross & Harris, Fundamentals of Queueing Theory, section 2.4 (truncated birth–death process).
 */
export function boundedQueue(station: Station, places: number): Estimated<BoundedQueueState> {
  const { arrivalRate, serviceTime, servers } = station;
  const problem = stationProblem(station) ?? firstProblem([whole('the number of places', places, servers, MAX_STEPS)]);
  if (problem) return problem;
  const offered = arrivalRate * serviceTime;
  let full = 1;
  let admitted = 0;
  let meanWaiting = 0;
  for (let n = 1; n <= places; n++) {
    const carried = offered * full;
    const busiest = Math.min(n, servers);
    full = carried / (busiest + carried);
    // 1 − p(n), which 1 − full would cancel where nearly everything is lost.
    admitted = busiest / (busiest + carried);
    if (n > servers) meanWaiting = admitted * meanWaiting + full * (n - servers);
  }
  const throughput = arrivalRate * admitted;
  const busy = offered * admitted;
  const meanWait = meanWaiting === 0 ? 0 : (meanWaiting / busy) * serviceTime;
  return finite('the state of the queue', {
    utilization: Math.min(1, busy / servers),
    lossProbability: full,
    throughput,
    meanWait,
    meanTime: serviceTime + meanWait,
    meanWaiting,
    meanInSystem: busy + meanWaiting,
  });
}

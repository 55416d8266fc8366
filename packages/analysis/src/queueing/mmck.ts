import { type Estimated, finite, firstProblem, whole } from './domain.ts';
import { blocking } from './erlang-b.ts';
import { type Station, stationProblem } from './station.ts';
import { geometricSum, meanPosition } from './truncated-geometric.ts';

/** Steady state of a queue that turns requests away when it is full. Times in s are those of the admitted requests. */
export interface BoundedQueueState {
  /** Share of the servers that is busy in the mean: X·S/c. */
  readonly utilization: number;
  readonly lossProbability: number;
  /** Share of the admitted requests that wait. */
  readonly waitProbability: number;
  /** Admitted requests/s, X = λ·(1 − loss). */
  readonly throughput: number;
  readonly meanWait: number;
  /** Of those that wait; 0 where there is no place to. */
  readonly meanOfWaiting: number;
  readonly meanTime: number;
  readonly meanWaiting: number;
  readonly meanInSystem: number;
}

/**
 * M/M/c/K: Poisson arrivals, exponential service, `places` K ≥ c requests in the system at most (waiting or served); more are lost.
 * Stable at any load. O(c), however many places.
 *
 * p(c + j) = p(c)·r^j with r = a/c, and the states below c weigh 1/B(c) − 1 = c/(a·B(c − 1)) times p(c), with Erlang's B. An arrival finds the system in
 * these states (PASTA); of the admitted those wait that find c or more, each for one service of all servers, S/c, more than wait already. Weights are
 * those of the largest state, so that nothing overflows, and shares are quotients of sums of positive numbers, so that nothing cancels.
 * Source: Gross & Harris, Fundamentals of Queueing Theory, section 2.4 (truncated birth–death process).
 */
export function boundedQueue(station: Station, places: number): Estimated<BoundedQueueState> {
  const { arrivalRate, serviceTime, servers } = station;
  const problem = stationProblem(station) ?? firstProblem([whole('the number of places', places, servers)]);
  if (problem) return problem;
  const offered = arrivalRate * serviceTime;
  const ratio = offered / servers;
  const waiting = places - servers;
  const below = servers / (offered * blocking(offered, servers - 1));
  // Of r > 1 the full system weighs most, and all weights are divided by r^waiting.
  const low = ratio > 1 ? 1 / ratio : ratio;
  const far = low ** waiting;
  const [idle, wait, full] = ratio > 1 ? [below * far, low * geometricSum(low, waiting), 1] : [below, geometricSum(low, waiting), far];
  const admitted = idle + wait;
  const waitProbability = Number.isFinite(admitted) ? wait / admitted : 0;
  const taken = Number.isFinite(admitted) ? admitted / (admitted + full) : 1;
  const meanOfWaiting = waiting === 0 ? 0 : ((meanPosition(ratio, waiting) + 1) * serviceTime) / servers;
  const throughput = arrivalRate * taken;
  const busy = offered * taken;
  const meanWait = waitProbability * meanOfWaiting;
  const meanWaiting = throughput * meanWait;
  return finite('the state of the queue', {
    utilization: Math.min(1, busy / servers),
    lossProbability: full / (admitted + full),
    waitProbability,
    throughput,
    meanWait,
    meanOfWaiting,
    meanTime: serviceTime + meanWait,
    meanWaiting,
    meanInSystem: busy + meanWaiting,
  });
}

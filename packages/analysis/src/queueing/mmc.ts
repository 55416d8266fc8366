import { type Estimated, finite } from './domain.ts';
import { delayProbability } from './erlang-c.ts';
import { type Station, saturation, stationProblem } from './station.ts';

/** Steady state of a queue without losses. Times in s, numbers of requests in the mean. */
export interface QueueState {
  /** ρ = λ·S/c, below 1. */
  readonly utilization: number;
  /** Probability that a request waits. */
  readonly waitProbability: number;
  readonly meanWait: number;
  /** Waiting and service. */
  readonly meanTime: number;
  readonly meanWaiting: number;
  readonly meanInSystem: number;
}

/**
 * M/M/c: Poisson arrivals, exponential service, one queue (M/M/1 with one server).
 * Wait W = C(a, c)·S/(c − a), time S + W, numbers by Little's law. Not estimated at a utilisation of 100 % or more.
 * Source: Kleinrock, Queueing Systems I, section 3.5.
 */
export function multiServerQueue(station: Station): Estimated<QueueState> {
  const { arrivalRate, serviceTime, servers } = station;
  const offered = arrivalRate * serviceTime;
  const problem = stationProblem(station) ?? saturation(offered, servers);
  if (problem) return problem;
  const waitProbability = delayProbability(offered, servers);
  const meanWait = (waitProbability * serviceTime) / (servers - offered);
  const meanWaiting = (waitProbability * offered) / (servers - offered);
  return finite('the wait', {
    utilization: offered / servers,
    waitProbability,
    meanWait,
    meanTime: serviceTime + meanWait,
    meanWaiting,
    meanInSystem: offered + meanWaiting,
  });
}

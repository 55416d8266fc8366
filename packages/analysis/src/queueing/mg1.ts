import { notEstimated } from '@sysd/core';
import { type Estimated, finite, firstProblem, nonNegative } from './domain.ts';
import type { QueueState } from './mmc.ts';
import { saturation, stationProblem } from './station.ts';

/** One server with any distribution of service times. */
export interface SingleServer {
  /** Arrivals λ, 1/s, at least 0. */
  readonly arrivalRate: number;
  /** E[S], s, above 0. */
  readonly serviceTime: number;
  /** E[S²], s², at least E[S]²: E[S]² for a constant service, 2·E[S]² for an exponential one. */
  readonly secondMoment: number;
}

/**
 * M/G/1 by Pollaczek–Khinchine: W = λ·E[S²] / (2·(1 − ρ)), time E[S] + W, numbers by Little's law. The probability of waiting is ρ.
 * Source: Kleinrock, Queueing Systems I, section 5.6.
 */
export function generalServiceQueue({ arrivalRate, serviceTime, secondMoment }: SingleServer): Estimated<QueueState> {
  const offered = arrivalRate * serviceTime;
  const problem =
    stationProblem({ arrivalRate, serviceTime, servers: 1 }) ??
    firstProblem([nonNegative('the second moment of the service time', secondMoment)]) ??
    saturation(offered, 1);
  if (problem) return problem;
  // Rounding may put E[S²] of a constant service a last digit below E[S]².
  if (secondMoment < serviceTime * serviceTime * (1 - 1e-12)) {
    return notEstimated(
      `the second moment of the service time is ${secondMoment}: it cannot be below the square of the mean (${serviceTime * serviceTime}), ` +
        'where the service takes always the same time',
    );
  }
  const meanWait = (arrivalRate * secondMoment) / (2 * (1 - offered));
  const meanWaiting = arrivalRate * meanWait;
  return finite('the wait', {
    utilization: offered,
    waitProbability: offered,
    meanWait,
    meanTime: serviceTime + meanWait,
    meanWaiting,
    meanInSystem: offered + meanWaiting,
  });
}

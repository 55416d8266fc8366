import { type Estimated, finite, firstProblem, isNotEstimated, nonNegative } from './domain.ts';
import { multiServerQueue } from './mmc.ts';
import type { Station } from './station.ts';

/** A station with squared coefficients of variation (variance ÷ mean²): 0 constant, 1 exponential, above 1 bursty. */
export interface GeneralStation extends Station {
  /** Ca², of the times between arrivals. */
  readonly arrivalVariation: number;
  /** Cs², of the service times. */
  readonly serviceVariation: number;
}

/** Means of an approximated queue; the probability of waiting is not among them, the approximation says nothing about it. */
export interface ApproximateQueueState {
  readonly utilization: number;
  readonly meanWait: number;
  readonly meanTime: number;
  readonly meanWaiting: number;
  readonly meanInSystem: number;
}

/**
 * G/G/c by the Allen–Cunneen approximation: W ≈ W of M/M/c · (Ca² + Cs²)/2. Exact for M/M/c and M/G/1.
 * Source: A. O. Allen, Probability, Statistics, and Queueing Theory, 2nd ed., section 5.3.4.
 */
export function generalQueue(station: GeneralStation): Estimated<ApproximateQueueState> {
  const { arrivalRate, serviceTime, arrivalVariation, serviceVariation } = station;
  const problem = firstProblem([
    nonNegative('the variation of the arrivals (Ca²)', arrivalVariation),
    nonNegative('the variation of the service (Cs²)', serviceVariation),
  ]);
  if (problem) return problem;
  const markov = multiServerQueue(station);
  if (isNotEstimated(markov)) return markov;
  const meanWait = markov.meanWait * ((arrivalVariation + serviceVariation) / 2);
  const meanWaiting = arrivalRate * meanWait;
  return finite('the wait', {
    utilization: markov.utilization,
    meanWait,
    meanTime: serviceTime + meanWait,
    meanWaiting,
    meanInSystem: arrivalRate * serviceTime + meanWaiting,
  });
}

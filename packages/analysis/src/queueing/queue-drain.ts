import { notEstimated } from '@sysd/core';
import { type Estimated, finite, firstProblem, nonNegative } from './domain.ts';

export interface Outage {
  /** Requests/s that go on arriving. */
  readonly arrivalRate: number;
  /** Requests/s that are worked off once it is over. */
  readonly capacity: number;
  /** Length of the outage, s. */
  readonly duration: number;
}

export interface Drain {
  /** Requests waiting when the outage ends: λ·T. */
  readonly backlog: number;
  /** Seconds from then until the queue is empty: λ·T/(C − λ). */
  readonly time: number;
}

/**
 * Backlog after an outage and the time to work it off, as a fluid: arrivals go on meanwhile, so only C − λ drains.
 * Source: Newell, Applications of Queueing Theory, chapter 2 (fluid approximation).
 */
export function queueDrain({ arrivalRate, capacity, duration }: Outage): Estimated<Drain> {
  const problem = firstProblem([
    nonNegative('the arrival rate', arrivalRate),
    nonNegative('the capacity', capacity),
    nonNegative('the duration of the outage', duration),
  ]);
  if (problem) return problem;
  const backlog = arrivalRate * duration;
  if (backlog === 0) return { backlog: 0, time: 0 };
  if (capacity <= arrivalRate) {
    return notEstimated(
      `the queue never drains: ${arrivalRate}/s arrive and ${capacity}/s are worked off; it needs more than ${arrivalRate}/s`,
    );
  }
  return finite('the time to drain', { backlog, time: (arrivalRate / (capacity - arrivalRate)) * duration });
}

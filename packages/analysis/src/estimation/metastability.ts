import { type Estimated, finite, firstProblem, nonNegative, positive } from '../queueing/domain.ts';

export interface RetryingService {
  /** Requests/s that it can serve, above 0. */
  readonly capacity: number;
  /** First tries/s. */
  readonly load: number;
  /** Attempts per request when all fail (retries + 1), at least 1. */
  readonly attempts: number;
}

export interface Metastability {
  /**
   * `stable`: even with every request retried it copes. `vulnerable`: it runs, but a trigger that makes requests fail for a moment leaves
   * it metastable: overloaded by retries after the trigger is gone. `overloaded`: the load alone exceeds the capacity.
   */
  readonly state: 'stable' | 'vulnerable' | 'overloaded';
  /** Requests/s with all retries: where it sticks after a trigger. */
  readonly stuckLoad: number;
  /** Hidden capacity C/attempts, requests/s: vulnerable above it, and to recover the load must fall to it. */
  readonly vulnerableAbove: number;
}

/**
 * Where a service with retries stands: vulnerable if load < capacity < load·attempts.
 * Source: Bronson et al., Metastable Failures in Distributed Systems, HotOS 2021 (300/s, retried once: vulnerable above 150/s).
 */
export function metastability({ capacity, load, attempts }: RetryingService): Estimated<Metastability> {
  const problem = firstProblem([
    positive('the capacity', capacity),
    nonNegative('the load', load),
    Number.isFinite(attempts) && attempts >= 1 ? undefined : `the number of attempts is ${attempts}: it must be finite and 1 or more`,
  ]);
  if (problem) return problem;
  const stuckLoad = load * attempts;
  const state = load >= capacity ? 'overloaded' : stuckLoad > capacity ? 'vulnerable' : 'stable';
  return finite<Metastability>('the load with all retries', { state, stuckLoad, vulnerableAbove: capacity / attempts });
}

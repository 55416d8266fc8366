import { type Estimated, finite, firstProblem, nonNegative, share, whole } from '../queueing/domain.ts';

/**
 * Calls to the lowest layer for one request when every layer retries on its own and everything fails: Π attempts. `attempts` are first
 * tries and retries of each layer, whole numbers from 1 (3 retries are 4 attempts).
 * Source: Google SRE Book, chapter 22 (three layers of 4 attempts: 64); Brooker, Timeouts, retries and backoff with jitter (3^5 = 243).
 */
export function layeredAttempts(attempts: readonly number[]): Estimated<number> {
  const problem = firstProblem(attempts.map((n, i) => whole(`the number of attempts of layer ${i + 1}`, n, 1)));
  return (
    problem ??
    finite(
      'the number of calls',
      attempts.reduce((a, b) => a * b, 1),
    )
  );
}

/**
 * Attempts per request in the mean when each fails with probability p, independently, and is retried at most r times:
 * Σ p^k for k = 0 … r = (1 − p^(r+1)) / (1 − p), which is r + 1 at p = 1. `retries` at least 0.
 */
export function meanAttempts(failureProbability: number, retries: number): Estimated<number> {
  const problem = firstProblem([share('the failure probability', failureProbability), nonNegative('the number of retries', retries)]);
  return problem ?? attempts(failureProbability, retries);
}

/** The same for inputs in the domain. */
export function attempts(p: number, retries: number): number {
  if (p === 1) return retries + 1;
  return p === 0 ? 1 : -Math.expm1((retries + 1) * Math.log(p)) / (1 - p);
}

/** What bounds the retries of a call. */
export interface RetryBounds {
  /** Retries of a failed call at most, at least 0. */
  readonly retries: number;
  /** Retries allowed as a share of calls. */
  readonly budget?: number;
  /** A circuit breaker opens when calls fail, so that nothing is retried for long. */
  readonly breaker?: boolean;
}

/** Attempts per call in the mean where a share p of the attempts fails: Σ p^k, no more than 1 + budget, 1 behind a circuit breaker. */
export function boundedAttempts(p: number, { retries, budget, breaker }: RetryBounds): number {
  if (breaker) return 1;
  const all = attempts(p, retries);
  return budget === undefined ? all : Math.min(all, 1 + budget);
}

import { type Estimated, firstProblem, nonNegative, positive, share } from '../queueing/domain.ts';

/**
 * Probability that a request that waits for all of `leaves` independent calls is slow: 1 − (1 − p)^n. `slowShare` p of a leaf's calls are
 * slow, 0 to 1; n ≥ 0. Exact for tiny p. Source: Dean & Barroso, The Tail at Scale, Communications of the ACM 56(2), 2013.
 */
export function slowFanOut(slowShare: number, leaves: number): Estimated<number> {
  const problem = firstProblem([share('the share of slow calls', slowShare), nonNegative('the number of leaves', leaves)]);
  if (problem) return problem;
  // At p = 1 and n = 0 the product is 0 × ∞.
  return leaves === 0 ? 0 : -Math.expm1(leaves * Math.log1p(-slowShare));
}

/**
 * The inverse: the quantile of a leaf that decides about the given quantile of the whole fan-out, q^(1/n). A p99 over 100 leaves is the
 * leaves' p99.99. `quantile` in [0, 1], n above 0. Source: as above.
 */
export function leafQuantile(quantile: number, leaves: number): Estimated<number> {
  const problem = firstProblem([share('the quantile', quantile), positive('the number of leaves', leaves)]);
  return problem ?? Math.exp(Math.log(quantile) / leaves);
}

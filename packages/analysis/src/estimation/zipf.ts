import { type Estimated, firstProblem, nonNegative, whole } from '../queueing/domain.ts';
import { powerSum } from './power-sum.ts';

/** Popularity of keys: the k-th most popular one is asked for in proportion to k^−s. */
export interface Zipf {
  /** Keys in all, a whole number from 1. */
  readonly keys: number;
  /** s at least 0: 0 all equal, about 1 for web pages and names. */
  readonly exponent: number;
}

/** Why the inputs are outside the domain, or undefined. */
export function zipfProblem({ keys, exponent }: Zipf) {
  return firstProblem([whole('the number of keys', keys, 1), nonNegative('the exponent', exponent)]);
}

/** Share of the requests that ask for the most popular key: 1 / Σ k^−s. Source: Breslau et al., Web Caching and Zipf-like Distributions, INFOCOM 1999. */
export function hottestKeyShare(zipf: Zipf): Estimated<number> {
  return zipfProblem(zipf) ?? 1 / powerSum(1, zipf.keys, zipf.exponent);
}

/**
 * Expected share of the shard that holds the most popular key, keys being placed by a hash: it gets that key's share p and of the rest as
 * much as any, p + (1 − p)/shards. 1/shards where all are equal and many.
 */
export function hottestShardShare(zipf: Zipf, shards: number): Estimated<number> {
  const problem = zipfProblem(zipf) ?? firstProblem([whole('the number of shards', shards, 1)]);
  if (problem) return problem;
  const hottest = 1 / powerSum(1, zipf.keys, zipf.exponent);
  return hottest + (1 - hottest) / shards;
}

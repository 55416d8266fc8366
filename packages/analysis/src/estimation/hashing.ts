import { type Estimated, finite, firstProblem, positive, whole } from '../queueing/domain.ts';

/**
 * Share of keys that move when a ring of consistent hashing grows from `from` to `to` nodes (or shrinks): |to − from| / max(from, to), as
 * an expectation over the hashes. Whole numbers from 1. Source: Karger et al., Consistent Hashing and Random Trees, STOC 1997.
 */
export function ringMovedKeys(from: number, to: number): Estimated<number> {
  return nodesProblem(from, to) ?? Math.abs(to - from) / Math.max(from, to);
}

/**
 * Share of keys that move when `hash mod n` changes from `from` to `to` nodes: a key stays where hash mod from = hash mod to, which
 * are min(from, to) of every lcm(from, to) hashes, so 1 − gcd/max.
 */
export function moduloMovedKeys(from: number, to: number): Estimated<number> {
  return nodesProblem(from, to) ?? 1 - greatestCommonDivisor(from, to) / Math.max(from, to);
}

/**
 * Load of the busiest node over the mean on a ring, approximately 1 + √(2·ln n / v), with `virtualNodes` v points per node (the standard
 * deviation of a node's share is 1/√v of the mean; √(2·ln n) is the expected greatest of n normal deviations). Rough below some 30 points.
 */
export function ringImbalance(nodes: number, virtualNodes: number): Estimated<number> {
  const problem = firstProblem([whole('the number of nodes', nodes, 1), positive('the number of virtual nodes', virtualNodes)]);
  return problem ?? finite('the imbalance', 1 + Math.sqrt((2 * Math.log(nodes)) / virtualNodes));
}

function nodesProblem(from: number, to: number) {
  return firstProblem([whole('the number of nodes before', from, 1), whole('the number of nodes after', to, 1)]);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

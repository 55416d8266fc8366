import { type Estimated, finite, firstProblem, nonNegative } from './domain.ts';

/**
 * Little's law, N = X·R: requests in a system (connections in use, threads busy) in the mean, whatever the distributions.
 * `throughput` in 1/s, `timeInSystem` in s, both at least 0.
 * Source: J. D. C. Little, A Proof for the Queuing Formula L = λW, Operations Research 9(3), 1961.
 */
export function littlesLaw(throughput: number, timeInSystem: number): Estimated<number> {
  const problem = firstProblem([nonNegative('the throughput', throughput), nonNegative('the time in the system', timeInSystem)]);
  return problem ?? finite('the number in the system', throughput * timeInSystem);
}

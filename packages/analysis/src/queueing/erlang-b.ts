import { type Estimated, firstProblem, MAX_STEPS, nonNegative, whole } from './domain.ts';

/**
 * Erlang B: probability that a request finds all servers busy and is lost (M/G/c/c). `offeredLoad` a = λ·S in erlangs, at least 0;
 * `servers` a whole number from 0 to 10^7.
 *
 * B(0) = 1, B(n) = a·B(n−1) / (n + a·B(n−1)): only sums and products of positive numbers, so nothing cancels and nothing overflows.
 * Probabilities below 10^−308 come out as 0. Source: A. K. Erlang 1917; recursion: Jagerman, Bell System Technical Journal 53(3), 1974.
 */
export function erlangB(offeredLoad: number, servers: number): Estimated<number> {
  const problem = firstProblem([nonNegative('the offered load', offeredLoad), whole('the number of servers', servers, 0, MAX_STEPS)]);
  return problem ?? blocking(offeredLoad, servers);
}

/** B(a, c) for inputs in the domain. */
export function blocking(offeredLoad: number, servers: number): number {
  let blocked = 1;
  for (let n = 1; n <= servers && blocked > 0; n++) {
    const carried = offeredLoad * blocked;
    blocked = carried / (n + carried);
  }
  return blocked;
}

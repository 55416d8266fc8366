import { type Estimated, firstProblem, MAX_STEPS, nonNegative, whole } from './domain.ts';
import { blocking } from './erlang-b.ts';
import { saturation } from './station.ts';

/**
 * Erlang C: probability that a request has to wait in M/M/c. `offeredLoad` a = λ·S in erlangs, 0 ≤ a < c; `servers` c a whole number
 * from 1 to 10^7.
 *
 * C = B / ((1 − ρ) + ρ·B) with Erlang's B and ρ = a/c: no cancellation near saturation.
 * Source: A. K. Erlang 1917; Cooper, Introduction to Queueing Theory, 2nd ed., section 3.4.
 */
export function erlangC(offeredLoad: number, servers: number): Estimated<number> {
  const problem = firstProblem([nonNegative('the offered load', offeredLoad), whole('the number of servers', servers, 1, MAX_STEPS)]);
  return problem ?? saturation(offeredLoad, servers) ?? delayProbability(offeredLoad, servers);
}

/** C(a, c) for inputs in the domain. */
export function delayProbability(offeredLoad: number, servers: number): number {
  const blocked = blocking(offeredLoad, servers);
  return blocked / ((servers - offeredLoad) / servers + (offeredLoad / servers) * blocked);
}

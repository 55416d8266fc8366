import type { Estimated } from './domain.ts';
import { delayProbability } from './erlang-c.ts';
import { type Station, saturation, stationProblem } from './station.ts';

/**
 * Probability that an M/M/c queue is empty: p0 = C(a, c)·(1 − ρ)·c!/a^c, in logarithms. Below 10^−308 it comes out as 0.
 * Source: Kleinrock, Queueing Systems I, equation 3.39.
 */
export function emptyProbability(station: Station): Estimated<number> {
  const { arrivalRate, serviceTime, servers } = station;
  const offered = arrivalRate * serviceTime;
  const problem = stationProblem(station) ?? saturation(offered, servers);
  if (problem) return problem;
  const waits = delayProbability(offered, servers);
  // A wait probability too small for a number: the states beyond c weigh nothing and the queue is Poisson, M/M/∞.
  if (waits < 1e-290) return Math.exp(-offered);
  let logWeight = 0;
  for (let n = 1; n <= servers; n++) logWeight += Math.log(offered / n);
  return Math.exp(Math.log(waits) + Math.log((servers - offered) / servers) - logWeight);
}

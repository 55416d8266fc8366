import { type Estimated, finite, firstProblem, shareBelowOne } from './domain.ts';
import { delayProbability } from './erlang-c.ts';
import { type Station, saturation, stationProblem } from './station.ts';

/**
 * Quantile of the wait in M/M/c, first come first served, in s: P(W > t) = C·e^(−(c − a)·t/S), so t = max(0, S/(c − a)·ln(C/(1 − q))).
 * `quantile` q in [0, 1): 0.99 for p99. Zero where fewer than 1 − q wait at all. Source: Cooper, section 3.4.
 */
export function waitQuantile(station: Station, quantile: number): Estimated<number> {
  const { arrivalRate, serviceTime, servers } = station;
  const offered = arrivalRate * serviceTime;
  const problem = stationProblem(station) ?? firstProblem([shareBelowOne('the quantile', quantile)]) ?? saturation(offered, servers);
  if (problem) return problem;
  const waits = delayProbability(offered, servers);
  if (waits <= 1 - quantile) return 0;
  return finite('the quantile of the wait', ((Math.log(waits) - Math.log1p(-quantile)) * serviceTime) / (servers - offered));
}

import { type Estimated, firstProblem, nonNegative } from './domain.ts';
import { delayProbability } from './erlang-c.ts';
import { type Station, saturation, stationProblem } from './station.ts';

/**
 * Share of the requests to M/M/c, first come first served, that wait `time` seconds or less ("service level"): 1 − C·e^(−(c − a)·t/S).
 * Source: Cooper, section 3.4.
 */
export function waitsWithin(station: Station, time: number): Estimated<number> {
  const { arrivalRate, serviceTime, servers } = station;
  const offered = arrivalRate * serviceTime;
  const problem = stationProblem(station) ?? firstProblem([nonNegative('the time', time)]) ?? saturation(offered, servers);
  return problem ?? 1 - delayProbability(offered, servers) * Math.exp(-(servers - offered) * (time / serviceTime));
}

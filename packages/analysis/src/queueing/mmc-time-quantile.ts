import { type Estimated, finite, firstProblem, shareBelowOne } from './domain.ts';
import { delayProbability } from './erlang-c.ts';
import { type Station, saturation, stationProblem } from './station.ts';

/**
 * Quantile of the time in M/M/c (wait and service), first come first served, in s. `quantile` in [0, 1): 0.99 for p99.
 *
 * In service times: the service is Exp(1), the wait is Exp(δ) with probability C, where δ = c − a, and they are independent, so
 * P(T > t) = e^−t + C·(e^−t − e^−δt)/(δ − 1). Inverted by bisection to the last digit of a number. One server: −ln(1 − q)·S/(1 − ρ).
 * Source: Gross & Harris, Fundamentals of Queueing Theory, section 2.3.
 */
export function timeQuantile(station: Station, quantile: number): Estimated<number> {
  const { arrivalRate, serviceTime, servers } = station;
  const offered = arrivalRate * serviceTime;
  const problem = stationProblem(station) ?? firstProblem([shareBelowOne('the quantile', quantile)]) ?? saturation(offered, servers);
  if (problem) return problem;
  const spare = servers - offered;
  if (servers === 1) return finite('the quantile of the time', (-Math.log1p(-quantile) * serviceTime) / spare);
  const waits = delayProbability(offered, servers);
  const tail = 1 - quantile;
  let low = 0;
  let high = 1;
  while (survival(waits, spare, high) > tail) {
    low = high;
    high *= 2;
  }
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (survival(waits, spare, middle) > tail) low = middle;
    else high = middle;
  }
  return finite('the quantile of the time', quantile === 0 ? 0 : high * serviceTime);
}

/** P(T > t) in service times; written so that δ near 1 does not cancel and δ below 1 does not overflow. */
function survival(waits: number, spare: number, t: number): number {
  const x = (spare - 1) * t;
  const slower = Math.exp(-Math.min(1, spare) * t);
  const ratio = x === 0 ? 1 : -Math.expm1(-Math.abs(x)) / Math.abs(x);
  return Math.exp(-t) + waits * t * slower * ratio;
}

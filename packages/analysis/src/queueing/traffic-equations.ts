import { notEstimated } from '@sysd/core';
import { type Estimated, finite, firstProblem, nonNegative, share } from './domain.ts';

/** Requests that come from outside and how they go on. */
export interface Routing {
  /** γ: arrivals from outside at each station, 1/s. */
  readonly arrivals: readonly number[];
  /** P: row i holds the probabilities that a request goes from station i to each station; the rest of the row leaves. */
  readonly probabilities: readonly (readonly number[])[];
}

/**
 * Rates of all stations from the traffic equations λ = γ + λ·P, 1/s. Loops (retries, callbacks) are allowed, if requests leave in the end.
 *
 * Solved by elimination without subtraction (Grassmann, Taksar & Heyman 1985): the pivot 1 − P(k, k) is the sum of what leaves k, so the
 * result keeps its digits however long requests circulate. Equations: J. R. Jackson, Networks of Waiting Lines, Operations Research 5(4), 1957.
 */
export function trafficEquations({ arrivals, probabilities }: Routing): Estimated<readonly number[]> {
  const n = arrivals.length;
  const problem = routingProblem(arrivals, probabilities);
  if (problem) return problem;
  const inflow = [...arrivals];
  const p = probabilities.map((row) => [...row]);
  // A row of 0.1, 0.2 and 0.7 sums up to a last digit below 1: nothing leaves there.
  const leaving = p.map((row) => {
    const rest = 1 - row.reduce((a, b) => a + b, 0);
    return rest < 1e-12 ? 0 : rest;
  });
  const pivots: number[] = new Array(n).fill(0);
  for (let k = n - 1; k >= 0; k--) {
    const row = p[k]!;
    let out = leaving[k]!;
    for (let j = 0; j < k; j++) out += row[j]!;
    if (out === 0) return notEstimated(`requests never leave the network: from station ${k + 1} no way leads out`);
    pivots[k] = out;
    for (let j = 0; j < k; j++) inflow[j]! += (inflow[k]! / out) * row[j]!;
    for (let i = 0; i < k; i++) {
      const into = p[i]![k]! / out;
      leaving[i]! += into * leaving[k]!;
      for (let j = 0; j < k; j++) p[i]![j]! += into * row[j]!;
    }
  }
  const rates: number[] = [];
  for (let k = 0; k < n; k++) {
    let rate = inflow[k]!;
    for (let i = 0; i < k; i++) rate += rates[i]! * p[i]![k]!;
    rates.push(rate / pivots[k]!);
  }
  return finite('a rate', rates);
}

function routingProblem(arrivals: readonly number[], probabilities: readonly (readonly number[])[]) {
  const n = arrivals.length;
  if (n === 0) return notEstimated('the network has no station');
  if (probabilities.length !== n || probabilities.some((row) => row.length !== n)) {
    return notEstimated(`the routing must have ${n} rows of ${n} probabilities, one for each of the ${n} stations`);
  }
  const problems = arrivals.map((rate, i) => nonNegative(`the arrival rate of station ${i + 1}`, rate));
  for (const [i, row] of probabilities.entries()) {
    for (const [j, p] of row.entries()) problems.push(share(`the probability to go from station ${i + 1} to ${j + 1}`, p));
    const total = row.reduce((a, b) => a + b, 0);
    if (total > 1 + 1e-9) problems.push(`the probabilities to go on from station ${i + 1} add up to ${total}: at most 1 is possible`);
  }
  return firstProblem(problems);
}

import type { ClosedClasses, ClosedClassesState } from './closed-classes.ts';

/** Steps of the exact recursion: Π(N + 1) × classes × stations. */
export function exactSteps({ classes, open }: ClosedClasses): number {
  return classes.reduce((n, c) => n * (c.population + 1), 1) * Math.max(1, classes.length) * Math.max(1, open.length);
}

/**
 * Exact mean value analysis of several classes: over all populations n up to N, the residence of class k at a station is its demand × (1 + Q
 * of n − one of k), X(k) = n(k) ÷ (Z + Σ residences). Only adds, multiplies and divides positive numbers.
 * Source: Reiser and Lavenberg, Mean-Value Analysis of Closed Multichain Queuing Networks, Journal of the ACM 27(2), 1980.
 */
export function exactClasses({ classes, open }: ClosedClasses): ClosedClassesState['classes'] {
  const stations = open.length;
  const strides: number[] = [];
  let states = 1;
  for (const { population } of classes) {
    strides.push(states);
    states *= population + 1;
  }
  // By state and station: users at its busiest server.
  const queues = new Float64Array(states * stations);
  const population = classes.map(() => 0);
  const throughput = classes.map(() => 0);
  const stretchAt = (state: number, j: number) => (1 + (queues[state * stations + j] as number)) / (1 - (open[j] as number));
  for (let state = 1; state < states; state++) {
    next(population, classes);
    classes.forEach((c, k) => {
      throughput[k] = 0;
      if (population[k] === 0) return;
      const without = state - (strides[k] as number);
      let cycle = c.thinkTime;
      for (let j = 0; j < stations; j++) cycle += (c.demands[j] as number) * stretchAt(without, j);
      const x = (population[k] as number) / cycle;
      throughput[k] = x;
      for (let j = 0; j < stations; j++) {
        const at = state * stations + j;
        queues[at] = (queues[at] as number) + x * (c.busiest[j] as number) * stretchAt(without, j);
      }
    });
  }
  return classes.map((c, k) => ({
    throughput: throughput[k] as number,
    stretch: open.map((_, j) => stretchAt(c.population > 0 ? states - 1 - (strides[k] as number) : states - 1, j)),
  }));
}

/** The next population, the first class fastest. */
function next(population: number[], classes: ClosedClasses['classes']): void {
  for (let k = 0; k < population.length; k++) {
    if ((population[k] as number) < (classes[k]?.population as number)) {
      population[k] = (population[k] as number) + 1;
      return;
    }
    population[k] = 0;
  }
}

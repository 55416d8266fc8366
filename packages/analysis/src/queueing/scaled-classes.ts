import type { ClosedClass, ClosedClasses, ClosedClassesState } from './closed-classes.ts';

const ROUNDS = 200;
const HALVINGS = 60;
const CLOSE = 1e-12;

/**
 * Approximate mean value analysis for any population: who arrives sees the others' queues and (N − 1)/N of that of his own class. For one
 * class each queue follows from the throughput x, q = x·b·(1 + others) ÷ (1 − U − x·b·(N − 1)/N), so that x is found by halving, whatever N is;
 * several classes are solved in turn until nothing changes.
 * Source: Schweitzer, Approximate Analysis of Multiclass Closed Networks of Queues, 1979; Bard, Some Extensions to Multiclass Queueing Network
 * Analysis, 1979.
 */
export function scaledClasses({ classes, open }: ClosedClasses): ClosedClassesState['classes'] {
  const throughput = classes.map(() => 0);
  const queues = classes.map(() => open.map(() => 0));
  const stretch = classes.map(() => open.map(() => 1));
  for (let round = 0; round < ROUNDS; round++) {
    let change = 0;
    classes.forEach((c, k) => {
      const others = open.map((_, j) => queues.reduce((n, q, l) => (l === k ? n : n + (q[j] as number)), 0));
      const used = open.map((u, j) =>
        classes.reduce((n, o, l) => (l === k ? n : n + (throughput[l] as number) * (o.background[j] as number)), u),
      );
      const found = throughputOf(c, others, used);
      change = Math.max(change, Math.abs(found.throughput - (throughput[k] as number)) / (found.throughput || 1));
      throughput[k] = found.throughput;
      stretch[k] = found.stretch;
      queues[k] = found.stretch.map((s, j) => found.throughput * (c.busiest[j] as number) * s);
    });
    if (change <= CLOSE) break;
  }
  return classes.map((_, k) => ({ throughput: throughput[k] as number, stretch: stretch[k] as number[] }));
}

/** The throughput of one class among the queues and the load of all others. */
function throughputOf(c: ClosedClass, others: readonly number[], used: readonly number[]): { throughput: number; stretch: number[] } {
  if (c.population === 0) return { throughput: 0, stretch: used.map((u, j) => (1 + (others[j] as number)) / Math.max(1 - u, CLOSE)) };
  const own = (c.population - 1) / c.population;
  const left = used.map((u) => Math.max(1 - u, CLOSE));
  const stretchAt = (x: number) =>
    left.map((free, j) => (1 + (others[j] as number)) / (free - x * ((c.background[j] as number) + own * (c.busiest[j] as number))));
  const users = (x: number) => x * stretchAt(x).reduce((n, s, j) => n + (c.demands[j] as number) * s, c.thinkTime);
  const bounds = left.map((free, j) => free / ((c.background[j] as number) + own * (c.busiest[j] as number)));
  let low = 0;
  let high = Math.min(c.population / (c.thinkTime + c.demands.reduce((a, b) => a + b, 0)), ...bounds);
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (users(middle) < c.population) low = middle;
    else high = middle;
  }
  return { throughput: low, stretch: stretchAt(low) };
}

import type { BooleanDag } from './boolean-dag.ts';
import type { Diagram, Variable } from './diagram.ts';

export interface ExactProbability {
  /** Probability that the function is true: the unavailability. */
  readonly probability: number;
  /**
   * Birnbaum importance per event of the DAG: ∂P(fails)/∂q(event) = P(fails | event failed) − P(fails | event up). 0 where the function does
   * not depend on the event.
   */
  readonly birnbaum: readonly number[];
}

/**
 * Exact probability of a diagram's function for independent events with probabilities `q` (indexed like `dag.events`), by one pass upwards
 * P(n) = p·P(high) + (1 − p)·P(low), and the importances by one pass downwards (A. Rauzy, New algorithms for fault trees analysis, 1993).
 * O(nodes); only sums of non-negative terms, so small probabilities keep their relative accuracy.
 */
export function exactProbability(dag: BooleanDag, diagram: Diagram, q: readonly number[]): ExactProbability {
  const { table } = diagram.bdd;
  const p = diagram.variables.map((v) => (v.kind === 'event' ? (q[v.event] ?? 0) : conditionalShare(dag, v)));
  const nodes = table.below(diagram.root);
  const value = new Float64Array(Math.max(2, diagram.root + 1));
  value[1] = 1;
  for (const n of nodes) {
    const chance = p[table.level[n] as number] as number;
    value[n] = chance * (value[table.high[n] as number] as number) + (1 - chance) * (value[table.low[n] as number] as number);
  }
  const reached = new Float64Array(value.length);
  reached[diagram.root] = 1;
  const birnbaum: number[] = new Array(dag.events.length).fill(0);
  for (const n of nodes.reverse()) {
    const level = table.level[n] as number;
    const [low, high] = [table.low[n] as number, table.high[n] as number];
    const [chance, weight] = [p[level] as number, reached[n] as number];
    reached[low] = (reached[low] as number) + weight * (1 - chance);
    reached[high] = (reached[high] as number) + weight * chance;
    const v = diagram.variables[level] as Variable;
    if (v.kind === 'event') birnbaum[v.event] = (birnbaum[v.event] as number) + weight * ((value[high] as number) - (value[low] as number));
  }
  return { probability: value[diagram.root] as number, birnbaum };
}

/** Events that the diagram's function depends on, ascending. */
export function supportOf(diagram: Diagram): number[] {
  const { table } = diagram.bdd;
  const found = new Set<number>();
  for (const n of table.below(diagram.root)) {
    const v = diagram.variables[table.level[n] as number] as Variable;
    if (v.kind === 'event') found.add(v.event);
  }
  return [...found].sort((a, b) => a - b);
}

/** Probability of an alternative given that none before it was drawn. */
function conditionalShare(dag: BooleanDag, v: { readonly choice: number; readonly alternative: number }): number {
  const shares = dag.choices[v.choice]?.shares ?? [];
  const left = 1 - shares.slice(0, v.alternative).reduce((a, b) => a + b, 0);
  return left <= 0 ? 0 : Math.min(1, (shares[v.alternative] ?? 0) / left);
}

import { Bdd } from './bdd.ts';
import type { BooleanDag, BooleanGate } from './boolean-dag.ts';
import { SPENT } from './node-table.ts';

/** What decides at a level of the diagram: an event, or one alternative of a choice (asked in order: this one, or a later one). */
export type Variable =
  | { readonly kind: 'event'; readonly event: number }
  | { readonly kind: 'alternative'; readonly choice: number; readonly alternative: number };

/** A failure function as a decision diagram; `variables[level]` is what is asked there. */
export interface Diagram {
  readonly bdd: Bdd;
  readonly root: number;
  readonly variables: readonly Variable[];
}

type ChoiceGate = Extract<BooleanGate, { kind: 'choice' }>;

/** Variables in the order of a depth-first walk from the top, leftmost input first (shared events come before what they take with them). */
export function variableOrder(dag: BooleanDag): Variable[] {
  const order: Variable[] = [];
  const seen = new Uint8Array(dag.nodes.length);
  const chosen = new Set<number>();
  const stack = [dag.top];
  while (stack.length > 0) {
    const index = stack.pop() as number;
    if (seen[index]) continue;
    seen[index] = 1;
    const gate = dag.nodes[index] as BooleanGate;
    if (gate.kind === 'event') order.push({ kind: 'event', event: gate.event });
    if (gate.kind === 'choice' && !chosen.has(gate.choice)) {
      chosen.add(gate.choice);
      const shares = dag.choices[gate.choice]?.shares ?? [];
      shares.forEach((_, alternative) => {
        order.push({ kind: 'alternative', choice: gate.choice, alternative });
      });
    }
    if ('inputs' in gate) for (let i = gate.inputs.length - 1; i >= 0; i--) stack.push(gate.inputs[i] as number);
  }
  return order;
}

/** The diagram of a failure function, made gate by gate; undefined where it takes more nodes than the budget. */
export function diagramOf(dag: BooleanDag, mostNodes: number): Diagram | undefined {
  const variables = variableOrder(dag);
  const bdd = new Bdd(mostNodes);
  const events = new Map<number, number>();
  const alternatives = new Map<number, number[]>();
  for (const [level, v] of variables.entries()) {
    if (v.kind === 'event') events.set(v.event, level);
    else alternatives.set(v.choice, [...(alternatives.get(v.choice) ?? []), level]);
  }
  const needed = neededNodes(dag);
  const at = new Int32Array(dag.nodes.length);
  for (let i = 0; i <= dag.top; i++) {
    if (!needed[i]) continue;
    const gate = dag.nodes[i] as BooleanGate;
    const inputs = 'inputs' in gate ? gate.inputs.map((n) => at[n] as number) : [];
    let node: number;
    if (gate.kind === 'constant') node = gate.value ? 1 : 0;
    else if (gate.kind === 'event') node = bdd.variable(events.get(gate.event) as number);
    // From the last input upwards: with this order of variables the partial results stay small.
    else if (gate.kind === 'or') node = inputs.reduceRight((a, b) => bdd.or(b, a), 0);
    else if (gate.kind === 'and') node = inputs.reduceRight((a, b) => bdd.and(b, a), 1);
    else if (gate.kind === 'atleast') node = bdd.atLeast(gate.least, inputs);
    else if (gate.kind === 'if') node = bdd.ite(inputs[0] as number, inputs[1] as number, inputs[2] as number);
    else {
      const levels = alternatives.get((gate as ChoiceGate).choice) ?? [];
      node = inputs.reduceRight((rest, input, k) => bdd.ite(bdd.variable(levels[k] as number), input, rest), 0);
    }
    if (node === SPENT) return undefined;
    at[i] = node;
  }
  return { bdd, root: at[dag.top] as number, variables };
}

function neededNodes(dag: BooleanDag): Uint8Array {
  const needed = new Uint8Array(dag.nodes.length);
  needed[dag.top] = 1;
  for (let i = dag.top; i >= 0; i--) {
    const gate = dag.nodes[i] as BooleanGate;
    if (needed[i] && 'inputs' in gate) for (const input of gate.inputs) needed[input] = 1;
  }
  return needed;
}

import type { ElementId } from '@sysd/core';

/** One thing that fails or not, independently of the others: one instance, one place, one failover on demand. */
export interface BasicEvent {
  /** Unique in the DAG: `instance:api@us.a#2`, with `/shard 3` where every shard is asked. */
  readonly id: string;
  /** Index of its class in the fault tree. */
  readonly class: number;
  readonly element: ElementId;
  readonly label: string;
  /** Stands for so many of interchangeable events (see `lump`); `class` is then that of the first of them. */
  readonly lump?: Lump;
}

/** At least `least` of these members fail. A member fails with any event of its own: one of each of the classes. */
export interface Lump {
  readonly least: number;
  readonly groups: readonly { readonly count: number; readonly classes: readonly number[] }[];
}

/** Inputs are indices of nodes below their own. */
export type BooleanGate =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'event'; readonly event: number }
  | { readonly kind: 'or' | 'and'; readonly inputs: readonly number[] }
  /** At least `least` of the inputs fail; 1 < least < number of inputs. */
  | { readonly kind: 'atleast'; readonly least: number; readonly inputs: readonly number[] }
  /** The second input where the first is true, else the third. */
  | { readonly kind: 'if'; readonly inputs: readonly [number, number, number] }
  /** A request asks the input of the alternative that it drew; gates of one choice have drawn the same one. */
  | { readonly kind: 'choice'; readonly choice: number; readonly inputs: readonly number[] };

/** A random choice of a request between alternatives; shares sum to at most 1, and the rest of the requests asks none of them. */
export interface Choice {
  readonly shares: readonly number[];
}

/** A failure function over single events. Monotone in the events; each choice is one independent random variable of the request. */
export interface BooleanDag {
  readonly events: readonly BasicEvent[];
  readonly choices: readonly Choice[];
  readonly nodes: readonly BooleanGate[];
  readonly top: number;
}

export const FALSE = 0;
export const TRUE = 1;

/** Makes nodes in topological order and folds constants. */
export class BooleanDagBuilder {
  readonly events: BasicEvent[] = [];
  readonly choices: Choice[] = [];
  readonly nodes: BooleanGate[] = [
    { kind: 'constant', value: false },
    { kind: 'constant', value: true },
  ];

  event(event: BasicEvent): number {
    return this.#add({ kind: 'event', event: this.events.push(event) - 1 });
  }

  or(inputs: readonly number[]): number {
    if (inputs.includes(TRUE)) return TRUE;
    const real = [...new Set(inputs.filter((i) => i !== FALSE))];
    if (real.length <= 1) return real[0] ?? FALSE;
    return this.#add({ kind: 'or', inputs: real });
  }

  and(inputs: readonly number[]): number {
    if (inputs.includes(FALSE)) return FALSE;
    const real = [...new Set(inputs.filter((i) => i !== TRUE))];
    if (real.length <= 1) return real[0] ?? TRUE;
    return this.#add({ kind: 'and', inputs: real });
  }

  /** The inputs count as often as they are listed. */
  atLeast(least: number, inputs: readonly number[]): number {
    const real = inputs.filter((i) => i !== FALSE && i !== TRUE);
    const left = least - inputs.filter((i) => i === TRUE).length;
    if (left <= 0) return TRUE;
    if (left > real.length) return FALSE;
    if (left === 1) return this.or(real);
    if (left === real.length) return this.and(real);
    return this.#add({ kind: 'atleast', least: left, inputs: real });
  }

  /** `then` where the condition holds, else `otherwise`. */
  branch(condition: number, then: number, otherwise: number): number {
    if (condition === TRUE || then === otherwise) return then;
    if (condition === FALSE) return otherwise;
    if (then === TRUE) return this.or([condition, otherwise]);
    if (otherwise === FALSE) return this.and([condition, then]);
    return this.#add({ kind: 'if', inputs: [condition, then, otherwise] });
  }

  choice(shares: readonly number[]): number {
    return this.choices.push({ shares }) - 1;
  }

  oneOf(choice: number, inputs: readonly number[]): number {
    if (inputs.every((i) => i === FALSE)) return FALSE;
    return this.#add({ kind: 'choice', choice, inputs });
  }

  build(top: number): BooleanDag {
    return { events: this.events, choices: this.choices, nodes: this.nodes, top };
  }

  #add(gate: BooleanGate): number {
    return this.nodes.push(gate) - 1;
  }
}

/**
 * The failure function of *some* request: every choice becomes an OR. Its minimal cut sets are those of the single failures that the
 * rest of the analysis reports; its probability is that of the event that anybody at all is hit.
 */
export function forSomeRequest(dag: BooleanDag): BooleanDag {
  if (dag.choices.length === 0) return dag;
  const b = new BooleanDagBuilder();
  const at: number[] = [];
  dag.nodes.forEach((gate) => {
    const inputs = 'inputs' in gate ? gate.inputs.map((i) => at[i] as number) : [];
    if (gate.kind === 'constant') at.push(gate.value ? TRUE : FALSE);
    else if (gate.kind === 'event') at.push(b.nodes.push(gate) - 1);
    else if (gate.kind === 'and') at.push(b.and(inputs));
    else if (gate.kind === 'atleast') at.push(b.atLeast(gate.least, inputs));
    else if (gate.kind === 'if') at.push(b.branch(inputs[0] as number, inputs[1] as number, inputs[2] as number));
    else at.push(b.or(inputs));
  });
  return { events: dag.events, choices: [], nodes: b.nodes, top: at[dag.top] as number };
}

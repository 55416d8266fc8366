import type { ChainLink, ElementId, Estimate, FailureEvent } from '@sysd/core';

/**
 * A class of interchangeable events: `count` instances of one component in one place, of which `failed` have failed in the scenario.
 * A place, a shared fate or something managed is a class of one. Never one object per instance: a count may be 10^12.
 */
export interface EventClass extends FailureEvent {
  readonly count: number;
  readonly failed: number;
}

/**
 * Members of an at-least gate that fail alike: each fails with one event of an `own` class, all of them with `shared`.
 * `own` and `shared` are an event and a node index.
 */
export interface Members {
  readonly count: number;
  readonly own: readonly number[];
  readonly shared: number;
}

/** Which copy of a pinned stamp a request belongs to: the same one wherever it asks that stamp. `copies[i]` is the copy of input i, of `of` in all. */
export interface Drawn {
  readonly stamp: ElementId;
  readonly copies: readonly number[];
  readonly of: number;
}

/** Inputs are indices of nodes below their own, so that one pass in index order evaluates everything. */
export type Gate =
  | { readonly kind: 'never' }
  | { readonly kind: 'event'; readonly event: number }
  | { readonly kind: 'or'; readonly inputs: readonly number[] }
  /** Each request asks exactly one input, with these probabilities (a pinned stamp): fails for some where one input fails. */
  | { readonly kind: 'oneof'; readonly inputs: readonly number[]; readonly shares: readonly number[]; readonly drawn?: Drawn }
  /** `shares`: the requests are split so over the inputs, and the others stand in for one that fails. */
  | { readonly kind: 'and'; readonly inputs: readonly number[]; readonly shares?: readonly number[] }
  /** At least `least` of the members fail. */
  | { readonly kind: 'atleast'; readonly least: number; readonly groups: readonly Members[] };

/** What an at-least gate says about a component, for the chain. */
export interface Redundancy {
  readonly component: ElementId;
  /** What the members are: `instance`, `standby`, `primary`. */
  readonly member: string;
  readonly total: number;
  readonly needed: number;
  /** Why so many are needed: `a majority must be up`. */
  readonly reason: string;
  /** A dead instance goes on getting its share of the requests, and only that share fails. */
  readonly unnoticed: boolean;
  /** Shards on which the request's key may lie: an event of one shard hits that share of the requests. */
  readonly shards: number;
}

export interface FaultNode {
  readonly gate: Gate;
  /** What it means when this node fails, for the chain of a finding. */
  readonly why?: ChainLink;
  readonly redundancy?: Redundancy;
  /** Of an AND whose inputs stand in for each other: what each is called. */
  readonly branches?: readonly string[];
  /** The component that cannot carry the load that shifts to it. */
  readonly full?: ElementId;
  /** Share of the source's requests that take this step (when, misses). */
  readonly share?: Estimate;
}

/** A monotone failure function: a DAG of gates over event classes. Node 0 never fails. */
export interface FaultTree {
  readonly events: readonly EventClass[];
  readonly nodes: readonly FaultNode[];
  readonly top: number;
}

export const NEVER = 0;

/** Makes nodes in topological order, dropping what cannot fail. */
export class FaultTreeBuilder {
  readonly events: EventClass[] = [];
  readonly nodes: FaultNode[] = [{ gate: { kind: 'never' } }];
  readonly #eventIndex = new Map<string, number>();
  readonly #eventNode = new Map<number, number>();
  /** Gates by what they say, where they are shared. */
  readonly #shared: Map<string, number> | undefined;

  /** `share`: the same at-least gate is one node. */
  constructor(share = false) {
    this.#shared = share ? new Map() : undefined;
  }

  event(event: EventClass): number {
    const known = this.#eventIndex.get(event.id);
    if (known !== undefined) return known;
    const index = this.events.push(event) - 1;
    this.#eventIndex.set(event.id, index);
    return index;
  }

  eventNode(event: EventClass): number {
    const index = this.event(event);
    const known = this.#eventNode.get(index);
    if (known !== undefined) return known;
    const node = this.#add({ gate: { kind: 'event', event: index } });
    this.#eventNode.set(index, node);
    return node;
  }

  or(inputs: readonly number[], more: Omit<FaultNode, 'gate'> = {}): number {
    const real = [...new Set(inputs.filter((i) => i !== NEVER))];
    if (real.length === 0) return NEVER;
    if (real.length === 1 && Object.keys(more).length === 0) return real[0] as number;
    return this.#add({ gate: { kind: 'or', inputs: real }, ...more });
  }

  /** One of the inputs is asked, with these shares. `stamp`: the inputs are its copies in order, and the request belongs to one of them. */
  oneOf(inputs: readonly number[], shares: readonly number[], more: Omit<FaultNode, 'gate'> = {}, stamp?: ElementId): number {
    const kept = inputs.map((input, copy) => ({ input, copy, share: shares[copy] ?? 0 })).filter((x) => x.input !== NEVER);
    if (kept.length === 0) return NEVER;
    const drawn = stamp === undefined ? {} : { drawn: { stamp, copies: kept.map((x) => x.copy), of: inputs.length } };
    return this.#add({ gate: { kind: 'oneof', inputs: kept.map((x) => x.input), shares: kept.map((x) => x.share), ...drawn }, ...more });
  }

  and(inputs: readonly number[], more: Omit<FaultNode, 'gate'> = {}, shares?: readonly number[]): number {
    if (inputs.length === 0 || inputs.includes(NEVER)) return NEVER;
    if (inputs.length === 1 && Object.keys(more).length === 0) return inputs[0] as number;
    return this.#add({ gate: { kind: 'and', inputs: [...inputs], ...(shares ? { shares } : {}) }, ...more });
  }

  atLeast(least: number, groups: readonly Members[], more: Omit<FaultNode, 'gate'> = {}): number {
    const total = groups.reduce((n, g) => n + g.count, 0);
    if (least > total) return NEVER;
    const key = this.#shared && JSON.stringify([least, groups, more]);
    const known = key === undefined ? undefined : this.#shared?.get(key);
    if (known !== undefined) return known;
    const node = this.#add({ gate: { kind: 'atleast', least, groups }, ...more });
    if (key !== undefined) this.#shared?.set(key, node);
    return node;
  }

  /** A node that fails whatever happens. */
  always(more: Omit<FaultNode, 'gate'> = {}): number {
    return this.#add({ gate: { kind: 'atleast', least: 0, groups: [] }, ...more });
  }

  build(top: number): FaultTree {
    return { events: this.events, nodes: this.nodes, top };
  }

  #add(node: FaultNode): number {
    return this.nodes.push(node) - 1;
  }
}

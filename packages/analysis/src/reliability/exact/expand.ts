import { type ElementId, type NotEstimated, notEstimated } from '@sysd/core';
import type { Drawn, EventClass, FaultNode, FaultTree, Gate } from '../fault-tree.ts';
import { type BooleanDag, BooleanDagBuilder, FALSE, TRUE } from './boolean-dag.ts';
import { lumpableNodes, lumpedGate } from './lump.ts';

export interface ExpandOptions {
  /** Single events beyond which the tree is not expanded. Default 200. */
  readonly mostEvents?: number;
  /** Shards of a component, all of which a scatter asks; default 1. */
  readonly shardsOf?: (component: ElementId) => number;
  /** Which choice a `oneof` node makes that names no stamp: nodes with the same answer have drawn the same alternative. Needed where there are several. */
  readonly choiceOf?: (node: number) => string | undefined;
  /**
   * Gates over so many instances become a few events that stand for them (`lump.ts`): exact for probabilities, but no cut sets come of it.
   */
  readonly lump?: boolean;
}

/**
 * The failure function over single events. Instances of a class become events of their own, those that the scenario has failed are true.
 * A scatter (a gate that hits every request although its component is sharded) fails with any shard, each of which has instances of its
 * own; everything else asks shard 1. Refused, with the reason, where there are too many events, or where several `oneof` nodes may or may
 * not be one choice (to guess would change the answer by an amount of first order: copies share regions).
 */
export function expand(tree: FaultTree, options: ExpandOptions = {}): BooleanDag | NotEstimated {
  const mostEvents = options.mostEvents ?? 200;
  const used = reachable(tree);
  const shardsOf = scatterShards(options);
  const lumps = options.lump ? lumpableNodes(tree, used, (node) => shardsOf(node) === 1) : new Map<number, number>();
  const total = eventCount(tree, used, lumps, shardsOf);
  if (total > mostEvents) return notEstimated(`${total} single events are more than the ${mostEvents} of the exact calculation`);
  const choosing = tree.nodes.flatMap((n, i) => (used[i] && n.gate.kind === 'oneof' ? [{ i, named: n.gate.drawn !== undefined }] : []));
  if (choosing.length > 1 && choosing.some(({ i, named }) => !named && options.choiceOf?.(i) === undefined))
    return notEstimated(
      `requests are pinned at ${choosing.length} places of the flow, and whether the same copy is meant by all of them is not known`,
    );
  const expansion = new Expansion(tree, options, shardsOf, lumps);
  return expansion.run(used);
}

/** Nodes that the top depends on. Inputs lie below, so one pass downwards finds them. */
function reachable(tree: FaultTree): boolean[] {
  const used: boolean[] = new Array(tree.nodes.length).fill(false);
  used[tree.top] = true;
  for (let i = tree.top; i >= 0; i--) {
    if (!used[i]) continue;
    for (const input of inputsOf((tree.nodes[i] as FaultNode).gate)) used[input] = true;
  }
  return used;
}

function inputsOf(gate: Gate): readonly number[] {
  if (gate.kind === 'atleast') return gate.groups.map((g) => g.shared);
  return gate.kind === 'or' || gate.kind === 'and' || gate.kind === 'oneof' ? gate.inputs : [];
}

/** How many shards a gate asks. */
function scatterShards(options: ExpandOptions): (node: FaultNode) => number {
  return (node) => (node.redundancy?.shards === 1 ? Math.max(1, options.shardsOf?.(node.redundancy.component) ?? 1) : 1);
}

function eventCount(
  tree: FaultTree,
  used: readonly boolean[],
  lumps: ReadonlyMap<number, number>,
  shardsOf: (node: FaultNode) => number,
): number {
  const copies = new Map<number, number>();
  let total = 0;
  tree.nodes.forEach((node, i) => {
    if (!used[i]) return;
    const lumped = lumps.get(i);
    if (lumped !== undefined) {
      total += lumped;
      return;
    }
    const { gate } = node;
    const need = (event: number, shards: number) => copies.set(event, Math.max(copies.get(event) ?? 0, shards));
    if (gate.kind === 'event') need(gate.event, 1);
    if (gate.kind === 'atleast') for (const g of gate.groups) for (const e of g.own) need(e, shardsOf(node));
  });
  for (const [event, shards] of copies) {
    const { count, failed } = tree.events[event] as EventClass;
    total += count * shards - Math.min(count, failed);
  }
  return total;
}

class Expansion {
  readonly #tree: FaultTree;
  readonly #shardsOf: (node: FaultNode) => number;
  readonly #choiceOf: (node: number) => string | undefined;
  readonly #dag = new BooleanDagBuilder();
  readonly #at: number[] = [];
  readonly #events = new Map<string, number>();
  readonly #choices = new Map<string, number>();
  readonly #lumps: ReadonlyMap<number, number>;

  constructor(tree: FaultTree, options: ExpandOptions, shardsOf: (node: FaultNode) => number, lumps: ReadonlyMap<number, number>) {
    this.#lumps = lumps;
    this.#tree = tree;
    this.#shardsOf = shardsOf;
    this.#choiceOf = options.choiceOf ?? (() => undefined);
  }

  run(used: readonly boolean[]): BooleanDag | NotEstimated {
    for (let i = 0; i <= this.#tree.top; i++) {
      const node = used[i] ? this.#node(i) : FALSE;
      if (node === undefined) return notEstimated('the alternatives of a pinned request do not match between its steps');
      this.#at.push(node);
    }
    return this.#dag.build(this.#at[this.#tree.top] as number);
  }

  #node(index: number): number | undefined {
    const node = this.#tree.nodes[index] as FaultNode;
    const { gate } = node;
    switch (gate.kind) {
      case 'never':
        return FALSE;
      case 'event':
        return this.#dag.or(
          Array.from({ length: (this.#tree.events[gate.event] as EventClass).count }, (_, i) => this.#instance(gate.event, i, 0)),
        );
      case 'or':
        return this.#dag.or(gate.inputs.map((i) => this.#at[i] as number));
      case 'and':
        return this.#and(gate.inputs);
      case 'oneof':
        return gate.drawn ? this.#copyOf(gate.inputs, gate.drawn) : this.#oneOf(index, gate.inputs, gate.shares);
      case 'atleast':
        if (this.#lumps.has(index)) return lumpedGate(this.#dag, this.#tree, index, (n) => this.#at[n] as number);
        return this.#dag.or(Array.from({ length: this.#shardsOf(node) }, (_, shard) => this.#atLeast(node, shard)));
    }
  }

  /**
   * A primary and what takes over from it belong to one shard: where a scatter asks them, the AND is made shard by shard (an OR over
   * shards commutes with the OR gates below it, not with this AND).
   */
  #and(inputs: readonly number[]): number {
    const shards = Math.max(1, ...inputs.map((i) => this.#scatter(i)));
    if (shards === 1) return this.#dag.and(inputs.map((i) => this.#at[i] as number));
    const inShard = (input: number, shard: number): number => {
      const node = this.#tree.nodes[input] as FaultNode;
      return this.#scatter(input) > 1 ? this.#atLeast(node, shard) : (this.#at[input] as number);
    };
    return this.#dag.or(
      Array.from({ length: shards }, (_, shard) =>
        this.#dag.and(
          inputs.map((input) => {
            const { gate } = this.#tree.nodes[input] as FaultNode;
            return gate.kind === 'or' ? this.#dag.or(gate.inputs.map((i) => inShard(i, shard))) : inShard(input, shard);
          }),
        ),
      ),
    );
  }

  #scatter(input: number): number {
    const node = this.#tree.nodes[input] as FaultNode;
    return node.gate.kind === 'atleast' ? this.#shardsOf(node) : 1;
  }

  #atLeast(node: FaultNode, shard: number): number {
    if (node.gate.kind !== 'atleast') return FALSE;
    const members = node.gate.groups.flatMap((group) => {
      const shared = this.#at[group.shared] as number;
      return Array.from({ length: group.count }, (_, i) =>
        this.#dag.or([
          shared,
          ...group.own.flatMap((e) => (i < (this.#tree.events[e] as EventClass).count ? [this.#instance(e, i, shard)] : [])),
        ]),
      );
    });
    return this.#dag.atLeast(node.gate.least, members);
  }

  /** A copy that cannot fail was left out of the gate; here it is an alternative again, so that all gates of a stamp have the same ones. */
  #copyOf(inputs: readonly number[], drawn: Drawn): number | undefined {
    const key = `stamp ${drawn.stamp}`;
    const choice = this.#choices.get(key) ?? this.#dag.choice(Array.from({ length: drawn.of }, () => 1 / drawn.of));
    this.#choices.set(key, choice);
    if (this.#dag.choices[choice]?.shares.length !== drawn.of) return undefined;
    const alternatives: number[] = Array.from({ length: drawn.of }, () => FALSE);
    drawn.copies.forEach((copy, i) => {
      alternatives[copy] = this.#at[inputs[i] as number] as number;
    });
    return this.#dag.oneOf(choice, alternatives);
  }

  #oneOf(index: number, inputs: readonly number[], shares: readonly number[]): number | undefined {
    const key = this.#choiceOf(index) ?? '';
    let choice = this.#choices.get(key);
    if (choice === undefined) {
      choice = this.#dag.choice(shares);
      this.#choices.set(key, choice);
    } else {
      // Where a copy that cannot fail was left out, the alternatives cannot be told apart by position.
      const known = this.#dag.choices[choice]?.shares ?? [];
      if (known.length !== shares.length || known.some((s, i) => s !== shares[i]) || incomplete(shares)) return undefined;
    }
    return this.#dag.oneOf(
      choice,
      inputs.map((i) => this.#at[i] as number),
    );
  }

  /** Instances that the scenario has failed are the first ones (of shard 1). */
  #instance(event: number, index: number, shard: number): number {
    const c = this.#tree.events[event] as EventClass;
    if (shard === 0 && index < c.failed) return TRUE;
    const id = `${c.id}${c.count > 1 ? `#${index + 1}` : ''}${shard > 0 ? `/shard ${shard + 1}` : ''}`;
    const known = this.#events.get(id);
    if (known !== undefined) return known;
    const node = this.#dag.event({ id, class: event, element: c.element, label: c.label });
    this.#events.set(id, node);
    return node;
  }
}

const incomplete = (shares: readonly number[]): boolean => shares.reduce((a, b) => a + b, 0) < 1 - 1e-9;

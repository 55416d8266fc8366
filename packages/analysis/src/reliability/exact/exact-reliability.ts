import { type Design, type Estimate, isFigure, type NotEstimated, notEstimated, shardCount } from '@sysd/core';
import type { EventClass, FaultTree } from '../fault-tree.ts';
import { type BasicEvent, type BooleanDag, forSomeRequest } from './boolean-dag.ts';
import { type Bounds, probabilityBounds } from './bounds.ts';
import { type CutSetOptions, type CutSets, minimalCutSets } from './cut-sets.ts';
import { diagramOf } from './diagram.ts';
import { eventProbability } from './event-probability.ts';
import { type ExpandOptions, expand } from './expand.ts';
import { byImportance } from './importance-order.ts';
import { exactProbability, supportOf } from './probability.ts';

export interface ExactOptions extends Omit<ExpandOptions, 'shardsOf'>, CutSetOptions {}

export interface Importance {
  /** Index in `events`. */
  readonly event: number;
  /** Probability that the event is down. */
  readonly probability: number;
  /** ∂(unavailability)/∂(probability of the event). */
  readonly birnbaum: number;
  /** Share of the unavailability in which the event is critical: birnbaum × probability ÷ unavailability. */
  readonly criticality: number;
}

/** Where the exact value takes more nodes than the budget: what it lies between, and why it is not exact. */
export interface BoundedProbability extends Bounds {
  readonly reason: string;
}

export interface ExactReliability {
  /** The single events of the flow's failure. */
  readonly events: readonly BasicEvent[];
  /** Probability of each, with its derivation; indexed like `events`. */
  readonly probabilities: readonly Estimate[];
  /** Probability that a request fails, in the sense of the failure function: a number is exact. Availability is 1 − it. */
  readonly unavailability: number | BoundedProbability | NotEstimated;
  /** Where events have no availability: what the unavailability lies between, whatever theirs may be (the function is monotone). */
  readonly between?: Bounds & {
    /** Whether both ends are exact, for events that never and always fail. */
    readonly exact: boolean;
  };
  /** Events on which it depends and whose probability is not known; indices in `events`. */
  readonly lacking: readonly number[];
  /** By falling criticality; empty where the unavailability is not exact. Events on which the flow does not depend are left out. */
  readonly importance: readonly Importance[];
  /** Minimal sets of events that together make the flow fail (for some request, where requests are pinned), or why they are not known. */
  readonly cutSets: CutSets | NotEstimated;
}

/**
 * Exact availability, importances and minimal cut sets of a failure function with the availabilities that the design declares. Refused as a
 * whole, with the reason, only where it cannot be written over single events (see `expand`). An event without availability still takes
 * part in the cut sets. Deterministic; budgets count nodes, never time.
 */
export function exactReliability(design: Design, tree: FaultTree, options: ExactOptions = {}): ExactReliability | NotEstimated {
  const found = singleEvents(design, tree, options);
  if ('notEstimated' in found) return found;
  const { dag, probabilities } = found;
  return { events: dag.events, probabilities, ...solve(dag, probabilities, options) };
}

/** The failure function over single events, and the probability of each. */
export function singleEvents(
  design: Design,
  tree: FaultTree,
  options: ExactOptions,
): { readonly dag: BooleanDag; readonly probabilities: readonly Estimate[] } | NotEstimated {
  const shardsOf = (id: string): number => {
    const component = design.components.get(id);
    return component ? shardCount(component) : 1;
  };
  const dag = expand(tree, { ...options, shardsOf });
  if ('notEstimated' in dag) return dag;
  const classes = tree.events.map((e: EventClass) => eventProbability(design, e));
  return { dag, probabilities: dag.events.map((e) => classes[e.class] as Estimate) };
}

type Solution = Pick<ExactReliability, 'unavailability' | 'between' | 'lacking' | 'importance' | 'cutSets'>;

/** The same for a function over single events whose probabilities are given. */
export function solve(dag: BooleanDag, probabilities: readonly Estimate[], options: CutSetOptions = {}): Solution {
  const mostNodes = options.mostNodes ?? 1_000_000;
  const tooMany = `the exact calculation takes more than ${mostNodes} nodes`;
  const diagram = diagramOf(dag, mostNodes);
  const sets = dag.choices.length === 0 ? diagram : diagramOf(forSomeRequest(dag), mostNodes);
  const cutSets = (sets && minimalCutSets(sets, options)) ?? notEstimated(tooMany);
  const support = diagram ? supportOf(diagram) : dag.events.map((_, i) => i);
  const lacking = support.filter((e) => !isFigure(probabilities[e]));
  if (lacking.length > 0) {
    const reasons = lacking.map((e) => (probabilities[e] as NotEstimated).notEstimated);
    const at = (unknown: 0 | 1): Bounds => {
      const q = probabilities.map((p) => (isFigure(p) ? p.value : unknown));
      if (!diagram) return probabilityBounds(dag, q);
      const { probability } = exactProbability(dag, diagram, q);
      return { low: probability, high: probability };
    };
    const between = { low: at(0).low, high: at(1).high, exact: diagram !== undefined };
    return { unavailability: notEstimated([...new Set(reasons)].join('; ')), between, lacking, importance: [], cutSets };
  }
  const q = probabilities.map((p) => (isFigure(p) ? p.value : 0));
  if (!diagram) return { unavailability: { ...probabilityBounds(dag, q), reason: tooMany }, lacking, importance: [], cutSets };
  const { probability, birnbaum } = exactProbability(dag, diagram, q);
  const importance = support.map((event): Importance => {
    const [p, b] = [q[event] as number, birnbaum[event] as number];
    return { event, probability: p, birnbaum: b, criticality: probability > 0 ? Math.min(1, (b * p) / probability) : 0 };
  });
  importance.sort((a, b) => byImportance(a, b) || a.event - b.event);
  return { unavailability: probability, lacking, importance, cutSets };
}

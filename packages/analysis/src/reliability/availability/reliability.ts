import { type Design, type Estimate, isFigure, type NotEstimated, notEstimated, shardCount } from '@sysd/core';
import type { BooleanDag } from '../exact/boolean-dag.ts';
import type { Bounds } from '../exact/bounds.ts';
import { probabilityBounds } from '../exact/bounds.ts';
import type { CutSets } from '../exact/cut-sets.ts';
import { diagramOf } from '../exact/diagram.ts';
import { eventProbability } from '../exact/event-probability.ts';
import { type BoundedProbability, type ExactOptions, type ExactReliability, exactReliability } from '../exact/exact-reliability.ts';
import { expand } from '../exact/expand.ts';
import { byImportance } from '../exact/importance-order.ts';
import { lumpDerivative, lumpProbability } from '../exact/lump.ts';
import { exactProbability, supportOf } from '../exact/probability.ts';
import type { FaultTree } from '../fault-tree.ts';

/** Importance of one event of a class (see `Importance`), and how many of the class the flow depends on. */
export interface ClassImportance {
  readonly class: number;
  readonly count: number;
  readonly birnbaum: number;
  readonly criticality: number;
}

/** Reliability of a failure function by its event classes. */
export interface Reliability {
  readonly unavailability: number | BoundedProbability | NotEstimated;
  /** Where classes have no availability: what the unavailability lies between. */
  readonly between?: Bounds;
  /** Probability of an event of each class, indexed like the tree's events. */
  readonly probabilities: readonly Estimate[];
  /** Classes on which it depends and whose probability is not known. */
  readonly unknown: readonly number[];
  /** By falling criticality; empty where the unavailability is not exact. */
  readonly importance: readonly ClassImportance[];
  readonly cutSets: CutSets | NotEstimated;
}

/** Nodes up to which cut sets are sought event by event: their families grow faster than what they are of. */
const CUT_SET_NODES = 100_000;
/** Single events up to which a function is written out event by event. */
const SINGLE_EVENTS = 300;

/**
 * Exact reliability: event by event where the function is small (with its cut sets), else with interchangeable instances taken together,
 * which answers how probable it is, but not by which sets. Bounds where that is too much, too.
 */
export function reliabilityOf(design: Design, tree: FaultTree, options: ExactOptions): Reliability | NotEstimated {
  const probabilities = tree.events.map((e) => eventProbability(design, e));
  const budget = {
    ...options,
    mostEvents: Math.min(options.mostEvents ?? SINGLE_EVENTS, SINGLE_EVENTS),
    mostNodes: Math.min(options.mostNodes ?? CUT_SET_NODES, CUT_SET_NODES),
  };
  const single = exactReliability(design, tree, budget);
  if (!('notEstimated' in single) && (typeof single.unavailability === 'number' || single.between?.exact)) {
    return { ...byClass(tree, single), probabilities };
  }
  const cutSets = 'notEstimated' in single ? single : single.cutSets;
  const shardsOf = (id: string): number => {
    const component = design.components.get(id);
    return component ? shardCount(component) : 1;
  };
  const dag = expand(tree, { ...options, shardsOf, lump: true });
  if ('notEstimated' in dag) return dag;
  return { ...solveLumped(dag, probabilities, options.mostNodes ?? 1_000_000), probabilities, cutSets };
}

function byClass(tree: FaultTree, exact: ExactReliability): Omit<Reliability, 'probabilities'> {
  const found = new Map<number, ClassImportance>();
  // By falling criticality, so that the first of a class is the one that matters most: of shards asked one by one it is the first.
  for (const { event, birnbaum, criticality } of exact.importance) {
    const index = exact.events[event]?.class as number;
    const before = found.get(index);
    found.set(index, before ? { ...before, count: before.count + 1 } : { class: index, count: 1, birnbaum, criticality });
  }
  const unknown = new Set(exact.lacking.map((e) => exact.events[e]?.class as number));
  return {
    unavailability: exact.unavailability,
    ...(exact.between ? { between: exact.between } : {}),
    unknown: tree.events.flatMap((_, i) => (unknown.has(i) ? [i] : [])),
    importance: [...found.values()],
    cutSets: exact.cutSets,
  };
}

function solveLumped(
  dag: BooleanDag,
  probabilities: readonly Estimate[],
  mostNodes: number,
): Omit<Reliability, 'probabilities' | 'cutSets'> {
  const diagram = diagramOf(dag, mostNodes);
  const support = diagram ? supportOf(diagram) : dag.events.map((_, i) => i);
  const classesOf = (event: number): readonly number[] => {
    const { lump, class: own } = dag.events[event] as BooleanDag['events'][number];
    return lump ? lump.groups.flatMap((g) => g.classes) : [own];
  };
  const classes = [...new Set(support.flatMap(classesOf))].sort((a, b) => a - b);
  const unknown = classes.filter((c) => !isFigure(probabilities[c]));
  const solveAt = (missing: number) => {
    const ofClass = probabilities.map((p) => (isFigure(p) ? p.value : missing));
    const q = dag.events.map((e) => (e.lump ? lumpProbability(e.lump, ofClass) : (ofClass[e.class] as number)));
    if (!diagram) return { ...probabilityBounds(dag, q), ofClass, birnbaum: [] };
    const { probability, birnbaum } = exactProbability(dag, diagram, q);
    return { low: probability, high: probability, ofClass, birnbaum };
  };
  if (unknown.length > 0) {
    const reasons = unknown.map((c) => (probabilities[c] as NotEstimated).notEstimated);
    const between = { low: solveAt(0).low, high: solveAt(1).high, exact: diagram !== undefined };
    return { unavailability: notEstimated([...new Set(reasons)].join('; ')), between, unknown, importance: [] };
  }
  const { low, high, ofClass, birnbaum } = solveAt(0);
  if (!diagram) {
    return { unavailability: { low, high, reason: `the exact calculation takes more than ${mostNodes} nodes` }, unknown, importance: [] };
  }
  const importance = new Map<number, { count: number; birnbaum: number }>();
  for (const event of support) {
    const { lump } = dag.events[event] as BooleanDag['events'][number];
    for (const c of classesOf(event)) {
      const before = importance.get(c) ?? { count: 0, birnbaum: 0 };
      const own = (birnbaum[event] as number) * (lump ? lumpDerivative(lump, ofClass, c) : 1);
      const size = lump?.groups.find((g) => g.classes.includes(c))?.count;
      // The cases of a lump exclude each other, so that they add up; single events of a class are alike.
      if (size !== undefined) importance.set(c, { count: Math.max(before.count, size), birnbaum: before.birnbaum + own });
      else importance.set(c, { count: before.count + 1, birnbaum: Math.max(before.birnbaum, own) });
    }
  }
  const sorted = [...importance].map(([index, { count, birnbaum: b }]): ClassImportance => {
    const share = low > 0 ? Math.min(1, (b * (ofClass[index] as number)) / low) : 0;
    return { class: index, count, birnbaum: b, criticality: share };
  });
  sorted.sort((a, b) => byImportance(a, b) || a.class - b.class);
  return { unavailability: low, unknown, importance: sorted };
}

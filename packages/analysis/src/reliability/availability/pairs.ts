import { type NotEstimated, notEstimated } from '@sysd/core';
import type { FaultNode, FaultTree } from '../fault-tree.ts';
import { type SingleFailurePass, singleFailures } from '../single-failures.ts';

/** Two classes of events, by index; the same one twice where two of its events are meant. */
export type ClassPair = readonly [number, number];

/** Words of bit sets that are touched at most: some seconds. */
const MOST_WORDS = 2e9;

/**
 * Minimal cut sets of order 2 over event classes (ANALYSIS 2.2, order 2): with e failed as well, what alone makes the top fail now and did
 * not before. One pass of the single failures for each event that is none itself: O(events × nodes × events / 32), refused beyond a
 * budget. In the sense of the single failures: for some request, where requests are pinned.
 */
export function failurePairs(tree: FaultTree, pass: SingleFailurePass, mostWords = MOST_WORDS): readonly ClassPair[] | NotEstimated {
  if (pass.fails[tree.top]) return [];
  const singles = new Set(pass.events);
  const candidates = tree.events.flatMap((e, i) => (e.failed < e.count && !singles.has(i) ? [i] : []));
  const words = candidates.length * tree.nodes.length * Math.ceil(tree.events.length / 32);
  if (words > mostWords) return notEstimated(`${candidates.length} events in ${tree.nodes.length} gates are too many to try in pairs`);
  const forSome = forSomeRequest(tree, pass);
  const pairs: ClassPair[] = [];
  for (const first of candidates) {
    const events = forSome.events.map((e, i) => (i === first ? { ...e, failed: e.failed + 1 } : e));
    for (const second of singleFailures({ ...forSome, events }).events) {
      if (second >= first && !singles.has(second)) pairs.push([first, second]);
    }
  }
  return pairs;
}

/** Any of the copies that still answer, as any of them hits some requests. */
function forSomeRequest(tree: FaultTree, pass: SingleFailurePass): FaultTree {
  const nodes = tree.nodes.map((node): FaultNode => {
    if (node.gate.kind !== 'oneof') return node;
    const up = node.gate.inputs.filter((i) => !pass.fails[i]);
    return { ...node, gate: { kind: 'or', inputs: up.length > 0 ? up : node.gate.inputs } };
  });
  return { ...tree, nodes };
}

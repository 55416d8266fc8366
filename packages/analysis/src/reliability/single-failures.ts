import type { FaultTree, Members } from './fault-tree.ts';

/** What the pass knows of each node under the failures of the scenario. */
export interface SingleFailurePass {
  /** Event classes of which one more failure makes the top fail; empty if the top fails anyway. */
  readonly events: readonly number[];
  /** Nodes that fail already, without any further event. */
  readonly fails: readonly boolean[];
  /** Whether one more failure of this event makes that node fail (also true where it fails already). */
  contains(node: number, event: number): boolean;
}

/**
 * Minimal cut sets of order 1 by one pass over bitsets (ANALYSIS 2.2): K(n) = { e : n fails when e alone fails }. OR is the union, AND
 * the intersection; an at-least gate counts, for each event that occurs below it, how many members it takes with it (the dynamic program
 * over members, with members that fail alike taken together). Right because under the single failure {e} a gate's value depends only on
 * which inputs contain e. O(nodes × events / 32).
 */
export function singleFailures(tree: FaultTree): SingleFailurePass {
  const words = Math.max(1, Math.ceil(tree.events.length / 32));
  const fails: boolean[] = [];
  const sets: Uint32Array[] = [];
  const tally = new Float64Array(tree.events.length);
  for (const { gate } of tree.nodes) {
    const set = new Uint32Array(words);
    let failing = false;
    switch (gate.kind) {
      case 'never':
        break;
      case 'event': {
        const event = tree.events[gate.event];
        failing = (event?.failed ?? 0) > 0;
        set[gate.event >>> 5] = bit(gate.event);
        break;
      }
      case 'or':
        for (const input of gate.inputs) {
          failing ||= fails[input] as boolean;
          const other = sets[input] as Uint32Array;
          for (let w = 0; w < words; w++) set[w] = (set[w] as number) | (other[w] as number);
        }
        break;
      case 'oneof':
        // What the scenario has failed for some requests leaves the others: what could fail those is still to be found.
        failing = gate.inputs.every((input) => fails[input]);
        for (const input of gate.inputs) {
          if (fails[input]) continue;
          const other = sets[input] as Uint32Array;
          for (let w = 0; w < words; w++) set[w] = (set[w] as number) | (other[w] as number);
        }
        break;
      case 'and':
        failing = true;
        set.fill(0xffffffff);
        for (const input of gate.inputs) {
          failing &&= fails[input] as boolean;
          const other = sets[input] as Uint32Array;
          for (let w = 0; w < words; w++) set[w] = (set[w] as number) & (other[w] as number);
        }
        break;
      case 'atleast':
        failing = countMembers(tree, gate.groups, gate.least, fails, sets, tally, set);
        break;
    }
    if (failing) set.fill(0xffffffff);
    fails.push(failing);
    sets.push(set);
  }
  const contains = (node: number, event: number): boolean => (((sets[node] as Uint32Array)[event >>> 5] as number) & bit(event)) !== 0;
  const events = fails[tree.top] ? [] : tree.events.flatMap((e, i) => (e.failed < e.count && contains(tree.top, i) ? [i] : []));
  return { events, fails, contains };
}

const bit = (event: number): number => (1 << (event & 31)) >>> 0;

/** Fills `set` with the events that bring the failed members to `least`; true if they are that many already. */
function countMembers(
  tree: FaultTree,
  groups: readonly Members[],
  least: number,
  fails: readonly boolean[],
  sets: readonly Uint32Array[],
  tally: Float64Array,
  set: Uint32Array,
): boolean {
  const touched: number[] = [];
  const add = (event: number, members: number): void => {
    if (tally[event] === 0) touched.push(event);
    tally[event] = (tally[event] as number) + members;
  };
  let down = 0;
  for (const group of groups) {
    if (fails[group.shared]) {
      down += group.count;
      continue;
    }
    const failed = Math.min(
      group.count,
      group.own.reduce((n, e) => n + (tree.events[e]?.failed ?? 0), 0),
    );
    down += failed;
    if (failed === group.count) continue;
    const shared = sets[group.shared] as Uint32Array;
    forEachBit(shared, (e) => add(e, group.count - failed));
    for (const e of group.own) if (((shared[e >>> 5] as number) & bit(e)) === 0) add(e, 1);
  }
  for (const e of touched) {
    if (down + (tally[e] as number) >= least) set[e >>> 5] = (set[e >>> 5] as number) | bit(e);
    tally[e] = 0;
  }
  return down >= least;
}

function forEachBit(set: Uint32Array, visit: (index: number) => void): void {
  for (let w = 0; w < set.length; w++) {
    let word = set[w] as number;
    while (word !== 0) {
      const low = word & -word;
      visit(w * 32 + (31 - Math.clz32(low)));
      word ^= low;
    }
  }
}

import type { EventClass, FaultNode, FaultTree, Gate, Members } from '../fault-tree.ts';
import { NEVER } from '../fault-tree.ts';
import { type BooleanDagBuilder, FALSE, type Lump, TRUE } from './boolean-dag.ts';

/** Instances of one gate beyond which their binomial sums would take too long. */
const MOST_MEMBERS = 5000;
/** Shared fates of one gate: each combination of them is a case of its own. */
const MOST_FATES = 8;

type AtLeast = Extract<Gate, { kind: 'atleast' }>;

const isAtLeast = (gate: Gate): gate is AtLeast => gate.kind === 'atleast';
const fatesOf = (gate: AtLeast): number[] => [...new Set(gate.groups.map((g) => g.shared).filter((n) => n !== NEVER))];
const membersOf = (gate: AtLeast): number => gate.groups.reduce((n, g) => n + g.count, 0);

/**
 * At-least gates whose members nothing else knows: their instances fail independently of all the rest, so that the gate depends on the
 * shared fates (zones, hosts) and one sum of binomials for each combination of them. With the most events that such a gate takes, where
 * that is fewer than it has members.
 */
export function lumpableNodes(tree: FaultTree, used: readonly boolean[], simple: (node: FaultNode) => boolean): Map<number, number> {
  const uses = new Map<number, number>();
  const use = (event: number) => uses.set(event, (uses.get(event) ?? 0) + 1);
  tree.nodes.forEach(({ gate }, i) => {
    if (!used[i]) return;
    if (gate.kind === 'event') use(gate.event);
    if (isAtLeast(gate)) for (const g of gate.groups) for (const e of g.own) use(e);
  });
  const found = new Map<number, number>();
  tree.nodes.forEach((node, i) => {
    const { gate } = node;
    if (!used[i] || !isAtLeast(gate) || !simple(node)) return;
    const cases = 2 ** fatesOf(gate).length;
    const members = membersOf(gate);
    if (members <= cases || members > MOST_MEMBERS || fatesOf(gate).length > MOST_FATES) return;
    const alone = (g: Members) =>
      g.own.every((e) => uses.get(e) === 1 && (tree.events[e] as EventClass).count === g.count && plain(tree, g, e));
    if (gate.groups.every((g) => g.own.length > 0 && alone(g))) found.set(i, cases);
  });
  return found;
}

/** Members of several classes cannot be told apart once one of them has failed in the scenario. */
const plain = (tree: FaultTree, group: Members, event: number): boolean =>
  group.own.length === 1 || (tree.events[event] as EventClass).failed === 0;

/** The gate as branches over its shared fates, with one event for each sum that is left. */
export function lumpedGate(dag: BooleanDagBuilder, tree: FaultTree, index: number, at: (node: number) => number): number {
  const { gate } = tree.nodes[index] as FaultNode;
  if (!isAtLeast(gate)) return FALSE;
  const fates = fatesOf(gate);
  const known = new Map<string, number>();
  const sum = (least: number, groups: readonly Members[]): number => {
    const left = groups.map((g) => ({ count: g.count - failedOf(tree, g), classes: g.own })).filter((g) => g.count > 0);
    const members = left.reduce((n, g) => n + g.count, 0);
    if (least <= 0) return TRUE;
    if (least > members) return FALSE;
    const id = `${index}: ${least} of ${left.map((g) => `${g.count} × ${g.classes.join(' ')}`).join(', ')}`;
    const node = known.get(id) ?? dag.event(eventFor(tree, id, { least, groups: left }));
    known.set(id, node);
    return node;
  };
  const branch = (i: number, least: number, groups: readonly Members[]): number => {
    const fate = fates[i];
    if (least <= 0) return TRUE;
    if (fate === undefined) return sum(least, groups);
    const taken = groups.filter((g) => g.shared === fate);
    const rest = groups.filter((g) => g.shared !== fate);
    const lost = taken.reduce((n, g) => n + g.count - failedOf(tree, g), 0);
    return dag.branch(at(fate), branch(i + 1, least - lost, rest), branch(i + 1, least, groups));
  };
  return branch(0, gate.least - gate.groups.reduce((n, g) => n + failedOf(tree, g), 0), gate.groups);
}

const failedOf = (tree: FaultTree, group: Members): number =>
  Math.min(
    group.count,
    group.own.reduce((n, e) => n + (tree.events[e] as EventClass).failed, 0),
  );

function eventFor(tree: FaultTree, id: string, lump: Lump) {
  const first = lump.groups[0]?.classes[0] as number;
  const { element, label } = tree.events[first] as EventClass;
  return { id, class: first, element, label, lump };
}

/** Probability of a lump with these probabilities of the classes' events: the tail of a sum of binomials, by sums of positive terms. */
export function lumpProbability(lump: Lump, q: readonly number[]): number {
  const count = countDistribution(lump.groups, q);
  let tail = 0;
  for (let k = count.length - 1; k >= lump.least; k--) tail += count[k] as number;
  return Math.min(1, tail);
}

/**
 * Derivative of that probability by the probability of one event of a class: the member is decisive where exactly `least` − 1 others
 * fail, and its event where the member's other events are up.
 */
export function lumpDerivative(lump: Lump, q: readonly number[], event: number): number {
  const own = lump.groups.findIndex((g) => g.classes.includes(event));
  const group = lump.groups[own];
  if (!group) return 0;
  const others = lump.groups.map((g, i) => (i === own ? { ...g, count: g.count - 1 } : g));
  const up = group.classes.reduce((p, e) => (e === event ? p : p * (1 - (q[e] ?? 0))), 1);
  return up * (countDistribution(others, q)[lump.least - 1] ?? 0);
}

/** Distribution of the number of members that fail. */
function countDistribution(groups: Lump['groups'], q: readonly number[]): Float64Array {
  const total = groups.reduce((n, g) => n + g.count, 0);
  const p = new Float64Array(total + 1);
  p[0] = 1;
  let members = 0;
  for (const { count, classes } of groups) {
    const up = classes.reduce((x, e) => x * (1 - (q[e] ?? 0)), 1);
    const down = classes.length === 1 ? (q[classes[0] as number] ?? 0) : 1 - up;
    for (let i = 0; i < count; i++) {
      members++;
      for (let k = members; k > 0; k--) p[k] = (p[k] as number) * up + (p[k - 1] as number) * down;
      p[0] = (p[0] as number) * up;
    }
  }
  return p;
}

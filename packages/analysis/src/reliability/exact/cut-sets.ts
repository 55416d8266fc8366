import type { Diagram, Variable } from './diagram.ts';
import { NodeTable, SPENT, TERMINAL } from './node-table.ts';

export interface CutSets {
  /** Number of minimal cut sets of any order; a double, exact up to 2^53. */
  readonly count: number;
  /** `ofOrder[k]`: how many have k events, up to the order asked for. */
  readonly ofOrder: readonly number[];
  /** Events of the smallest cut set: the flow survives any failure of fewer. Undefined where nothing makes it fail. */
  readonly smallest?: number;
  /** Minimal cut sets up to the order asked for, each as ascending events of the DAG; by order, then by event. */
  readonly sets: readonly (readonly number[])[];
  /** False where there are more of these orders than were to be listed. */
  readonly complete: boolean;
}

export interface CutSetOptions {
  /** Largest cut set that is listed. Default 3. */
  readonly order?: number;
  /** Most cut sets that are listed. Default 10,000. */
  readonly mostSets?: number;
  /** Most nodes of the diagram of sets. Default 1,000,000. */
  readonly mostNodes?: number;
}

/**
 * Minimal cut sets of a monotone function (no choices in it) by Rauzy's decomposition into a zero-suppressed diagram:
 * minsol(x ? G : H) = {x} × (minsol(G) without minsol(H)) ∪ minsol(H), where `without` drops what contains a set of the other family
 * (A. Rauzy, 1993). Undefined where the budget is spent.
 */
export function minimalCutSets(diagram: Diagram, options: CutSetOptions = {}): CutSets | undefined {
  const family = new SetFamilies(options.mostNodes ?? 1_000_000);
  const { table } = diagram.bdd;
  const solution = new Int32Array(Math.max(2, diagram.root + 1));
  solution[1] = 1;
  for (const n of table.below(diagram.root)) {
    const low = solution[table.low[n] as number] as number;
    const high = family.without(solution[table.high[n] as number] as number, low);
    const node = high < 0 ? SPENT : family.node(table.level[n] as number, low, high);
    if (node < 0) return undefined;
    solution[n] = node;
  }
  return listed(diagram, family.table, solution[diagram.root] as number, options.order ?? 3, options.mostSets ?? 10_000);
}

/** Families of sets as zero-suppressed diagrams (S. Minato, 1993): 0 is no set, 1 the empty set alone. */
class SetFamilies {
  readonly table: NodeTable;
  readonly #mostSteps: number;
  readonly #memo = new Map<number, number>();

  constructor(mostNodes: number) {
    this.table = new NodeTable(mostNodes);
    this.#mostSteps = 4 * mostNodes;
  }

  node(level: number, low: number, high: number): number {
    return high === 0 ? low : this.table.make(level, low, high);
  }

  /** Sets of f that contain no set of g. Both are families of minimal sets, so g has the empty set only if it is nothing else. */
  without(f: number, g: number): number {
    if (f < 0 || g < 0) return SPENT;
    if (f === 0 || g === 1 || f === g) return 0;
    if (g === 0 || f === 1) return f;
    const key = f * 0x4000000 + g;
    const known = this.#memo.get(key);
    if (known !== undefined) return known;
    if (this.#memo.size >= this.#mostSteps) return SPENT;
    const { level, low, high } = this.table;
    const [a, b] = [level[f] as number, level[g] as number];
    let result: number;
    if (a > b) result = this.without(f, low[g] as number);
    else {
      const [f0, f1] = [low[f] as number, high[f] as number];
      const [g0, g1] = a === b ? [low[g] as number, high[g] as number] : [g, 0];
      const without = this.without(f0, g0);
      const with_ = without < 0 ? SPENT : this.without(this.without(f1, g1), g0);
      result = with_ < 0 ? SPENT : this.node(a, without, with_);
    }
    if (result >= 0) this.#memo.set(key, result);
    return result;
  }
}

function listed(diagram: Diagram, table: NodeTable, root: number, order: number, mostSets: number): CutSets {
  const nodes = table.below(root);
  const count = new Float64Array(Math.max(2, root + 1));
  const smallest = new Float64Array(count.length).fill(Number.POSITIVE_INFINITY);
  const width = order + 1;
  const ofOrder = new Map<number, Float64Array>();
  const empty = new Float64Array(width);
  const ordersOf = (n: number): Float64Array => ofOrder.get(n) ?? empty;
  count[1] = 1;
  smallest[1] = 0;
  ofOrder.set(1, new Float64Array(width).fill(1, 0, 1));
  for (const n of nodes) {
    const [low, high] = [table.low[n] as number, table.high[n] as number];
    count[n] = (count[low] as number) + (count[high] as number);
    smallest[n] = Math.min(smallest[low] as number, 1 + (smallest[high] as number));
    const [without, with_] = [ordersOf(low), ordersOf(high)];
    ofOrder.set(
      n,
      without.map((c, k) => c + (k === 0 ? 0 : (with_[k - 1] as number))),
    );
  }
  const sets: number[][] = [];
  const path: number[] = [];
  /** Sets of exactly `left` more events below a node; as deep as there are variables. */
  const visit = (n: number, left: number): void => {
    if (sets.length >= mostSets || (ordersOf(n)[left] as number) === 0) return;
    if (table.level[n] === TERMINAL) {
      sets.push([...path].sort((a, b) => a - b));
      return;
    }
    const v = diagram.variables[table.level[n] as number] as Variable;
    if (left > 0 && v.kind === 'event') {
      path.push(v.event);
      visit(table.high[n] as number, left - 1);
      path.pop();
    }
    visit(table.low[n] as number, left);
  };
  for (let k = 0; k <= order; k++) visit(root, k);
  sets.sort(bySizeThenEvents);
  const all = [...ordersOf(root)];
  return {
    count: count[root] as number,
    ofOrder: all,
    ...(Number.isFinite(smallest[root] as number) ? { smallest: smallest[root] as number } : {}),
    sets,
    complete: sets.length === all.reduce((a, b) => a + b, 0),
  };
}

function bySizeThenEvents(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return 0;
}

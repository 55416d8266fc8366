import { hash, NodeTable, SPENT } from './node-table.ts';

const MOST_MEMO = 1 << 20;

/**
 * Reduced ordered binary decision diagrams with if-then-else (R. E. Bryant, 1986; K. S. Brace, R. L. Rudell, R. E. Bryant, 1990). Node 0 is
 * false, node 1 true. Recursion of `ite` is as deep as there are variables. Never throws: where more than `mostNodes` nodes, or 32 steps
 * per node of the budget, would be needed it answers SPENT.
 */
export class Bdd {
  readonly table: NodeTable;
  readonly #mostSteps: number;
  #steps = 0;
  /** f, g, h, result; direct-mapped: a collision only costs time. */
  #memo = new Int32Array(4 * 4096);

  constructor(mostNodes: number) {
    this.table = new NodeTable(mostNodes);
    this.#mostSteps = 32 * mostNodes;
  }

  variable(level: number): number {
    return this.table.make(level, 0, 1);
  }

  and(f: number, g: number): number {
    return this.ite(f, g, 0);
  }

  or(f: number, g: number): number {
    return this.ite(f, 1, g);
  }

  ite(f: number, g: number, h: number): number {
    if (f < 0 || g < 0 || h < 0) return SPENT;
    if (f === 1 || g === h) return g;
    if (f === 0) return h;
    if (g === 1 && h === 0) return f;
    const known = this.#slot(f, g, h);
    if (this.#memo[known] === f && this.#memo[known + 1] === g && this.#memo[known + 2] === h) return this.#memo[known + 3] as number;
    if (++this.#steps > this.#mostSteps) return SPENT;
    const { level, low, high } = this.table;
    const top = Math.min(level[f] as number, level[g] as number, level[h] as number);
    const side = (children: Int32Array, n: number): number => (level[n] === top ? (children[n] as number) : n);
    const [f0, g0, h0, f1, g1, h1] = [side(low, f), side(low, g), side(low, h), side(high, f), side(high, g), side(high, h)];
    const without = this.ite(f0, g0, h0);
    const with_ = without < 0 ? SPENT : this.ite(f1, g1, h1);
    if (with_ < 0) return SPENT;
    const result = without === with_ ? without : this.table.make(top, without, with_);
    if (result < 0) return SPENT;
    if (this.table.size > this.#memo.length / 4 && this.#memo.length < 4 * MOST_MEMO) this.#memo = new Int32Array(4 * this.#memo.length);
    this.#memo.set([f, g, h, result], this.#slot(f, g, h));
    return result;
  }

  /** At least `least` of the functions are true: a dynamic program over them from the last one. */
  atLeast(least: number, functions: readonly number[]): number {
    // row[j]: at least j of the functions from here on.
    let row: number[] = Array.from({ length: least + 1 }, (_, j) => (j === 0 ? 1 : 0));
    for (const f of functions.toReversed()) {
      const next = row.map((_, j) => (j === 0 ? 1 : this.ite(f, row[j - 1] as number, row[j] as number)));
      if (next.includes(SPENT)) return SPENT;
      row = next;
    }
    return row[least] as number;
  }

  #slot(f: number, g: number, h: number): number {
    return 4 * (hash(f, g, h) & (this.#memo.length / 4 - 1));
  }
}

/** What is answered instead of a node when the budget is spent. */
export const SPENT = -1;

/** Level of the two terminals: below every variable. */
export const TERMINAL = 0x7fffffff;

/**
 * Hash-consed nodes of a decision diagram: the same (level, low, high) is the same node. Nodes 0 and 1 are the terminals; children have
 * lower indices than their parents, so passes over a diagram are loops. Answers SPENT where there would be more than `mostNodes`.
 */
export class NodeTable {
  level: Int32Array = new Int32Array(1024).fill(TERMINAL);
  low: Int32Array = new Int32Array(1024);
  high: Int32Array = new Int32Array(1024);
  size = 2;
  readonly #mostNodes: number;
  #slots = new Int32Array(4096);

  constructor(mostNodes: number) {
    this.#mostNodes = Math.max(2, mostNodes);
    this.low[1] = 1;
    this.high[1] = 1;
  }

  make(level: number, low: number, high: number): number {
    let slot = hash(level, low, high) & (this.#slots.length - 1);
    for (let n = this.#slots[slot] as number; n !== 0; n = this.#slots[slot] as number) {
      if (this.level[n] === level && this.low[n] === low && this.high[n] === high) return n;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
    if (this.size >= this.#mostNodes) return SPENT;
    const node = this.size++;
    if (node === this.level.length) this.#grow();
    this.level[node] = level;
    this.low[node] = low;
    this.high[node] = high;
    if (2 * this.size > this.#slots.length) this.#rehash();
    else this.#slots[slot] = node;
    return node;
  }

  /** Nodes that `root` consists of, terminals left out, children before parents. */
  below(root: number): number[] {
    const seen = new Uint8Array(Math.max(2, root + 1));
    const found: number[] = [];
    seen[root] = 1;
    for (let n = root; n > 1; n--) {
      if (!seen[n]) continue;
      found.push(n);
      seen[this.low[n] as number] = 1;
      seen[this.high[n] as number] = 1;
    }
    return found.reverse();
  }

  #grow(): void {
    this.level = longer(this.level);
    this.low = longer(this.low);
    this.high = longer(this.high);
  }

  #rehash(): void {
    this.#slots = new Int32Array(4 * this.#slots.length);
    for (let n = 2; n < this.size; n++) {
      let slot = hash(this.level[n] as number, this.low[n] as number, this.high[n] as number) & (this.#slots.length - 1);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1);
      this.#slots[slot] = n;
    }
  }
}

function longer(old: Int32Array): Int32Array {
  const array = new Int32Array(2 * old.length);
  array.set(old);
  return array;
}

export function hash(a: number, b: number, c: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

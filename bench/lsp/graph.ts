/** The graph that both generators write down: groups of components, and edges between components, mostly within a group. Seeded. */
export interface Graph {
  readonly groups: readonly { readonly id: string; readonly members: readonly string[] }[];
  readonly edges: readonly { readonly from: readonly [number, number]; readonly to: readonly [number, number] }[];
}

/** A benchmark workspace for one language. The edited line is the one that holds `mark`. */
export interface Workspace {
  readonly languageId: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly edited: string;
  readonly mark: string;
  /** A line that is right, and one with the unknown name `nope_<i>`. */
  readonly good: (i: number) => string;
  readonly bad: (i: number) => string;
}

/** mulberry32, a small seeded generator: the same model in every run. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How the graph is laid out in files: in one, or in many of so many groups each. */
export type Layout = 'one' | { readonly groups: number };

/** The groups of each file, by index. */
export function groupsByFile(graph: Graph, layout: Layout): number[][] {
  const all = graph.groups.map((_, g) => g);
  if (layout === 'one') return [all];
  return Array.from({ length: Math.ceil(all.length / layout.groups) }, (_, f) => all.slice(f * layout.groups, (f + 1) * layout.groups));
}

/** Elements of a group, itself counted. */
export const GROUP = 20;
const EDGES_PER_ELEMENT = 1.5;
const WITHIN_GROUP = 0.7;

/** `n` elements: groups of 20 (the group counts as one), 1.5 edges an element, 70 % of them within a group. */
export function makeGraph(n: number, seed = 42): Graph {
  const next = random(seed);
  const count = Math.max(2, Math.ceil(n / GROUP));
  const groups = Array.from({ length: count }, (_, g) => ({
    id: `sys_${g}`,
    members: Array.from({ length: GROUP - 1 }, (_, m) => `svc_${g}_${m}`),
  }));
  const seen = new Set<string>();
  const edges: Graph['edges'][number][] = [];
  while (edges.length < Math.round(n * EDGES_PER_ELEMENT)) {
    const a = Math.floor(next() * count);
    const b = next() < WITHIN_GROUP ? a : Math.floor(next() * count);
    const from = [a, Math.floor(next() * (GROUP - 1))] as const;
    const to = [b, Math.floor(next() * (GROUP - 1))] as const;
    const key = `${from}>${to}`;
    if (seen.has(key) || (from[0] === to[0] && from[1] === to[1])) continue;
    seen.add(key);
    edges.push({ from, to });
  }
  return { groups, edges };
}

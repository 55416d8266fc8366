import type { DiagramModel } from '../model/diagram-model.ts';

/** A child of the canvas (`undefined`) or of a frame. */
export type Child = { readonly kind: 'node' | 'frame'; readonly index: number };

/**
 * Children of each frame, and of the canvas, in the order in which the layout engine gets them: along the edges from the top down,
 * ties by first appearance. The engine breaks cycles by this order, so that only edges which really close a cycle run upwards.
 */
export function modelOrder(model: DiagramModel): ReadonlyMap<number | undefined, readonly Child[]> {
  const frameIndex = new Map(model.frames.map((f, i) => [f.id, i]));
  const nodeIndex = new Map(model.nodes.map((n, i) => [n.id, i]));
  const frameOf = (id: string | undefined): number | undefined => (id === undefined ? undefined : frameIndex.get(id));
  const parent = (frame: number): number | undefined => frameOf(model.frames[frame]?.parent);

  const children = new Map<number | undefined, Child[]>();
  const seen = new Set<number>();
  const add = (container: number | undefined, child: Child): void => {
    const list = children.get(container);
    if (list) list.push(child);
    else children.set(container, [child]);
    if (container !== undefined && !seen.has(container)) {
      seen.add(container);
      add(parent(container), { kind: 'frame', index: container });
    }
  };
  model.nodes.forEach((node, index) => {
    add(frameOf(node.frame), { kind: 'node', index });
  });

  /** Containers around a node from the canvas inwards, each with the child that leads to the node. */
  const path = (node: number): [number | undefined, Child][] => {
    const steps: [number | undefined, Child][] = [];
    let child: Child = { kind: 'node', index: node };
    for (let at = frameOf(model.nodes[node]?.frame); ; at = parent(at)) {
      steps.unshift([at, child]);
      if (at === undefined || steps.length > model.frames.length + 1) return steps;
      child = { kind: 'frame', index: at };
    }
  };
  const before = new Map<number | undefined, Map<string, Set<string>>>();
  for (const edge of model.edges) {
    const [from, to] = [nodeIndex.get(edge.from), nodeIndex.get(edge.to)];
    if (from === undefined || to === undefined) continue;
    const [a, b] = [path(from), path(to)];
    const at = a.findIndex(([, child], i) => key(child) !== key(b[i]?.[1]));
    const [source, target] = [a[at], b[at]];
    if (!source || !target) continue;
    const inContainer = before.get(source[0]) ?? new Map<string, Set<string>>();
    before.set(source[0], inContainer);
    inContainer.set(key(target[1]), (inContainer.get(key(target[1])) ?? new Set()).add(key(source[1])));
  }
  return new Map([...children].map(([container, list]) => [container, along(list, before.get(container) ?? new Map())]));
}

const key = (child: Child | undefined): string => (child === undefined ? '' : `${child.kind}${child.index}`);

/** Topological order; where a cycle leaves nothing free, the first of the rest goes next. */
function along(list: readonly Child[], before: ReadonlyMap<string, ReadonlySet<string>>): Child[] {
  const rest = [...list];
  const waiting = new Set(rest.map(key));
  const ordered: Child[] = [];
  while (rest.length > 0) {
    const free = rest.findIndex((child) => ![...(before.get(key(child)) ?? [])].some((k) => k !== key(child) && waiting.has(k)));
    const [next] = rest.splice(Math.max(0, free), 1);
    if (!next) break;
    waiting.delete(key(next));
    ordered.push(next);
  }
  return ordered;
}

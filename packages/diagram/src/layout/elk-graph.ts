import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import type { DiagramModel } from '../model/diagram-model.ts';
import { FRAME_OPTIONS, LABEL_OPTIONS, ROOT_OPTIONS } from './elk-options.ts';
import { modelOrder } from './model-order.ts';
import { labelSize, nodeSize, STACK } from './sizes.ts';

export type ElkGraph = ElkNode;

/** Ids in the graph are indices, so that no name of a user's reaches the layout engine. */
export const nodeKey = (index: number): string => `n${index}`;
export const frameKey = (index: number): string => `f${index}`;
export const edgeKey = (index: number): string => `e${index}`;

/** The graph for ELK, with the room of stacks and labels. Every edge is declared on the root. */
export function elkGraph(model: DiagramModel, seed: number): ElkGraph {
  const order = modelOrder(model);
  const childrenOf = (container: number | undefined): ElkNode[] =>
    (order.get(container) ?? []).map(({ kind, index }): ElkNode => {
      if (kind === 'frame') return { id: frameKey(index), layoutOptions: { ...FRAME_OPTIONS }, children: childrenOf(index) };
      const node = model.nodes[index]!;
      const { width, height } = nodeSize(node, model);
      const extra = node.stacked ? STACK : 0;
      return { id: nodeKey(index), width: width + extra, height: height + extra };
    });
  const index = new Map(model.nodes.map((n, i) => [n.id, i]));
  const edges = model.edges.flatMap((edge, i): ElkExtendedEdge[] => {
    const [source, target] = [index.get(edge.from), index.get(edge.to)];
    if (source === undefined || target === undefined) return [];
    const size = labelSize(edge);
    const labels = size === undefined ? [] : [{ text: '-', ...size, layoutOptions: { ...LABEL_OPTIONS } }];
    return [{ id: edgeKey(i), sources: [nodeKey(source)], targets: [nodeKey(target)], labels }];
  });
  return { id: 'root', layoutOptions: { ...ROOT_OPTIONS, 'elk.randomSeed': String(seed) }, children: childrenOf(undefined), edges };
}

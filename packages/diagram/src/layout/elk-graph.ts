import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import type { DiagramModel } from '../model/diagram-model.ts';
import { FRAME_OPTIONS, LABEL_OPTIONS, ROOT_OPTIONS } from './elk-options.ts';
import { labelSize, nodeSize, STACK } from './sizes.ts';

export type ElkGraph = ElkNode;

/** Ids in the graph are indices, so that no name of a user's reaches the layout engine. */
export const nodeKey = (index: number): string => `n${index}`;
export const frameKey = (index: number): string => `f${index}`;
export const edgeKey = (index: number): string => `e${index}`;

/** The graph for ELK. Every edge is declared on the root; frames that hold nothing are given no size of their own. */
export function elkGraph(model: DiagramModel, seed: number): ElkGraph {
  const root: ElkNode = { id: 'root', layoutOptions: { ...ROOT_OPTIONS, 'elk.randomSeed': String(seed) }, children: [], edges: [] };
  const frames = new Map<string, ElkNode>();
  model.frames.forEach((frame, i) => {
    frames.set(frame.id, { id: frameKey(i), layoutOptions: { ...FRAME_OPTIONS }, children: [] });
  });
  const childrenOf = (frame: string | undefined): ElkNode[] =>
    (frame === undefined ? undefined : frames.get(frame)?.children) ?? root.children ?? [];
  const keys = new Map<string, string>();
  model.nodes.forEach((node, i) => {
    const { width, height } = nodeSize(node, model);
    const extra = node.stacked ? STACK : 0;
    keys.set(node.id, nodeKey(i));
    childrenOf(node.frame).push({ id: nodeKey(i), width: width + extra, height: height + extra });
  });
  for (const frame of model.frames) {
    const child = frames.get(frame.id);
    if (child) childrenOf(frame.parent === frame.id ? undefined : frame.parent).push(child);
  }
  model.edges.forEach((edge, i) => {
    const [source, target] = [keys.get(edge.from), keys.get(edge.to)];
    if (source === undefined || target === undefined) return;
    const size = labelSize(edge);
    const labels = size === undefined ? [] : [{ text: '-', ...size, layoutOptions: { ...LABEL_OPTIONS } }];
    const elkEdge: ElkExtendedEdge = { id: edgeKey(i), sources: [source], targets: [target], labels };
    root.edges?.push(elkEdge);
  });
  return root;
}

import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import type { DiagramModel } from '../model/diagram-model.ts';
import { edgeKey, frameKey, nodeKey } from './elk-graph.ts';
import { layoutKey } from './layout-key.ts';
import type { Box, DiagramLayout, EdgeRoute, Point } from './layout-result.ts';
import { nodeSize } from './sizes.ts';

/** Positions from a graph that ELK has laid out, or undefined if something is missing in it. */
export function readElkResult(model: DiagramModel, root: ElkNode): DiagramLayout | undefined {
  const boxes = new Map<string, Box>();
  const collect = (node: ElkNode, dx: number, dy: number): void => {
    const box = { x: dx + (node.x ?? 0), y: dy + (node.y ?? 0), width: node.width ?? 0, height: node.height ?? 0 };
    boxes.set(node.id, box);
    for (const child of node.children ?? []) collect(child, box.x, box.y);
  };
  collect(root, 0, 0);

  const edges = new Map((root.edges ?? []).map((e) => [e.id, e]));
  const nodes = model.nodes.map((node, i) => {
    const box = boxes.get(nodeKey(i));
    return box && { x: box.x, y: box.y, ...nodeSize(node, model) };
  });
  const frames = model.frames.map((_, i) => boxes.get(frameKey(i)));
  const routes = model.edges.map((_, i) => route(edges.get(edgeKey(i)), boxes));
  const all = <T>(list: readonly (T | undefined)[]): list is readonly T[] => list.every((x) => x !== undefined);
  if (!all(nodes) || !all(frames) || !all(routes)) return undefined;
  return { key: layoutKey(model), width: root.width ?? 0, height: root.height ?? 0, nodes, frames, edges: routes };
}

/** Sections and labels of an edge are relative to its `container`, the lowest common frame of its ends. */
function route(edge: ElkExtendedEdge | undefined, boxes: ReadonlyMap<string, Box>): EdgeRoute | undefined {
  const section = edge?.sections?.[0];
  if (!edge || !section) return undefined;
  const origin = boxes.get(edge.container ?? 'root') ?? { x: 0, y: 0 };
  const shift = (p: Point): Point => ({ x: p.x + origin.x, y: p.y + origin.y });
  const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(shift);
  const label = edge.labels?.[0];
  if (label === undefined) return { points };
  const at = shift({ x: label.x ?? 0, y: label.y ?? 0 });
  return { points, label: { ...at, width: label.width ?? 0, height: label.height ?? 0 } };
}

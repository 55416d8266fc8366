import type { DiagramModel } from '../model/diagram-model.ts';
import { labelSize, nodeSize } from './sizes.ts';

/**
 * What a layout depends on: sizes, nesting and connections, no names, numbers or findings. Two models with the same key have the
 * same layout, so a change of traffic, theme or overlay redraws without moving a box.
 */
export function layoutKey(model: DiagramModel): string {
  const nodeIndex = new Map(model.nodes.map((n, i) => [n.id, i]));
  const frameIndex = new Map(model.frames.map((f, i) => [f.id, i]));
  const at = (index: Map<string, number>, id: string | undefined) => (id === undefined ? -1 : (index.get(id) ?? -1));
  return JSON.stringify([
    model.nodes.map((n) => {
      const { width, height } = nodeSize(n, model);
      return [width, height, n.stacked ? 1 : 0, at(frameIndex, n.frame)];
    }),
    model.frames.map((f) => at(frameIndex, f.parent)),
    model.edges.map((e) => {
      const label = labelSize(e);
      return [at(nodeIndex, e.from), at(nodeIndex, e.to), label?.width ?? 0, label?.height ?? 0];
    }),
  ]);
}

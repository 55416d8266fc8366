import { type DiagramLayout, type DiagramModel, layoutDiagram, placeSimply } from '@sysd/diagram';
import { bundledElk } from '@sysd/diagram/elk';

/** Boxes beyond which a layout takes minutes. Designs with groups collapse long before. */
const MOST_BOXES = 400;

/** Lays a diagram out; a very large one in a plain grid, which says so. */
export async function layoutOverview(model: DiagramModel): Promise<DiagramLayout> {
  if (model.nodes.length <= MOST_BOXES) return layoutDiagram(model, { elk: bundledElk() });
  return placeSimply(model, `a layout of ${model.nodes.length} boxes takes too long; groups in the design would be drawn as one box each`);
}

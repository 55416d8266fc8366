import type { DiagramModel } from '../model/diagram-model.ts';
import { type ElkGraph, elkGraph } from './elk-graph.ts';
import { readElkResult } from './elk-result.ts';
import type { DiagramLayout } from './layout-result.ts';
import { placeSimply } from './place-simply.ts';
import { layoutCost } from './score.ts';

/** The layout engine, injected by the host: in this thread, or in a worker with a deadline (its promise then rejects). */
export interface LayoutEngine {
  layout(graph: ElkGraph): Promise<ElkGraph>;
}

export interface LayoutOptions {
  readonly elk: LayoutEngine;
  /** Random seeds to try; the cheapest result is kept, ties to the earliest. Default: 1 to 4, fewer for large models. */
  readonly seeds?: readonly number[];
}

/** A layout of 60 boxes takes about a second per seed; above 40 one seed keeps an edit's redraw bearable. */
export function defaultSeeds(model: DiagramModel): readonly number[] {
  return model.nodes.length > 40 ? [1] : model.nodes.length > 20 ? [1, 2] : [1, 2, 3, 4];
}

/** Lays a model out. Never rejects: if the engine fails for every seed, the boxes stand in a plain grid and `simple` says why. */
export async function layoutDiagram(model: DiagramModel, options: LayoutOptions): Promise<DiagramLayout> {
  if (model.nodes.length === 0) return placeSimply(model);
  let best: DiagramLayout | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  let failure = 'the layout engine gave no result';
  for (const seed of options.seeds ?? defaultSeeds(model)) {
    try {
      const layout = readElkResult(model, await options.elk.layout(elkGraph(model, seed)));
      const cost = layout === undefined ? Number.POSITIVE_INFINITY : layoutCost(layout);
      if (layout !== undefined && cost < bestCost) {
        best = layout;
        bestCost = cost;
      }
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
      break;
    }
  }
  return best ?? placeSimply(model, failure);
}

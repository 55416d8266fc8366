import {
  type DiagramLayout,
  type DiagramModel,
  type DrawingPieces,
  layoutDiagram,
  layoutKey,
  type Overlay,
  overview,
  type RenderOptions,
  renderPieces,
  renderSvg,
  type Theme,
} from '@sysd/diagram';
import type { Assessment } from '../../assess.ts';
import type { Evaluated } from './evaluated.ts';
import type { WorkerEngine } from './layout-engine.ts';

/** A layout of at most so many milliseconds; then the last drawing stays, or the boxes stand in a plain grid. */
const DEADLINE = 10_000;
/** Layouts kept: enough for going back and forth in a few designs. */
const MOST = 50;

/** Layouts by key, so that an edit that moves no box costs no layout. */
export interface Drawings {
  layout(model: DiagramModel): Promise<DiagramLayout>;
}

export function drawings(engine: WorkerEngine): Drawings {
  const kept = new Map<string, Promise<DiagramLayout>>();
  return {
    layout(model) {
      const key = layoutKey(model);
      const known = kept.get(key);
      if (known) return known;
      const made = layoutDiagram(model, { elk: engine.within(DEADLINE) });
      kept.set(key, made);
      if (kept.size > MOST) kept.delete(kept.keys().next().value as string);
      // What failed is tried again the next time.
      made.then((layout) => {
        if (layout.simple !== undefined) kept.delete(key);
      });
      return made;
    },
  };
}

/** Diagram of a design with its loads and findings. */
export function modelOf({ design, analysis: { traffic }, findings }: Assessment): DiagramModel {
  return overview(design, { traffic, findings });
}

/** The same diagram as it is asked about: boxes and lines are those of the design as it stands, loads those of what is left, at its traffic. */
export function evaluatedModelOf({ asked, overlay, traffic }: Evaluated, { findings }: Assessment): DiagramModel {
  return overview(asked.design, { traffic, findings, ...(overlay ? { failures: overlay } : {}) });
}

/** The drawing for the preview's page, which brings the style sheet. */
export function previewSvg(model: DiagramModel, layout: DiagramLayout, overlay: Overlay): string {
  return renderSvg(model, layout, forPage(overlay));
}

/** The same in pieces, to tell what another one changes of it. */
export function previewPieces(model: DiagramModel, layout: DiagramLayout, overlay: Overlay): DrawingPieces {
  return renderPieces(model, layout, forPage(overlay));
}

const forPage = (overlay: Overlay): RenderOptions => ({ theme: 'css', overlay, interactive: true });

/** The drawing as a file of its own. */
export function fileSvg(model: DiagramModel, layout: DiagramLayout, overlay: Overlay, theme: Theme): string {
  return renderSvg(model, layout, { theme, overlay });
}

import type { DiagramLayout } from '../layout/layout-result.ts';
import type { DiagramModel } from '../model/diagram-model.ts';

export type Overlay = 'none' | 'load';

/** What every part of the drawing needs to know. */
export interface Scene {
  readonly model: DiagramModel;
  readonly layout: DiagramLayout;
  readonly overlay: Overlay;
  /** Something has failed: cards are neutral and red says what fails. */
  readonly failing: boolean;
  /** Prefix of every id in the drawing. */
  readonly prefix: string;
  /** Focusable, with hit areas and texts for far zoom. */
  readonly interactive: boolean;
}

/** Depth of frames from 1, by index; 0 for a frame that names itself or a loop as its parent does not occur. */
export function frameDepths(model: DiagramModel): readonly number[] {
  const byId = new Map(model.frames.map((f) => [f.id, f]));
  return model.frames.map((frame) => {
    const seen = new Set<string>();
    for (let f: typeof frame | undefined = frame; f && !seen.has(f.id); f = f.parent === undefined ? undefined : byId.get(f.parent))
      seen.add(f.id);
    return seen.size;
  });
}

/** Class of a patch in the colour of a frame of that depth (0: the canvas). */
export const surfaceClass = (depth: number): string => (depth === 0 ? 'on0' : depth % 2 === 1 ? 'on1' : 'on2');

import type { DiagramLayout, DrawingPieces, Overlay } from '@sysd/diagram';
import type { Assessment } from '../../assess.ts';
import type { DesignState } from '../session/design-state.ts';
import { previewPieces } from './drawings.ts';
import type { Evaluated } from './evaluated.ts';

/** A drawing that a page has, as far as it is needed to change parts of it. */
export interface GivenDrawing {
  readonly id: number;
  readonly state: DesignState;
  /** The design in its scenario, or as designed. */
  readonly assessment: Assessment;
  readonly layout: DiagramLayout;
  readonly overlay: Overlay;
  readonly evaluated: Evaluated;
  readonly pieces: () => DrawingPieces;
}

/** So many pages are open at most that want parts changed; others ask for the whole again. */
const MOST_GIVEN = 8;

/** Drawings that pages have, by id. */
export function givenDrawings() {
  const given = new Map<number, GivenDrawing>();
  let count = 0;
  return {
    /** Those of older texts of the same design are forgotten: nobody changes parts of them any more, and they hold the whole design. */
    add(drawing: Omit<GivenDrawing, 'id'>): number {
      const id = ++count;
      const { state } = drawing;
      for (const [older, other] of given) if (other.state.root === state.root && other.state !== state) given.delete(older);
      given.set(id, { ...drawing, id });
      if (given.size > MOST_GIVEN) given.delete(given.keys().next().value as number);
      return id;
    },
    get: (id: unknown): GivenDrawing | undefined => (typeof id === 'number' ? given.get(id) : undefined),
  };
}

/** The parts in which a drawing differs from the one that is given; undefined where it differs in more than parts. */
export function changedParts(
  given: GivenDrawing,
  model: Parameters<typeof previewPieces>[0],
): { parts: string[]; label: string } | undefined {
  const [before, now] = [given.pieces(), previewPieces(model, given.layout, given.overlay)];
  if (now.rest !== before.rest || now.pieces.size !== before.pieces.size) return undefined;
  const parts: string[] = [];
  for (const [key, piece] of now.pieces) {
    const old = before.pieces.get(key);
    if (old === undefined) return undefined;
    if (old !== piece) parts.push(piece);
  }
  return { parts, label: now.label };
}

import {
  type Connection,
  DerivedMap,
  type ElementId,
  GatheredMap,
  keepPieces,
  type Pieces,
  type RecordedDesign,
  type RecordedMap,
  type Recorder,
} from '@sysd/core';

/** Ids of connections by the component at one end, in text order. Reading it is recorded. */
export interface ConnectionEnds {
  /** Those between components that are there. */
  readonly into: RecordedMap<readonly ElementId[]>;
  readonly outOf: RecordedMap<readonly ElementId[]>;
}

const NONE: Pieces<ElementId> = new Map();

/** The ends of the versions of a design. Call `update` when the design has been updated. */
export function connectionEnds(recorder: Recorder, design: RecordedDesign): { readonly ends: ConnectionEnds; readonly update: () => void } {
  const targets = new DerivedMap<Pieces<ElementId>>(recorder, keepPieces);
  const sources = new DerivedMap<Pieces<ElementId>>(recorder, keepPieces);
  const into = new GatheredMap(recorder, targets);
  const outOf = new GatheredMap(recorder, sources);
  // A name may be declared with a kind that there is not: then connections lead to it, and there is no such component.
  const at = (id: ElementId, end: 'from' | 'to'): Pieces<ElementId> => {
    const connection = design.connections.get(id) as Connection;
    const { from, to } = connection;
    return design.components.has(from) && design.components.has(to) ? new Map([[connection[end], [id]]]) : NONE;
  };
  const update = (): void => {
    targets.update(design.connections.ids, (id) => at(id, 'to'));
    sources.update(design.connections.ids, (id) => at(id, 'from'));
    into.gather();
    outOf.gather();
  };
  return { ends: { into, outOf }, update };
}

import { type Design, findQuery, findTable, type Span } from '@sysd/core';
import type { DesignState } from '../session/design-state.ts';
import { openBlocks } from '../text/blocks.ts';
import { firstFrom } from '../text/lex.ts';
import { type Snapshot, tokensOf } from '../text/snapshot.ts';
import type { Locator } from './inlay-hints.ts';

/** Where an element of a drawing is declared: its name, or the statement or step that makes a connection. */
export function spanOfElement(design: Design, id: string): Span | undefined {
  const named = design.components.get(id) ?? design.places.get(id) ?? design.groups.get(id) ?? design.flows.get(id);
  return named?.nameSpan ?? design.connections.get(id)?.span ?? findTable(design, id)?.nameSpan ?? findQuery(design, id)?.nameSpan;
}

/**
 * The element of the drawing that an offset of the newest text is in: the name under the cursor, else the step, else the declaration around
 * it. `locator` says where spans of `state`, the design that is drawn, stand in the newest text; `newest` what its names mean.
 */
export function elementAt(
  snapshot: Snapshot,
  state: DesignState,
  newest: DesignState,
  locator: Locator,
  offset: number,
): string | undefined {
  const { design } = state;
  const drawn = (id: string): string | undefined => {
    if (design.components.has(id) || design.groups.has(id) || design.places.has(id)) return id;
    const store = id.slice(0, id.lastIndexOf('.'));
    return design.components.has(store) ? store : undefined;
  };
  const contains = (span: Span): boolean => {
    const at = locator(span);
    return at?.uri === snapshot.uri && at.start <= offset && offset <= at.end;
  };
  for (const one of newest.symbols.in(snapshot.uri)) {
    if (offset < one.start || offset > one.end) continue;
    const id = drawn(one.element);
    if (id !== undefined) return id;
  }
  for (const flow of design.flows.values()) {
    if (!contains(flow.span)) continue;
    const inLine = flow.hops.filter((h) => contains(h.lineSpan));
    const hop = inLine.find((h) => contains(h.span)) ?? inLine[0];
    if (!hop) return undefined;
    const from = flow.stops[hop.from]?.component;
    const to = flow.stops[hop.to[0]?.stop ?? -1]?.component;
    return from === undefined || to === undefined ? undefined : `${from}->${to}`;
  }
  for (const connection of design.connections.values()) if (connection.declared && contains(connection.span)) return connection.id;
  const { tokens } = tokensOf(snapshot);
  for (const block of openBlocks(tokens, firstFrom(tokens, offset)).reverse()) {
    const id = block.name === undefined ? undefined : drawn(block.name);
    if (id !== undefined) return id;
  }
  return [...design.components.values()].find((c) => contains(c.span))?.id;
}

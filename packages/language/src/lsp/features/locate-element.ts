import { type Design, findQuery, findTable, type Span } from '@sysd/core';
import type { DesignState } from '../session/design-state.ts';
import { tokensAt } from '../text/block-tokens.ts';
import { openBlocks, statementStart } from '../text/blocks.ts';
import { firstFrom, typeOf } from '../text/lex.ts';
import { blocksOf, type Snapshot } from '../text/snapshot.ts';
import { declaredBetween } from './declared-between.ts';
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
  const named = newest.symbols.at(snapshot.uri, offset);
  const id = named && drawn(named.element);
  if (id !== undefined) return id;
  const declared = declaredBetween(blocksOf(snapshot), design, offset, offset);
  for (const flow of declared.flows) {
    if (!contains(flow.span)) continue;
    const inLine = flow.hops.filter((h) => contains(h.lineSpan));
    const hop = inLine.find((h) => contains(h.span)) ?? inLine[0];
    if (!hop) return undefined;
    const from = flow.stops[hop.from]?.component;
    const to = flow.stops[hop.to[0]?.stop ?? -1]?.component;
    return from === undefined || to === undefined ? undefined : `${from}->${to}`;
  }
  const { tokens, within } = tokensAt(blocksOf(snapshot), offset);
  const count = firstFrom(tokens, within);
  const open = openBlocks(tokens, count);
  const statement = open[0]?.header ?? tokens.slice(statementStart(tokens, count)).slice(0, 3);
  const [source, arrow, target] = statement;
  const connection = arrow && typeOf(arrow) === 'ARROW' ? design.connections.get(`${source?.image}->${target?.image}`) : undefined;
  if (connection?.declared && contains(connection.span)) return connection.id;
  for (const block of open.reverse()) {
    const name = block.name === undefined ? undefined : drawn(block.name);
    if (name !== undefined) return name;
  }
  return declared.components.find((c) => contains(c.span))?.id;
}

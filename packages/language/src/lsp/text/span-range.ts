import type { Span } from '@sysd/core';
import type { Range } from 'vscode-languageserver';
import { Place } from '../../parser/place.ts';
import { positionAt } from './partition.ts';

/** Where a span stands in its block, whose text never changes. */
interface InBlock {
  readonly block: Place;
  readonly start: number;
  /** Lines counted from the first one of the block. */
  readonly range: Range;
}

const known = new WeakMap<Span, InBlock>();

/**
 * Range of a span of which the text is part of the newest version of its file; undefined for others. A block begins a line, so only its
 * line changes while the text around it does: nothing is looked for.
 */
export function rangeOfSpan(span: Span): Range | undefined {
  const { block: place } = span;
  if (!(place instanceof Place) || !place.alive) return undefined;
  const { block, line } = place;
  const start = place.offset - block.offset + span.start;
  let found = known.get(span);
  if (found?.block !== block || found.start !== start) {
    const only = [{ block: { text: block.text, lines: 0 }, offset: 0, line: 0 }];
    found = { block, start, range: { start: positionAt(only, start), end: positionAt(only, start + span.end - span.start) } };
    known.set(span, found);
  }
  return { start: below(found.range.start, line), end: below(found.range.end, line) };
}

const below = (at: Range['start'], lines: number): Range['start'] => ({ line: at.line + lines, character: at.character });

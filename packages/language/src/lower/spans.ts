import type { Span } from '@sysd/core';
import type { AstNode } from 'langium';
import { type BinaryExpression, isBinaryExpression, type Phrase, type Relation, type Text } from '../generated/ast.ts';
import { marksOf } from '../parser/marks.ts';
import { placeOf } from '../project/source-file.ts';

export interface Offsets {
  readonly start: number;
  readonly end: number;
}

/** Any expression of the grammar: the infix rule gives its operand where there is no operator. */
export type Expression = BinaryExpression | BinaryExpression['left'];

/** Terms of a phrase, with the type that they have. */
export function phraseTerms(phrase: Phrase | undefined): readonly (Expression | Text | Relation)[] {
  return phrase?.terms ?? [];
}

/** Offsets of a node in its block. The parts of an infix expression have those of their operands. */
export function offsetsOf(node: AstNode): Offsets {
  if (isBinaryExpression(node) && node.left && node.right) {
    return { start: offsetsOf(node.left).start, end: offsetsOf(node.right).end };
  }
  const marks = marksOf(node);
  return marks && marks.start >= 0 ? marks : NOWHERE;
}

const NOWHERE: Offsets = { start: 0, end: 0 };

/** Span of offsets in the block of `node`. */
export function spanIn(node: AstNode, offsets: Offsets): Span {
  return { block: placeOf(node), start: offsets.start, end: offsets.end };
}

// Spans are relative to their block, so they hold as long as the tree does, over versions of a file.
export function spanOfNode(node: AstNode): Span {
  const marks = marksOf(node);
  return marks && !isBinaryExpression(node) ? marks.whole() : spanIn(node, offsetsOf(node));
}

/** Span of a feature of a node; of the whole node where the feature was not written. */
export function spanOfFeature(node: AstNode, feature: string, index = 0): Span {
  return marksOf(node)?.feature(feature, index) ?? spanOfNode(node);
}

/** Source text of offsets in the block of `node`. */
export function sourceText(node: AstNode, { start, end }: Offsets): string {
  return placeOf(node).text.slice(start, end);
}

/** The `///` lines right above a declaration, without their slashes; undefined where there are none. A function of its block's text. */
export function docOf(node: AstNode): string | undefined {
  return docAbove(placeOf(node).text, offsetsOf(node).start);
}

function docAbove(text: string, offset: number): string | undefined {
  // Only blanks may stand before the declaration on its own line.
  let end = offset - 1;
  while (end >= 0 && text[end] !== '\n' && text[end]!.trim() === '') end--;
  if (end < 0 || text[end] !== '\n') return undefined;
  const lines: string[] = [];
  while (end > 0) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end).trim();
    if (!line.startsWith('///')) break;
    lines.unshift(line.slice(3).replace(/^ /, ''));
    end = start - 1;
  }
  return lines.length > 0 ? lines.join('\n') : undefined;
}

import type { SourceBlock, Span } from '@sysd/core';
import { type AstNode, type CstNode, GrammarUtils } from 'langium';
import { type BinaryExpression, type Document, isBinaryExpression, type Phrase, type Relation, type Text } from '../generated/ast.ts';
import type { SourceFile } from '../project/source-file.ts';

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

/** Absolute offsets of a node. Nested parts of an infix expression share one concrete node: theirs are those of their operands. */
export function offsetsOf(node: AstNode): Offsets {
  if (isBinaryExpression(node) && node.left && node.right) {
    return { start: offsetsOf(node.left).start, end: offsetsOf(node.right).end };
  }
  const cst = node.$cstNode;
  return cst ? { start: cst.offset, end: cst.end } : { start: 0, end: 0 };
}

/** The file that a node was parsed from. */
export type FileOf = (node: AstNode) => SourceFile;

/** The concrete node of a feature (`name`), the index-th where there are several; undefined where it was not written. */
export function tokenOf(node: AstNode, feature: string, index?: number): CstNode | undefined {
  return GrammarUtils.findNodeForProperty(node.$cstNode, feature, index);
}

function topLevel(node: AstNode): AstNode {
  let at = node;
  while (at.$container && at.$container.$type !== ('Document' satisfies Document['$type'])) at = at.$container;
  return at;
}

/** Span of absolute offsets in the top-level statement of `node`. */
export function spanIn(file: SourceFile, node: AstNode, offsets: Offsets): Span {
  const block: SourceBlock = file.blocks.get(topLevel(node)) ?? { uri: file.uri, offset: 0 };
  return { block, start: offsets.start - block.offset, end: offsets.end - block.offset };
}

export function spanOfNode(file: SourceFile, node: AstNode): Span {
  return spanIn(file, node, offsetsOf(node));
}

/** Span of a feature of a node; of the whole node where the feature was not written. */
export function spanOfFeature(file: SourceFile, node: AstNode, feature: string, index?: number): Span {
  const token = tokenOf(node, feature, index);
  return token ? spanIn(file, node, { start: token.offset, end: token.end }) : spanOfNode(file, node);
}

/** The `///` lines right above an offset, without their slashes; undefined where there are none. */
export function docAbove(text: string, offset: number): string | undefined {
  const lines: string[] = [];
  let end = text.lastIndexOf('\n', offset - 1);
  // Only blanks may stand before the declaration on its own line.
  if (text.slice(end + 1, offset).trim() !== '') return undefined;
  while (end > 0) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end).trim();
    if (!line.startsWith('///')) break;
    lines.unshift(line.slice(3).replace(/^ /, ''));
    end = start - 1;
  }
  return lines.length > 0 ? lines.join('\n') : undefined;
}

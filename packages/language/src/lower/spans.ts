import type { Span } from '@sysd/core';
import { type AstNode, type CstNode, GrammarUtils } from 'langium';
import { type BinaryExpression, isBinaryExpression, type Phrase, type Relation, type Text } from '../generated/ast.ts';
import { blockOf } from '../project/source-file.ts';

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

/** Offsets of a node in its block. Nested parts of an infix expression share one concrete node: theirs are those of their operands. */
export function offsetsOf(node: AstNode): Offsets {
  if (isBinaryExpression(node) && node.left && node.right) {
    return { start: offsetsOf(node.left).start, end: offsetsOf(node.right).end };
  }
  const cst = node.$cstNode;
  return cst ? { start: cst.offset, end: cst.end } : { start: 0, end: 0 };
}

/** The concrete node of a feature (`name`), the index-th where there are several; undefined where it was not written. */
function tokenOf(node: AstNode, feature: string, index?: number): CstNode | undefined {
  return GrammarUtils.findNodeForProperty(node.$cstNode, feature, index);
}

/** Span of offsets in the block of `node`. */
export function spanIn(node: AstNode, offsets: Offsets): Span {
  return { block: blockOf(node).source, start: offsets.start, end: offsets.end };
}

// Spans are relative to their block, so they hold as long as the tree does, over versions of a file.
const nodeSpans = new WeakMap<AstNode, Span>();
const featureSpans = new WeakMap<AstNode, Map<string, Span>>();

export function spanOfNode(node: AstNode): Span {
  let span = nodeSpans.get(node);
  if (!span) {
    span = spanIn(node, offsetsOf(node));
    nodeSpans.set(node, span);
  }
  return span;
}

/** Span of a feature of a node; of the whole node where the feature was not written. */
export function spanOfFeature(node: AstNode, feature: string, index = 0): Span {
  let spans = featureSpans.get(node);
  if (!spans) {
    spans = new Map();
    featureSpans.set(node, spans);
  }
  const key = index === 0 ? feature : `${feature} ${index}`;
  let span = spans.get(key);
  if (!span) {
    const token = tokenOf(node, feature, index);
    span = token ? spanIn(node, { start: token.offset, end: token.end }) : spanOfNode(node);
    spans.set(key, span);
  }
  return span;
}

/** Source text of offsets in the block of `node`. */
export function sourceText(node: AstNode, { start, end }: Offsets): string {
  return blockOf(node).text.slice(start, end);
}

/** The documentation above a declaration in its file. */
export function docOf(node: AstNode): string | undefined {
  return docAbove(blockOf(node).text, offsetsOf(node).start);
}

/** The `///` lines right above an offset, without their slashes; undefined where there are none. */
function docAbove(text: string, offset: number): string | undefined {
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

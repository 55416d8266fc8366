import type { Span } from '@sysd/core';
import { type AstNode, isAstNode } from 'langium';
import { spanOfFeature, spanOfNode } from '../../src/lower/spans.ts';
import { itemsOf, type SourceFile } from '../../src/project/source-file.ts';

/** A syntax tree as plain data: types, values, and where each node and each feature stands. */
export type Tree = { readonly type: string; readonly span: Span; readonly inside: boolean; readonly features: readonly Feature[] };
type Feature = { readonly name: string; readonly span: Span; readonly value: unknown };

export function treesOf(file: SourceFile): Tree[] {
  return itemsOf(file).map((item) => treeOf(item, item.$container));
}

/** `inside`: the node says that it lies in the one that it was reached from. */
function treeOf(node: AstNode, container: AstNode | undefined): Tree {
  const features: Feature[] = [];
  for (const [name, value] of Object.entries(node)) {
    if (name.startsWith('$') || value === undefined) continue;
    const values: unknown[] = Array.isArray(value) ? value : [value];
    values.forEach((one, i) => {
      features.push({ name, span: spanOfFeature(node, name, i), value: isAstNode(one) ? treeOf(one, node) : one });
    });
  }
  return { type: node.$type, span: spanOfNode(node), inside: node.$container === container, features };
}

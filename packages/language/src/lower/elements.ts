import type { ElementId, Span } from '@sysd/core';
import type { AstNode } from 'langium';
import { type At, spanOf, spanOfPart } from './context.ts';
import { docOf } from './spans.ts';

/** What every element of a design has. */
export interface ElementParts {
  readonly id: ElementId;
  readonly title?: string;
  readonly doc?: string;
  readonly span: Span;
  readonly nameSpan: Span;
}

export function elementParts(at: At<AstNode & { name?: string; title?: string }>, id: ElementId): ElementParts {
  const title = at.node.title;
  const doc = docOf(at.node);
  return {
    id,
    ...(title === undefined ? {} : { title }),
    ...(doc === undefined ? {} : { doc }),
    span: spanOf(at.node),
    nameSpan: spanOfPart(at.node, 'name'),
  };
}

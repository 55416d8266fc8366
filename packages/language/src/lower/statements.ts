import type { AstNode } from 'langium';
import { type Body, type Item, isOrphan, type Orphan } from '../generated/ast.ts';

/**
 * Items of a body. A body whose header was broken (`service a typo {`) is parsed as an orphan behind its statement: `bodyOf` gives it
 * back to that statement.
 */
export function bodyOf(node: AstNode & { body?: Body }): readonly Item[] {
  return (node.body ?? adopted(node)?.body)?.items ?? [];
}

/** Whether the declaration has a body. */
export function hasBody(node: AstNode & { body?: Body }): boolean {
  return node.body !== undefined || adopted(node) !== undefined;
}

export function adopted(node: AstNode): Orphan | undefined {
  const siblings = (node.$container as { items?: Item[] } | undefined)?.items;
  const next = siblings?.[(node.$containerIndex ?? 0) + 1];
  return next && isOrphan(next) ? next : undefined;
}

/** Whether an orphan belongs to the statement before it. */
export function isAdopted(orphan: Orphan): boolean {
  return (orphan.$containerIndex ?? 0) > 0;
}

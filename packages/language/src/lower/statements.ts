import { isKind } from '@sysd/core';
import type { AstNode } from 'langium';
import {
  type Body,
  type Component,
  type Group,
  type Item,
  isComponent,
  isFlow,
  isGroup,
  isLet,
  isOrphan,
  isPlace,
  isStep,
  isTechnology,
  type Orphan,
} from '../generated/ast.ts';
import { itemsOf, type SourceFile } from '../project/source-file.ts';

/** A declaration or connection with where it stands. */
export interface Placed<T extends AstNode = Item> {
  readonly node: T;
  readonly file: SourceFile;
  readonly group?: Group;
  /** Declaration that it stands in although it does not belong there. */
  readonly misplacedIn?: Item;
}

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

function adopted(node: AstNode): Orphan | undefined {
  const siblings = (node.$container as { items?: Item[] } | undefined)?.items;
  const next = siblings?.[(node.$containerIndex ?? 0) + 1];
  return next && isOrphan(next) ? next : undefined;
}

/** Whether an orphan belongs to the statement before it. */
export function isAdopted(orphan: Orphan): boolean {
  return (orphan.$containerIndex ?? 0) > 0;
}

/** What is a declaration wherever it stands. In a flow `api orders` is rather a step without its arrow. */
const HOISTED = (item: Item): boolean =>
  (isComponent(item) && isKind(item.kind)) || isGroup(item) || isFlow(item) || isPlace(item) || isTechnology(item) || isLet(item);

/** Every declaration and top-level statement of the files, groups opened, in text order. */
export function statementsOf(files: readonly SourceFile[]): Placed[] {
  const out: Placed[] = [];
  /** Orphans whose statements have been visited as those of the statement that they belong to. */
  const seen = new Set<Item>();
  const visit = (item: Item, file: SourceFile, group: Group | undefined, misplacedIn: Item | undefined): void => {
    out.push({ node: item, file, ...(group ? { group } : {}), ...(misplacedIn ? { misplacedIn } : {}) });
    if (seen.has(item) || !(isGroup(item) || isComponent(item) || 'body' in item)) return;
    const orphan = item.body ? undefined : adopted(item);
    if (orphan) seen.add(orphan);
    for (const child of bodyOf(item as Component)) {
      if (isGroup(item) && (HOISTED(child) || isComponent(child) || isStep(child))) visit(child, file, item, undefined);
      else if (HOISTED(child)) visit(child, file, group, item);
    }
  };
  for (const file of files) for (const item of itemsOf(file)) visit(item, file, undefined, undefined);
  return out;
}

import { isKind } from '@sysd/core';
import type { AstNode } from 'langium';
import {
  type Component,
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
import { createSink, type FileRef, type Sink } from './context.ts';
import { type Declaration, declarationsOf } from './declarations.ts';
import { adopted, bodyOf, isAdopted } from './statements.ts';

/** Where a declaration or statement stands. */
export interface Standing {
  readonly file: FileRef;
  /** Name of the group whose body it stands in. */
  readonly group?: string;
  /** Type of the declaration that it stands in although it does not belong there. */
  readonly misplacedIn?: Item['$type'];
  /** At the top level of its file. */
  readonly top: boolean;
}

/**
 * A declaration, connection or other statement: what is lowered as a whole, and again only when its text has changed or what it asked of
 * others. The same object as long as its node and its standing are the same.
 */
export interface Unit<T extends AstNode = Item> extends Standing {
  readonly node: T;
  readonly declares: readonly Declaration[];
  /** A body behind its broken header, which is parsed apart from it. */
  readonly orphan: Orphan | undefined;
  /** It is such a body itself. */
  readonly isAdopted: boolean;
  /** Errors of its names themselves, such as a path. */
  readonly misnamed: Sink['diagnostics'];
  /** Place in the text order of the design. Renewed with every version. */
  order: number;
  sink: Sink;
  /** What it was lowered to; its type follows from that of the node. */
  result: unknown;
}

/** What is a declaration wherever it stands. In a flow `api orders` is rather a step without its arrow. */
const HOISTED = (item: Item): boolean =>
  (isComponent(item) && isKind(item.kind)) || isGroup(item) || isFlow(item) || isPlace(item) || isTechnology(item) || isLet(item);

/**
 * Every declaration and top-level statement among the items of a block, groups opened, in text order.
 * @param known the unit that a node had before, so that it goes on to be the same where it stands as it did
 */
export function unitsOf(items: readonly Item[], file: FileRef, known: (node: Item) => Unit | undefined): Unit[] {
  const units: Unit[] = [];
  /** Orphans whose statements have been visited as those of the statement that they belong to. */
  const seen = new Set<Item>();
  const visit = (node: Item, standing: Standing): void => {
    units.push(unitOf(node, standing, known(node)));
    if (seen.has(node) || !(isGroup(node) || isComponent(node) || 'body' in node)) return;
    const orphan = node.body ? undefined : adopted(node);
    if (orphan) seen.add(orphan);
    for (const child of bodyOf(node as Component)) {
      // The region says how its zones are written.
      if (isPlace(node) && isPlace(child)) continue;
      if (isGroup(node) && (HOISTED(child) || isComponent(child) || isStep(child))) {
        visit(child, { file, top: false, ...(node.name === undefined ? {} : { group: node.name }) });
      } else if (HOISTED(child)) {
        visit(child, { file, top: false, misplacedIn: node.$type, ...(standing.group === undefined ? {} : { group: standing.group }) });
      }
    }
  };
  for (const item of items) visit(item, { file, top: true });
  return units;
}

/** What a unit has said and asked before it is lowered for the first time: then it has a sink of its own. */
const UNSAID = createSink();
const SILENT = createSink(true);

function unitOf(node: Item, standing: Standing, known: Unit | undefined): Unit {
  const isOwned = isOrphan(node) && isAdopted(node);
  const orphan = 'body' in node && node.body ? undefined : adopted(node);
  const same =
    known?.file === standing.file &&
    known.orphan === orphan &&
    known.isAdopted === isOwned &&
    known.group === standing.group &&
    known.misplacedIn === standing.misplacedIn &&
    known.top === standing.top;
  if (known && same) return known;
  const { declares, misnamed } = declarationsOf({ node, file: standing.file });
  const unit: Unit = {
    ...standing,
    node,
    orphan,
    isAdopted: isOwned,
    declares,
    misnamed,
    order: 0,
    sink: standing.file.library ? SILENT : UNSAID,
    result: undefined,
  };
  for (const one of declares) one.unit = unit;
  return unit;
}

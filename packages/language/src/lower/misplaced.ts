import { type Item, isOrphan } from '../generated/ast.ts';
import type { SourceFile } from '../project/source-file.ts';
import { itemsOf } from '../project/source-file.ts';
import { type Context, spanOf, spanOfPart } from './context.ts';
import { bodyOf, isAdopted, type Placed } from './statements.ts';

const BELONGS: Readonly<Partial<Record<Item['$type'], string>>> = {
  Property: 'a property stands in the braces of a declaration',
  Table: 'a table stands in the braces of its store',
  Query: 'a query stands in the braces of its store',
  Join: 'join stands in the braces of a query',
  Where: 'where stands in the braces of a query',
  Scan: 'from stands in the braces of a query',
  Fail: 'fail stands in the braces of a scenario',
  Parallel: 'parallel stands in the braces of a flow',
  Else: 'else stands in the braces of a flow',
};

/** Reports statements at the top level, and in groups, regions and the system, that belong elsewhere; and declarations inside of others. */
export function checkPlaces(context: Context, statements: readonly Placed[], files: readonly SourceFile[]): void {
  for (const file of files) for (const item of itemsOf(file)) checkTop(context, item);
  for (const { node, misplacedIn } of statements) {
    if (misplacedIn && !KNOWS_ITS_BODY.has(misplacedIn.$type)) {
      context.report(
        'misplaced-statement',
        spanOfPart(node, 'name'),
        `this does not belong in a ${misplacedIn.$type.toLowerCase()}: put it outside of its braces (is a } missing above?)`,
      );
    }
    if (node.$type === 'Group') {
      for (const child of bodyOf(node)) {
        if (BELONGS[child.$type] && child.$type !== 'Property')
          context.report('misplaced-statement', spanOf(child), BELONGS[child.$type] ?? '');
      }
    } else if (node.$type === 'Place' || node.$type === 'System') {
      for (const child of bodyOf(node)) {
        if (child.$type === 'Property' && node.$type === 'Place') continue;
        if (BELONGS[child.$type] || child.$type === 'Step') {
          const what =
            node.$type === 'System'
              ? 'the system has no properties: what it consists of stands outside of its braces'
              : 'a place has properties only';
          context.report('misplaced-statement', spanOf(child), what);
        }
      }
    }
  }
}

/** Their own lowering reports what does not belong into them. */
const KNOWS_ITS_BODY: ReadonlySet<string> = new Set(['Component', 'Flow', 'Technology', 'Scenario', 'View']);

function checkTop(context: Context, item: Item): void {
  const where = BELONGS[item.$type];
  if (where)
    context.report(
      'misplaced-statement',
      item.$type === 'Property' ? spanOfPart(item, 'name') : spanOf(item),
      `${where}, not at the top level`,
    );
  else if (isOrphan(item) && !isAdopted(item)) context.report('syntax', spanOf(item), 'braces belong to a declaration: what is it?');
}

import { isKind, isProperty as isPropertyName } from '@sysd/core';
import {
  type Component,
  type Item,
  isComponent,
  isName,
  isOrphan,
  isPlace,
  isProperty,
  type Place,
  type Property,
  type System,
} from '../generated/ast.ts';
import { kindCalled } from '../parser/kind-names.ts';
import { placeOf } from '../project/source-file.ts';
import { type Context, removeFix, replaceFix, spanFrom, spanOf, spanOfPart } from './context.ts';
import { DRAWN, saidElsewhere } from './foreign-properties.ts';
import { offsetsOf, phraseTerms, sourceText } from './spans.ts';
import { adopted, bodyOf, isAdopted } from './statements.ts';
import type { Unit } from './units.ts';

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

/** Reports a statement at the top level, or in a group, region or the system, that belongs elsewhere; and a declaration inside of another. */
export function checkStanding(context: Context, { node, misplacedIn, top }: Unit): void {
  if (top) checkTop(context, node);
  if (misplacedIn !== undefined && !KNOWS_ITS_BODY.has(misplacedIn)) {
    const message = `this does not belong in a ${misplacedIn.toLowerCase()}: put it outside of its braces (is a } missing above?)`;
    context.report('misplaced-statement', spanOfPart(node, 'name'), message);
  }
  if (node.$type === 'Group') {
    for (const child of bodyOf(node)) {
      if (BELONGS[child.$type] && child.$type !== 'Property')
        context.report('misplaced-statement', spanOf(child), BELONGS[child.$type] ?? '');
    }
  } else if (node.$type === 'Place' || node.$type === 'System') {
    if (node.$type === 'Place') checkPlacesIn(context, node);
    for (const child of bodyOf(node)) {
      if (child.$type === 'Property' && node.$type === 'Place') continue;
      if (BELONGS[child.$type] || child.$type === 'Step') {
        const what =
          node.$type === 'System'
            ? 'the system has no properties: what it consists of stands outside of its braces'
            : 'a place has properties only';
        context.report('misplaced-statement', spanOf(child), what);
      } else if (isComponent(child) && !isKind(child.kind))
        context.report('misplaced-statement', spanOf(child), notADeclaration(node, child));
    }
  }
}

/** Two words in the braces of a place or the system, which read as a declaration of no kind. */
function notADeclaration(owner: Place | System, { kind, name }: Component): string {
  if (isPropertyName(kind)) return `a property is said with a colon: ${kind}: ${name}`;
  if (owner.$type === 'Place' && owner.kind === 'region') return `the zones of a region are one property: zones: ${kind}, ${name}`;
  return `this is no statement: ${owner.$type === 'Place' ? 'a place has properties only' : 'the system has no properties'}`;
}

/** `region us { zone a; zone b }`: zones as declarations, which are a property of their region. */
function checkPlacesIn(context: Context, node: Place): void {
  const body = bodyOf(node);
  const inner = body.filter(isPlace);
  const [first] = inner;
  if (!first) return;
  const region = inner.find((p) => p.kind === 'region');
  if (node.kind === 'zone' || region) {
    const message = node.kind === 'zone' ? 'a zone has no places in it' : 'a region has zones in it and no other region';
    context.report('misplaced-statement', spanOfPart(region ?? first, 'name'), `${message}: put this outside of its braces`);
    return;
  }
  const property = body.find((item) => isProperty(item) && item.name === 'zones') as Property | undefined;
  const before = (property?.values ?? []).flatMap(phraseTerms).flatMap((term) => (isName(term) ? term.name : []));
  const meant = `zones: ${[...before, ...inner.flatMap((p) => p.name ?? [])].join(', ')}`;
  const span = spanFrom(first, { start: offsetsOf(first).start, end: offsetsOf(inner.at(-1) as Place).end });
  // What a name or braces say besides would be lost, and what stands between two zones.
  const isPlain =
    inner.every((p) => placeOf(p) === placeOf(first) && p.name !== undefined && p.title === undefined && !p.body) &&
    body.indexOf(inner.at(-1) as Place) - body.indexOf(first) === inner.length - 1 &&
    property === undefined &&
    !sourceText(first, span).includes('//');
  const told = isPlain ? { fixes: [replaceFix(`Change to ${meant}`, span, meant)] } : {};
  context.report(
    'misplaced-statement',
    isPlain ? span : spanOfPart(first, 'name'),
    `the zones of a region are one property: ${meant}`,
    told,
  );
}

/** Their own lowering reports what does not belong into them. */
const KNOWS_ITS_BODY: ReadonlySet<string> = new Set(['Component', 'Flow', 'Technology', 'Scenario', 'View']);

/** `cart: service` and `service: cart`, as D2 and YAML write them. */
function meantDeclaration({ name, values }: Property): string | undefined {
  const [value] = phraseTerms(values[0]);
  if (/^(?:kind|type|name|id)$/.test(name) || values.length !== 1 || !value || !isName(value) || phraseTerms(values[0]).length > 1)
    return undefined;
  if (isKind(value.name) || value.name === 'system') return `${value.name} ${name}`;
  return isKind(name) || name === 'system' ? `${name} ${value.name}` : undefined;
}

/** `gateway: API Gateway` declares a box in D2: what that is here, where it can be told. */
function meantTitle(item: Property): string | undefined {
  const [first, ...more] = item.values;
  if (!first || more.length > 0 || isPropertyName(item.name) || /[.@]/.test(item.name)) return undefined;
  const title = sourceText(first, offsetsOf(first)).replaceAll('"', '').trim();
  return /^[A-Za-z][\w -]*$/.test(title) ? `${kindCalled(title) ?? kindCalled(item.name) ?? 'service'} ${item.name} "${title}"` : undefined;
}

/** `api.shape: cylinder`, as D2 styles a box. */
const isStyle = ({ name }: Property): boolean => name.includes('.') && saidElsewhere(name.slice(name.indexOf('.') + 1), '') === DRAWN;

function checkTop(context: Context, item: Item): void {
  const where = BELONGS[item.$type];
  const declaration = isProperty(item) ? meantDeclaration(item) : undefined;
  const title = isProperty(item) && !declaration ? meantTitle(item) : undefined;
  if (isProperty(item) && isStyle(item)) {
    const fixes = adopted(item) ? {} : { fixes: [removeFix(`Remove ${item.name}`, spanOf(item))] };
    context.report('misplaced-statement', spanOfPart(item, 'name'), `${DRAWN}: remove this`, fixes);
  } else if (title !== undefined && isProperty(item)) {
    const span = spanFrom(item, { start: offsetsOf(item).start, end: offsetsOf(item.values[0] as Property['values'][number]).end });
    const isTold = kindCalled(title.slice(title.indexOf('"'))) ?? kindCalled(item.name);
    context.report(
      'misplaced-statement',
      spanOfPart(item, 'name'),
      `a component begins with its kind, then has a name and perhaps a title: ${title}`,
      {
        ...(isTold ? { fixes: [replaceFix(`Change to ${title}`, span, title)] } : {}),
      },
    );
  } else if (declaration && isProperty(item)) {
    const { start, end } = { start: offsetsOf(item).start, end: offsetsOf(item.values[0] ?? item).end };
    const span = spanFrom(item, { start, end });
    context.report('misplaced-statement', span, `a declaration is its kind, then its name: write ${declaration}`, {
      fixes: [replaceFix(`Change to ${declaration}`, span, declaration)],
    });
  } else if (where)
    context.report(
      'misplaced-statement',
      item.$type === 'Property' ? spanOfPart(item, 'name') : spanOf(item),
      `${where}, not at the top level`,
    );
  else if (isOrphan(item) && !isAdopted(item)) context.report('syntax', spanOf(item), 'braces belong to a declaration: what is it?');
}

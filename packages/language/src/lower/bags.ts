import {
  aKind,
  isProperty as isPropertyName,
  type Kind,
  type Owner,
  type Property,
  type PropertyBag,
  type PropertyName,
  propertiesOf,
  propertySchema,
} from '@sysd/core';
import type { AstNode } from 'langium';
import type { Body, Component, Item, Property as PropertyNode } from '../generated/ast.ts';
import { type At, type Context, type FileRef, removeFix, replaceFix, spanOf, spanOfPart } from './context.ts';
import { belongsTo, DRAWN, saidElsewhere } from './foreign-properties.ts';
import type { DeclaredTechnology } from './names.ts';
import { meantProperty } from './property-names.ts';
import type { Scope } from './scope.ts';
import { offsetsOf, sourceText } from './spans.ts';
import { adopted, bodyOf } from './statements.ts';
import type { Values } from './values.ts';

/** Properties that may be written several times: an index each, an objective each, a distance each. */
const REPEATABLE: ReadonlySet<string> = new Set(['index', 'slo', 'round-trip']);

/** Properties by name of bodies with many items, which are asked for each of them. */
const cache = new WeakMap<Body, ReadonlyMap<PropertyName, readonly PropertyNode[]>>();
/** Fewer items are looked through each time: most bodies have a handful, and a table for each would cost more than it saves. */
const MANY = 16;
const NONE: readonly Item[] = [];

/** Property statements of a body by name, in text order. Unknown names are left out: `checkProperties` reports them. */
export function declaredProperties(node: AstNode & { body?: Body }): ReadonlyMap<PropertyName, readonly PropertyNode[]> {
  // A body behind a broken header is parsed apart from it.
  const body = node.body ?? adopted(node)?.body;
  const known = body && cache.get(body);
  if (known) return known;
  const found = new Map<PropertyName, PropertyNode[]>();
  for (const item of body?.items ?? NONE) {
    if (item.$type !== 'Property' || !isPropertyName(item.name)) continue;
    const same = found.get(item.name);
    if (same) same.push(item);
    else found.set(item.name, [item]);
  }
  if (body && body.items.length > MANY) cache.set(body, found);
  return found;
}

/** The statement of a body that gives a property its value: the last one. */
export function declaredProperty(node: AstNode & { body?: Body }, name: PropertyName): PropertyNode | undefined {
  const items = bodyOf(node);
  if (items.length > MANY) return declaredProperties(node).get(name)?.at(-1);
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i];
    if (item?.$type === 'Property' && item.name === name) return item;
  }
  return undefined;
}

/** The technology's fact about a property of a component: the author's own technology before the library's. One for other kinds says nothing. */
export function technologyProperty(
  scope: Scope,
  component: At<Component>,
  name: PropertyName,
): { readonly of: DeclaredTechnology; readonly statement: PropertyNode } | undefined {
  const technology = component.node.technology;
  if (technology === undefined || !isFor(name, [component.node.kind as Kind])) return undefined;
  for (const of of scope.technology(technology)) {
    if (!of.node.kinds.includes(component.node.kind)) continue;
    const statement = declaredProperty(of.node, name);
    if (statement) return { of, statement };
  }
  return undefined;
}

/** Names of the properties that a technology says something about. */
export function technologyProperties(scope: Scope, technology: string): Set<PropertyName> {
  const names = new Set<PropertyName>();
  for (const { node } of scope.technology(technology)) for (const name of declaredProperties(node).keys()) names.add(name);
  return names;
}

/** Whether one of the owners has the property: what nobody has is reported where it stands, and means nothing to others. */
export const isFor = (name: PropertyName, owners: readonly Owner[]): boolean =>
  (propertySchema(name).on as readonly Owner[]).some((o) => owners.includes(o));

/** What a property statement stands on, for the schema and for messages. */
export interface OwnerOf {
  readonly owners: readonly Owner[];
  /** In a sentence: `a database`, `a connection`. */
  readonly words: string;
}

/** Reports properties that the owner does not have, and those given twice. */
export function checkProperties(context: Context, node: AstNode & { body?: Body }, file: FileRef, owner: OwnerOf): void {
  const seen = new Map<string, At<PropertyNode>>();
  const isTwice = saysTwice(bodyOf(node), owner);
  for (const item of bodyOf(node)) {
    if (item.$type !== 'Property') continue;
    const at = { node: item, file };
    checkProperty(context, at, owner, item.name, isTwice);
    const before = seen.get(item.name);
    if (before && !REPEATABLE.has(item.name)) {
      context.report(
        'duplicate-name',
        spanOfPart(at.node, 'name'),
        `${item.name} is given twice; the last one counts: remove one of them`,
        {
          related: [{ span: spanOfPart(before.node, 'name'), message: `the first ${item.name}` }],
        },
      );
    }
    seen.set(item.name, at);
  }
}

/** `p99: 200 ms` in a flow. */
function meantObjective(node: PropertyNode): string | undefined {
  const [value] = node.values;
  if (!value || node.values.length > 1 || !/^(?:availability|p50|p95|p99|rto|rpo)$/.test(node.name)) return undefined;
  const bound = sourceText(node, offsetsOf(value)).replace(/^[<>=]+\s*/, '');
  return `slo: ${node.name} ${node.name === 'availability' ? '>=' : '<='} ${bound}`;
}

/** Whether a body says a property more than once, perhaps under another name. O(items) when it is asked first, then O(1). */
function saysTwice(items: readonly Item[], { owners }: OwnerOf): (name: PropertyName) => boolean {
  let counts: Map<PropertyName, number> | undefined;
  const count = (): Map<PropertyName, number> => {
    const own = [...new Set(owners.flatMap(propertiesOf))];
    const found = new Map<PropertyName, number>();
    for (const item of items) {
      if (item.$type !== 'Property') continue;
      const name = isPropertyName(item.name) ? item.name : meantProperty(item.name, owners, own)?.name;
      if (name !== undefined) found.set(name, (found.get(name) ?? 0) + 1);
    }
    return found;
  };
  return (name) => {
    counts ??= count();
    return !REPEATABLE.has(name) && (counts.get(name) ?? 0) > 1;
  };
}

/**
 * Reports a property that the owner does not have. True if it has it.
 * @param isTwice whether the body says the property more than once, perhaps under another name: then there is no right name to change it to
 */
export function checkProperty(
  context: Context,
  at: At<PropertyNode>,
  owner: OwnerOf,
  name = at.node.name,
  isTwice: (name: PropertyName) => boolean = () => false,
): boolean {
  if (isPropertyName(name) && isFor(name, owner.owners)) return true;
  const span = spanOfPart(at.node, 'name');
  const own = [...new Set(owner.owners.flatMap(propertiesOf))];
  const objective = owner.words === 'a flow' && name === at.node.name ? meantObjective(at.node) : undefined;
  if (objective !== undefined) {
    const whole = spanOf(at.node);
    context.report('unknown-property', whole, `an objective is written ${objective}`, {
      fixes: [replaceFix(`Change to ${objective}`, whole, objective)],
    });
    return false;
  }
  if (isPropertyName(name)) {
    const on = propertySchema(name).on.join(', ');
    context.report(
      'unknown-property',
      span,
      `${name} is no property of ${owner.words}; it is one of ${on}${belongsTo(name, propertySchema(name).on)}`,
    );
    return false;
  }
  const meant = meantProperty(name, owner.owners, own);
  const near = meant?.name;
  const isOwn = name === at.node.name;
  const isTaken = near !== undefined && isTwice(near);
  const elsewhere = near ? undefined : saidElsewhere(name, owner.words);
  const known =
    own.length > 0 ? `${owner.words} has ${own.slice(0, 6).join(', ')}${own.length > 6 ? ' …' : ''}` : `${owner.words} has no properties`;
  const guess = isTaken ? `did you mean ${near}? That is said here too: leave one of them out` : `did you mean ${near}?`;
  context.report('unknown-property', span, `${owner.words} has no property ${name}; ${near ? guess : (elsewhere ?? known)}`, {
    ...(meant && isOwn && !isTaken
      ? { fixes: [{ ...replaceFix(`Change to ${meant.name}`, span, meant.name), preferred: meant.sure }] }
      : {}),
    ...(elsewhere === DRAWN ? { fixes: [removeFix(`Remove ${name}`, spanOf(at.node))] } : {}),
  });
  return false;
}

/** The bag of an element without a technology: what is written in its body. */
export function declaredBag(context: Context, values: Values, at: At<AstNode & { body?: Body }>, owner: OwnerOf): PropertyBag {
  checkProperties(context, at.node, at.file, owner);
  const bag = new Map<PropertyName, Property>();
  for (const [name, statements] of declaredProperties(at.node)) {
    if (!isFor(name, owner.owners)) continue;
    for (const statement of statements) {
      const matched = values.match({ node: statement, file: at.file }, name);
      if (!matched) continue;
      const before = bag.get(name);
      bag.set(name, { ...(before && REPEATABLE.has(name) ? joined(before, matched) : matched), origin: { kind: 'declared' } });
    }
  }
  return bag;
}

/** A list that is written in several statements. */
function joined(before: Omit<Property, 'origin'>, next: Omit<Property, 'origin'>): Omit<Property, 'origin'> {
  const lists = [before.value, next.value] as readonly (readonly unknown[])[];
  return { ...next, value: lists.flat(), text: `${before.text}, ${next.text}` };
}

/** The bag of a component: scenario, declared, technology. */
export function componentBag(context: Context, values: Values, at: At<Component>, overridden: Iterable<PropertyName>): PropertyBag {
  const kind = at.node.kind as Kind;
  checkProperties(context, at.node, at.file, { owners: [kind], words: aKind(kind) });
  const bag = new Map<PropertyName, Property>();
  const add = (name: PropertyName): void => {
    const property = isFor(name, [kind]) ? values.ofComponent(at, name) : undefined;
    if (property) bag.set(name, property);
  };
  for (const [name, statements] of declaredProperties(at.node)) {
    // Also those that do not count (overridden, given twice) are checked.
    if (isFor(name, [kind])) for (const node of statements) values.match({ node, file: at.file }, name);
    add(name);
  }
  for (const name of overridden) add(name);
  for (const [name, property] of values.ofTechnology(at, kind)) if (!bag.has(name)) bag.set(name, property);
  return bag;
}

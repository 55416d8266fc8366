import type { Diagnostic, Span } from '@sysd/core';
import type { AstNode } from 'langium';
import {
  type Item,
  isComponent,
  isFlow,
  isGroup,
  isLet,
  isPlace,
  isProperty,
  isQuery,
  isTable,
  isTechnology,
  type Property,
} from '../generated/ast.ts';
import { type At, type FileRef, spanOf, spanOfPart } from './context.ts';
import { docOf, phraseTerms } from './spans.ts';
import { bodyOf } from './statements.ts';
import type { Unit } from './units.ts';

export type DeclarationKind = 'component' | 'region' | 'zone' | 'group' | 'flow' | 'let' | 'table' | 'query' | 'technology';

/** Something with a name. Definition goes to `nameSpan`; rename changes it and every reference to `id`. */
export interface Declaration {
  /** The name; `us.a` for a zone of a region, `tweets.tweet` for a table, `technology:redis` for a technology (a space of its own). */
  readonly id: string;
  readonly name: string;
  readonly kind: DeclarationKind;
  readonly file: FileRef;
  /** The statement that declares it: for a zone of a region, its name in the property `zones`. */
  readonly node: AstNode;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly doc?: string;
  /** The unit that it is part of; none for what the standard library declares. */
  unit?: Unit;
}

/** The names that a statement declares, and what is wrong with these names themselves. A function of its node alone. */
export function declarationsOf({ node, file }: At<Item>): { declares: Declaration[]; misnamed: Diagnostic[] } {
  const declares: Declaration[] = [];
  const misnamed: Diagnostic[] = [];
  const named = (of: AstNode & { name: string }, kind: DeclarationKind, id = of.name): void => {
    if (of.name === undefined) return;
    if (/[.@]/.test(of.name)) {
      const message = `a name is one word without "." or "@": ${of.name} is a path`;
      misnamed.push({ rule: 'invalid-value', severity: 'error', span: spanOfPart(of, 'name'), message });
    } else declares.push(declarationOf({ node: of, file }, kind, id));
  };
  if (isComponent(node)) {
    named(node, 'component');
    for (const child of bodyOf(node)) {
      if (isTable(child)) named(child, 'table', `${node.name}.${child.name}`);
      else if (isQuery(child)) named(child, 'query', `${node.name}.${child.name}`);
    }
  } else if (isPlace(node)) {
    named(node, node.kind);
    for (const child of bodyOf(node)) {
      if (isProperty(child) && child.name === 'zones') declares.push(...zonesOf(file, node.name, child));
      // Not how it is written; what names it means it all the same.
      else if (isPlace(child)) named(child, child.kind, `${node.name}.${child.name}`);
    }
  } else if (isGroup(node)) named(node, 'group');
  else if (isFlow(node)) named(node, 'flow');
  else if (isLet(node)) named(node, 'let');
  else if (isTechnology(node)) named(node, 'technology', `technology:${node.name}`);
  return { declares, misnamed };
}

export function declarationOf(at: At<AstNode & { name: string }>, kind: DeclarationKind, id: string): Declaration {
  const doc = docOf(at.node);
  return {
    id,
    name: at.node.name,
    kind,
    file: at.file,
    node: at.node,
    span: spanOf(at.node),
    nameSpan: spanOfPart(at.node, 'name'),
    ...(doc === undefined ? {} : { doc }),
  };
}

function zonesOf(file: FileRef, region: string, property: Property): Declaration[] {
  return property.values.flatMap((phrase) =>
    phraseTerms(phrase).flatMap((term): Declaration[] => {
      if (term.$type !== 'Name' || term.call) return [];
      const span = spanOf(term);
      return [{ id: `${region}.${term.name}`, name: term.name, kind: 'zone', file, node: term, span, nameSpan: span }];
    }),
  );
}

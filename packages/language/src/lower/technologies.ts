import {
  type ElementId,
  isKind,
  isProperty as isPropertyName,
  type Kind,
  type Property,
  type PropertyName,
  type Technology,
} from '@sysd/core';
import { isProperty, isTechnology, isText, type Technology as TechnologyNode } from '../generated/ast.ts';
import { checkProperty, declaredProperties } from './bags.ts';
import { type At, type Context, spanOf, spanOfPart } from './context.ts';
import { elementParts } from './elements.ts';
import { kindSuggestion } from './kind-names.ts';
import type { Scope } from './scope.ts';
import { bodyOf, type Placed } from './statements.ts';
import type { Values } from './values.ts';

/** The shown name: `title: "PostgreSQL"` in the body, or behind the header. */
export function technologyTitle(declared: readonly At<TechnologyNode>[]): string | undefined {
  for (const { node } of declared) {
    if (node.title !== undefined) return node.title;
    for (const item of bodyOf(node)) {
      const term = isProperty(item) && item.name === 'title' ? item.values[0]?.terms[0] : undefined;
      if (term && isText(term)) return term.value;
    }
  }
  return undefined;
}

/** Reports what is wrong in the author's own technologies, used or not. */
export function checkTechnologies(context: Context, values: Values, statements: readonly Placed[]): void {
  for (const { node, file } of statements) {
    if (!isTechnology(node)) continue;
    const kinds = node.kinds.filter((kind, i) => {
      if (isKind(kind)) return true;
      const span = spanOfPart(node, 'kinds', i);
      const near = kindSuggestion(kind, span);
      context.report('unknown-kind', span, `${kind} is no kind of component${near.text}`, near.fixes ? { fixes: near.fixes } : {});
      return false;
    }) as Kind[];
    for (const item of bodyOf(node)) {
      const at = { node: item, file };
      if (!isProperty(item)) context.report('misplaced-statement', spanOf(at.node), 'a technology has properties only');
      else if (item.name === 'title') checkTitle(context, { node: item, file });
      else if (
        checkProperty(context, { node: item, file }, { owners: ['technology', ...kinds], words: `a technology for ${kinds.join(', ')}` })
      ) {
        values.match({ node: item, file }, item.name as PropertyName);
      }
    }
  }
}

function checkTitle(context: Context, at: At<import('../generated/ast.ts').Property>): void {
  const term = at.node.values[0]?.terms[0];
  if (!term || !isText(term))
    context.report('invalid-value', spanOf(at.node), 'title is text in double quotes, such as title: "PostgreSQL"');
}

/** The technologies that components use, in the order of first use. */
export function lowerTechnologies(scope: Scope, values: Values, used: Iterable<ElementId>): Map<ElementId, Technology> {
  const technologies = new Map<ElementId, Technology>();
  for (const name of used) {
    const declared = scope.technology(name);
    const first = declared[0];
    if (!first || technologies.has(name)) continue;
    const properties = new Map<PropertyName, Property>();
    for (const at of declared) {
      for (const [property, statements] of declaredProperties(at.node)) {
        const statement = statements.at(-1);
        const matched = properties.has(property) || !statement ? undefined : values.match({ node: statement, file: at.file }, property);
        if (!matched || !statement || !isPropertyName(property)) continue;
        const source = statement.source;
        properties.set(property, {
          ...matched,
          origin: { kind: 'technology', technology: name, ...(source === undefined ? {} : { source }) },
        });
      }
    }
    const title = technologyTitle(declared);
    technologies.set(name, {
      ...elementParts(first, name),
      ...(title === undefined ? {} : { title }),
      kinds: [...new Set(declared.flatMap((t) => t.node.kinds))].filter(isKind),
      properties,
      library: first.file.library,
    });
  }
  return technologies;
}

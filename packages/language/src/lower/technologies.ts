import {
  type ElementId,
  isKind,
  isProperty as isPropertyName,
  type Kind,
  type Property,
  type PropertyName,
  type Technology,
} from '@sysd/core';
import { isProperty, isText, type Property as PropertyNode, type Technology as TechnologyNode } from '../generated/ast.ts';
import { checkProperty, declaredProperties, isFor } from './bags.ts';
import { type At, type Context, spanOf, spanOfPart } from './context.ts';
import { elementParts } from './elements.ts';
import type { LowerInput } from './elements-input.ts';
import { kindSuggestion } from './kind-names.ts';
import { bodyOf } from './statements.ts';

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

/** Reports what is wrong in a technology of the author's, used or not. */
export function checkTechnology({ context, values }: LowerInput, { node, file }: At<TechnologyNode>): void {
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

function checkTitle(context: Context, at: At<PropertyNode>): void {
  const term = at.node.values[0]?.terms[0];
  if (!term || !isText(term))
    context.report('invalid-value', spanOf(at.node), 'title is text in double quotes, such as title: "PostgreSQL"');
}

/** A technology that components use; undefined where there is none of that name. */
export function lowerTechnology({ scope, values }: LowerInput, name: ElementId): Technology | undefined {
  const declared = scope.technology(name);
  const first = declared[0];
  if (!first) return undefined;
  const properties = new Map<PropertyName, Property>();
  for (const at of declared) {
    const owners = ['technology' as const, ...at.node.kinds.filter(isKind)];
    for (const [property, statements] of declaredProperties(at.node)) {
      if (!isFor(property, owners)) continue;
      const statement = statements.at(-1);
      const matched = properties.has(property) || !statement ? undefined : values.fact(at, statement, property);
      if (!matched || !statement || !isPropertyName(property)) continue;
      const source = statement.source;
      properties.set(property, {
        ...matched,
        origin: { kind: 'technology', technology: name, ...(source === undefined ? {} : { source }) },
      });
    }
  }
  const title = technologyTitle(declared);
  return {
    ...elementParts(first, name),
    ...(title === undefined ? {} : { title }),
    kinds: [...new Set(declared.flatMap((t) => t.node.kinds))].filter(isKind),
    properties,
    library: first.file.library,
  };
}

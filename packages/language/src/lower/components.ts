import {
  aKind,
  type Component,
  type ElementId,
  isKind,
  isProperty as isPropertyName,
  KIND_NAMES,
  type Kind,
  type PropertyName,
  propertySchema,
  type Span,
  STORES,
} from '@sysd/core';
import { type Component as ComponentNode, isComponent, isProperty, isQuery, isTable } from '../generated/ast.ts';
import { componentBag, isFor } from './bags.ts';
import { type At, type Context, replaceFix, spanOf, spanOfPart, suggestion } from './context.ts';
import { elementParts } from './elements.ts';
import type { LowerInput } from './elements-input.ts';
import { stampOf } from './groups.ts';
import { kindSuggestion } from './kind-names.ts';
import { eitherFix } from './meant-values.ts';
import type { Overrides } from './overrides.ts';
import { copiesOf } from './placement.ts';
import type { Scope } from './scope.ts';
import { bodyOf, hasBody } from './statements.ts';
import { lowerQueries, lowerTables } from './tables.ts';
import { technologyTitle } from './technologies.ts';

/** A component; nothing where its kind is none, which is reported, or its name belongs to another. */
export function lowerComponent(input: LowerInput, at: At<ComponentNode>, group: ElementId | undefined): Component | undefined {
  const { node } = at;
  if (!isKind(node.kind)) reportKind(input, at);
  else if (node.name !== undefined && input.scope.counts(node.name, node)) return componentOf(input, at, node.kind, group);
  return undefined;
}

function reportKind({ context, scope }: LowerInput, at: At<ComponentNode>): void {
  const span = spanOfPart(at.node, 'kind');
  if (isTechnologyFirst({ context, scope }, at, span)) return;
  // A component may be called `api` or `db`: then a step from it is meant.
  const isComponentName = scope.find(at.node.kind, at.file, ['component']) !== undefined;
  const near = isComponentName ? arrowBetween(at, span) : kindSuggestion(at.node.kind, span);
  const what = near.text || (at.node.name === undefined ? '' : `; there are ${KIND_NAMES.slice(0, 9).join(', ')} …`);
  context.report('unknown-kind', span, `${at.node.kind} is no kind of component${what}`, near.fixes ? { fixes: near.fixes } : {});
}

/** `api orders`: a connection whose arrow is missing. */
function arrowBetween({ node }: At<ComponentNode>, span: Span): ReturnType<typeof kindSuggestion> {
  if (node.name === undefined) return { text: '' };
  const meant = `${node.kind} ->`;
  return {
    text: `; a step or connection needs an arrow: ${meant} ${node.name}`,
    fixes: [replaceFix(`Change to ${meant} ${node.name}`, span, meant)],
  };
}

/** Reports `postgres orders`: a technology where the kind is due. */
function isTechnologyFirst({ context, scope }: Pick<LowerInput, 'context' | 'scope'>, at: At<ComponentNode>, span: Span): boolean {
  const { kind: technology, name } = at.node;
  if (name === undefined || at.node.technology !== undefined || scope.find(technology, at.file, ['component'])) return false;
  const kinds = [...new Set(scope.technology(technology).flatMap((t) => t.node.kinds))];
  const [only] = kinds;
  if (only === undefined) return false;
  const written = kinds.map((kind) => `${kind} ${name}: ${technology}`);
  context.report('unknown-kind', span, `${technology} is a technology and no kind of component; did you mean ${written.join(' or ')}?`, {
    fixes: kinds.map((kind, i) => ({
      title: `Change to ${written[i]}`,
      edits: [
        { kind: 'replace', span, text: kind },
        { kind: 'replace', span: spanOfPart(at.node, 'name'), text: `${name}: ${technology}` },
      ],
      preferred: kinds.length === 1,
    })),
  });
  return true;
}

function componentOf(input: LowerInput, at: At<ComponentNode>, kind: Kind, group: ElementId | undefined): Component {
  const { context, scope, values } = input;
  const id = at.node.name;
  const parts = elementParts(at, id);
  const technology = technologyOf(context, scope, at, kind);
  const properties = componentBag(context, values, at, overriddenOf(input.overrides, id));
  checkBody(context, at, kind);
  const stamp = stampOf(input.groups, group);
  return {
    ...parts,
    kind,
    ...(technology ?? {}),
    ...(group === undefined || !input.groups.has(group) ? {} : { group }),
    properties,
    copies: copiesOf(context, input.places, stamp, properties.get('replicas'), parts.nameSpan),
    tables: lowerTables(context, scope, values, input.overrides, at),
    queries: lowerQueries(context, scope, at),
    hasBody: hasBody(at.node),
    ...(isRead(input, at, kind, technology) ? {} : { unread: true }),
  };
}

/** Whether all that is said of the component means something. What does not has been reported. */
function isRead({ values }: LowerInput, at: At<ComponentNode>, kind: Kind, technology: Partial<Component> | undefined): boolean {
  if (at.node.technology !== undefined && !technology) return false;
  return bodyOf(at.node).every((item) =>
    isProperty(item)
      ? isPropertyName(item.name) && isFor(item.name, [kind]) && values.match({ node: item, file: at.file }, item.name) !== undefined
      : isTable(item) || isQuery(item),
  );
}

function overriddenOf(overrides: Overrides, id: ElementId): PropertyName[] {
  const prefix = `${id}.`;
  const names = [...overrides.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  return names.filter(isPropertyName);
}

function technologyOf(context: Context, scope: Scope, at: At<ComponentNode>, kind: Kind): Partial<Component> | undefined {
  const name = at.node.technology;
  if (name === undefined) return undefined;
  const span = spanOfPart(at.node, 'technology');
  const found = scope.technology(name);
  if (found.length === 0) {
    const names = [...scope.all()].flatMap((d) => (d.kind === 'technology' ? [d.name] : []));
    const near = suggestion(name, names, span);
    const what = near.text || `; declare it (technology ${name}: ${kind} { … }) or leave it out`;
    context.report('unknown-name', span, `there is no technology ${name}${what}`, near.fixes ? { fixes: near.fixes } : {});
    return undefined;
  }
  context.refer(span, `technology:${name}`);
  const kinds = found.flatMap((t) => t.node.kinds);
  if (!kinds.includes(kind)) {
    const others = [...new Set(kinds)];
    const kindSpan = spanOfPart(at.node, 'kind');
    context.report('invalid-value', span, `${name} is a technology for ${others.join(', ')}, not for ${aKind(kind)}`, {
      fixes: eitherFix(kindSpan, others),
    });
  }
  return { technology: name, technologyTitle: technologyTitle(found) ?? name, technologySpan: span };
}

function checkBody(context: Context, at: At<ComponentNode>, kind: Kind): void {
  for (const item of bodyOf(at.node)) {
    if (isProperty(item)) continue;
    const span = spanOfPart(item, 'name');
    if (isTable(item) || isQuery(item)) {
      if (!STORES.includes(kind))
        context.report(
          'misplaced-statement',
          span,
          `${aKind(kind)} has no tables and queries; they belong to a store (${STORES.join(', ')})`,
        );
    } else {
      const { kind: word } = item as ComponentNode;
      const what =
        isComponent(item) && isPropertyName(word)
          ? `a property is said with a colon: ${word}: ${propertySchema(word).example}`
          : `this does not belong in ${aKind(kind)}: put it outside of its braces (is a } missing above?)`;
      const fixes =
        isComponent(item) && isPropertyName(word) ? [replaceFix(`Change to ${word}:`, spanOfPart(item, 'kind'), `${word}:`)] : undefined;
      context.report('misplaced-statement', spanOf(item), what, fixes ? { fixes } : {});
    }
  }
}

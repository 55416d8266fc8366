import {
  type Diagnostic,
  type FailTarget,
  isCount,
  isKind,
  isProperty as isPropertyName,
  type PropertyName,
  parseQuantity,
  type Scenario,
  type Span,
} from '@sysd/core';
import {
  type Component,
  type FailTarget as FailNode,
  isFail,
  isProperty,
  type Property as PropertyNode,
  type Scenario as ScenarioNode,
} from '../generated/ast.ts';
import { checkProperty } from './bags.ts';
import { type At, type Context, spanOf, spanOfPart, suggestion } from './context.ts';
import { fromPhrase, readDemand } from './demand.ts';
import { elementParts } from './elements.ts';
import type { LowerInput } from './elements-input.ts';
import { evaluate } from './expressions.ts';
import type { Scope } from './scope.ts';
import { offsetsOf, sourceText } from './spans.ts';
import { bodyOf } from './statements.ts';
import type { Values } from './values.ts';

/** A scenario, applied or not: what it sets and fails is checked in the design as it stands. */
export function lowerScenario(input: LowerInput, at: At<ScenarioNode>): Scenario | undefined {
  const { context, scope, values, components } = input;
  const { node, file } = at;
  if (node.title === undefined) return undefined;
  const copies = copyPlaces(components);
  const overrides: { path: string; text: string; span: Span }[] = [];
  const fails: FailTarget[] = [];
  for (const item of bodyOf(node)) {
    if (isProperty(item)) {
      const override = { node: item, file };
      checkOverride(context, scope, values, override);
      overrides.push({ path: item.name, text: valueText(override), span: spanOf(override.node) });
    } else if (isFail(item)) {
      for (const target of item.targets) {
        const failed = failTarget(context, scope, { node: target, file }, copies);
        if (failed) fails.push(failed);
      }
    } else if (item.$type !== 'Orphan') {
      context.report('misplaced-statement', spanOf(item), 'a scenario sets values (users.peak: 10x) and fails things (fail us.a)');
    }
  }
  return { ...elementParts(at, node.title), nameSpan: spanOfPart(node, 'title'), overrides, fails };
}

/** Scenarios whose title another one has already. */
export function equalTitles(scenarios: readonly Scenario[]): Diagnostic[] {
  const first = new Map<string, Span>();
  return scenarios.flatMap(({ id, nameSpan: span }): Diagnostic[] => {
    const before = first.get(id);
    first.set(id, span);
    if (!before) return [];
    const related = [{ span: before, message: 'the first one' }];
    return [{ rule: 'duplicate-name', severity: 'error', span, message: `there is a scenario "${id}" already`, related }];
  });
}

/** Places of a component's copies, to check `fail lb@eu`. */
export type CopyPlaces = (component: string) => readonly string[];

export const copyPlaces =
  (components: LowerInput['components']): CopyPlaces =>
  (id) =>
    (components.get(id)?.copies ?? []).flatMap((c) => c.place ?? []);

function valueText({ node }: At<PropertyNode>): string {
  const first = node.values[0];
  const last = node.values.at(-1);
  return first && last ? sourceText(first, { start: offsetsOf(first).start, end: offsetsOf(last).end }) : '';
}

/** `component.property` (or of a place or table), a let, or `Flow.at`. */
export function checkOverride(context: Context, scope: Scope, values: Values, at: At<PropertyNode>): void {
  const { node, file } = at;
  const span = spanOfPart(at.node, 'name');
  const dot = node.name.lastIndexOf('.');
  if (dot < 0) {
    const found = scope.resolve(node.name, file, span, ['let'], 'a let, component.property or FLOW.at');
    const expression = fromPhrase(file, node.values[0])?.node;
    if (found && !expression) context.report('invalid-value', span, `${node.name} needs a value here`);
    else if (found && expression) evaluate(context, values.evaluation(file), expression);
    return;
  }
  const owner = node.name.slice(0, dot);
  const name = node.name.slice(dot + 1);
  const ownerSpan = { ...span, end: span.start + dot };
  const found = scope.resolve(
    owner,
    file,
    ownerSpan,
    ['component', 'flow', 'region', 'zone', 'table'],
    'a component, flow, place or table',
  );
  if (!found) return;
  if (found.kind === 'region' && name === 'zones') {
    context.report('invalid-value', span, `a scenario does not move zones, in which things stand; it may fail one: fail ${owner}.a`);
    return;
  }
  if (found.kind === 'region' || found.kind === 'zone' || found.kind === 'table') {
    if (!checkProperty(context, at, { owners: [found.kind], words: `a ${found.kind}` }, name)) return;
    if (isPropertyName(name)) values.match(at, name);
    return;
  }
  if (found.kind === 'flow') {
    const written = name === 'at' ? fromPhrase(file, node.values[0]) : undefined;
    if (written) readDemand(context, scope, values, written);
    else
      context.report(
        name === 'at' ? 'invalid-value' : 'unknown-property',
        span,
        `of a flow a scenario sets the rate: ${owner}.at: 20/day each`,
      );
    return;
  }
  const component = scope.content(owner)?.node as Component | undefined;
  const kind = component?.kind ?? '';
  if (!isKind(kind) || !checkProperty(context, at, { owners: [kind], words: `a ${kind}` }, name)) return;
  if (isPropertyName(name)) values.match(at, name satisfies PropertyName);
}

/** `us`, `us.a`, `tweets`, `api 2`, `lb@eu`. */
export function failTarget(context: Context, scope: Scope, at: At<FailNode>, copies: CopyPlaces): FailTarget | undefined {
  const { node, file } = at;
  if (node.name === undefined) return undefined;
  const span = spanOfPart(at.node, 'name');
  const [name = '', copy] = node.name.split('@');
  const found = scope.resolve(
    name,
    file,
    { ...span, end: span.start + name.length },
    ['component', 'region', 'zone'],
    'a component, region or zone',
  );
  if (!found) return undefined;
  if (copy !== undefined && !copies(name).includes(copy)) {
    const where = { ...span, start: span.start + name.length + 1 };
    const near = suggestion(copy, copies(name), where);
    context.report(
      'invalid-placement',
      where,
      `there is no copy of ${name} in ${copy}${near.text}`,
      near.fixes ? { fixes: near.fixes } : {},
    );
    return undefined;
  }
  const count = node.count === undefined ? undefined : parseQuantity(node.count);
  if (count && !(count.ok && isCount(count.value.dimension) && Number.isInteger(count.value.value) && count.value.value > 0)) {
    context.report('invalid-value', spanOfPart(at.node, 'count'), `${node.count} is no number of instances: fail ${name} 2`);
    return undefined;
  }
  if (count && found.kind !== 'component') {
    context.report(
      'invalid-value',
      spanOfPart(at.node, 'count'),
      `only of a component some instances can fail; ${name} is a ${found.kind}`,
    );
    return undefined;
  }
  return {
    element: found.id,
    ...(count?.ok ? { instances: count.value.value } : {}),
    ...(copy === undefined ? {} : { copy }),
    span: spanOf(at.node),
  };
}

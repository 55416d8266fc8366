import {
  aKind,
  type Component as DesignComponent,
  type Diagnostic,
  type FailTarget,
  isCount,
  isKind,
  isProperty as isPropertyName,
  type PropertyName,
  parseQuantity,
  property,
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
import { type At, type Context, replaceFix, spanOf, spanOfPart, suggestion } from './context.ts';
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
  const { context, scope, values, overrides: applied, components } = input;
  const { node, file } = at;
  const paths = [...applied.keys(), ...bodyOf(node).flatMap((item) => (isProperty(item) ? [item.name] : []))];
  if (node.title === undefined) return undefined;
  const overrides: { path: string; text: string; span: Span }[] = [];
  const fails: FailTarget[] = [];
  for (const item of bodyOf(node)) {
    if (isProperty(item)) {
      const override = { node: item, file };
      checkOverride(context, scope, values, override);
      overrides.push({ path: item.name, text: valueText(override), span: spanOf(override.node) });
    } else if (isFail(item)) {
      for (const target of item.targets) {
        const failed = failTarget(context, scope, { node: target, file }, components, setsInstances(paths));
        if (failed) fails.push(failed);
      }
    } else if (item.$type !== 'Orphan') {
      const verb =
        item.$type === 'Component' && /^(?:kill|stop|down|break|lose|crash|remove|disable)$/i.test(item.kind)
          ? spanOfPart(item, 'kind')
          : undefined;
      const message = 'a scenario sets values (users.peak: 10x) and fails things (fail us.a)';
      context.report('misplaced-statement', spanOf(item), message, verb ? { fixes: [replaceFix('Change to fail', verb, 'fail')] } : {});
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

/**
 * Whether what is set, by the scenario itself or by what is applied to the design, may be how many instances there are of a component: a property
 * of it, or a constant that its `replicas` may be made of.
 */
const setsInstances =
  (paths: readonly string[]) =>
  (component: string): boolean =>
    paths.some((path) => !path.includes('.') || path.startsWith(`${component}.`));

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
    if (!checkProperty(context, at, { owners: [found.kind], words: aKind(found.kind) }, name)) return;
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
  if (!isKind(kind) || !checkProperty(context, at, { owners: [kind], words: aKind(kind) }, name)) return;
  if (isPropertyName(name)) values.match(at, name satisfies PropertyName);
}

/**
 * `us`, `us.a`, `tweets`, `api 2`, `lb@eu`. Of components of which `setsInstances` is true more may fail than there are in the design
 * as it stands.
 */
export function failTarget(
  context: Context,
  scope: Scope,
  at: At<FailNode>,
  components: LowerInput['components'],
  setsInstances: (component: string) => boolean = () => false,
): FailTarget | undefined {
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
  const component = found.kind === 'component' ? components.get(found.id) : undefined;
  if (component?.kind === 'client') {
    context.report('invalid-value', span, `${name} is a client: who asks never fails, only what is asked. Fail what ${name} calls`);
    return undefined;
  }
  if (copy !== undefined) {
    const places = (component?.copies ?? []).flatMap((c) => c.place ?? []);
    if (!places.includes(copy)) {
      const where = { ...span, start: span.start + name.length + 1 };
      const near = suggestion(copy, places, where);
      context.report(
        'invalid-placement',
        where,
        places.length > 0 ? `there is no copy of ${name} in ${copy}${near.text}` : noCopies(name, found.kind),
        near.fixes ? { fixes: near.fixes } : {},
      );
      return undefined;
    }
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
      `only of a component some instances can fail; ${name} is ${aKind(found.kind)}`,
    );
    return undefined;
  }
  const most = component && !setsInstances(found.id) ? mostInstances(component, copy) : undefined;
  if (count?.ok && most !== undefined && count.value.value > most) {
    const where = spanOfPart(at.node, 'count');
    const there = `${name} has ${most} instance${most === 1 ? '' : 's'}${perWhat(component as DesignComponent, copy)}`;
    context.report('invalid-value', where, `${node.count} instances of ${name} cannot fail: ${there}. Without a number all of them fail`, {
      fixes: [replaceFix(`Fail all ${most}`, where, String(most))],
    });
    return undefined;
  }
  return {
    element: found.id,
    ...(count?.ok ? { instances: count.value.value } : {}),
    ...(copy === undefined ? {} : { copy }),
    span: spanOf(at.node),
  };
}

const noCopies = (name: string, kind: string): string =>
  kind === 'component'
    ? `${name} has no copies: only what lies in a group across places has one in each of them. Fail a place (fail us), ${name} as a whole, or some of its instances (fail ${name} 1)`
    : `${name} is ${aKind(kind)}, and only components have copies: fail ${name}`;

/** Instances that can fail of each copy (and shard); undefined where it has those of its host. */
function mostInstances(component: DesignComponent, copy: string | undefined): number | undefined {
  if (property(component.properties, 'level')?.value.level === 'in-process') return undefined;
  const copies = component.copies.filter((c) => copy === undefined || c.place === copy);
  const placed = copies.map((c) => c.instances.reduce((n, run) => n + run.count, 0));
  return Math.max(property(component.properties, 'autoscale')?.value.range.high ?? 0, ...placed);
}

function perWhat(component: DesignComponent, copy: string | undefined): string {
  const parts = [
    ...((property(component.properties, 'shards')?.value.count.value ?? 1) > 1 ? ['shard'] : []),
    ...(copy === undefined && component.copies.length > 1 ? ['copy'] : []),
  ];
  return parts.length > 0 ? ` of each ${parts.join(' and ')}` : '';
}

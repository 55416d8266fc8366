import {
  COUNT,
  combine,
  effective,
  isProperty as isPropertyName,
  type Kind,
  matchPhrase,
  type NameRole,
  type Origin,
  type Name as PhraseName,
  type Property,
  type PropertyName,
  propertySchema,
  type Quantity,
} from '@sysd/core';
import type { Component, Flow, Let, Name, Property as PropertyNode } from '../generated/ast.ts';
import type { SourceFile } from '../project/source-file.ts';
import { declaredProperties, technologyProperties, technologyProperty } from './bags.ts';
import { type At, type Context, replaceFix, spanFrom, spanOf, spanOfPart } from './context.ts';
import { type Evaluation, evaluate, linked, textOf } from './expressions.ts';
import type { Overrides } from './overrides.ts';
import { namesIn } from './phrase-names.ts';
import type { Declaration, Scope } from './scope.ts';
import { type Expression, offsetsOf, sourceText } from './spans.ts';
import { takesNumbers, termsOf } from './terms.ts';

/** A matched property without its origin. */
export type Matched = Omit<Property, 'origin'>;

/** A let with its value and what it was made of. */
export interface LetValue {
  readonly value?: Quantity;
  readonly text: string;
  readonly inputs: readonly { readonly name: string; readonly value: Quantity }[];
}

/**
 * Numbers and properties by name. All are computed when first asked for and once only, since lets, properties and rates may use each
 * other in any order; what needs itself is reported.
 */
export interface Values {
  evaluation(file: SourceFile, inputs?: Evaluation['inputs']): Evaluation;
  expression(file: SourceFile, node: Expression): Quantity | undefined;
  let(node: At<Let>): LetValue;
  /** Matches a property statement against the schema. */
  match(at: At<PropertyNode>, name: PropertyName): Matched | undefined;
  /** A property of a component as it holds: scenario, declared, technology; not the schema's default. */
  ofComponent(component: At<Component>, name: PropertyName): Property | undefined;
  /** What the technology of a component says about its kind. */
  ofTechnology(component: At<Component>, kind: Kind): ReadonlyMap<PropertyName, Property>;
}

/** Matched values that depend on nothing but their own text: they hold as long as the tree does, over versions of a file. */
const alone = new WeakMap<PropertyNode, Matched>();

const NO_FACTS: ReadonlyMap<PropertyName, Property> = new Map();

type State<T> = { readonly done: T } | 'busy';

export function createValues(context: Context, scope: Scope, overrides: Overrides): Values {
  const lets = new Map<Let, State<LetValue>>();
  const replaced = new Map<Let, State<LetValue>>();
  const rates = new Map<Flow, State<Quantity | undefined>>();
  const matched = new Map<PropertyNode, State<Matched | undefined>>();
  /** Paths whose override is being evaluated: there they mean the value that it replaces. */
  const replacing = new Set<string>();
  /** Counts the uses of other declarations: a match without any depends on its own text alone. */
  let outside = 0;
  /** What each technology says about each kind. */
  const facts = new Map<string, Map<PropertyName, Property>>();

  /** Memo with detection of circles. `undefined` for what is under way already. */
  function once<K, T>(memo: Map<K, State<T>>, key: K, compute: () => T): T | 'circular' {
    const state = memo.get(key);
    if (state === 'busy') return 'circular';
    if (state) return state.done;
    memo.set(key, 'busy');
    const done = compute();
    memo.set(key, { done });
    return done;
  }

  const circular = (node: Name): 'failed' => {
    context.report('circular-value', spanOf(node), `${node.name} is needed to compute itself; give one of the values involved as a number`);
    return 'failed';
  };

  const lookup: Evaluation['lookup'] = (node, file) => linked(context, node, () => find(node, file)) ?? 'failed';

  const find: Evaluation['lookup'] = (node, file) => {
    const plain = scope.find(node.name, file, ['let', 'flow']);
    if (plain) {
      outside++;
      scope.refer(node.name, spanOf(node), plain);
      return plain.kind === 'let' ? letNumber(node, plain) : flowNumber(node, plain);
    }
    const dot = node.name.lastIndexOf('.');
    const property = node.name.slice(dot + 1);
    const owner = dot > 0 ? scope.find(node.name.slice(0, dot), file, ['component']) : undefined;
    if (!owner || !isPropertyName(property)) return 'unknown';
    outside++;
    const span = spanOf(node);
    context.refer({ ...span, end: span.start + dot }, owner.id);
    return propertyNumber(node, owner, property);
  };

  const letNumber = (node: Name, declaration: Declaration): Quantity | 'failed' => {
    const at = { node: declaration.node as Let, file: declaration.file };
    // While the value that replaces it is computed, its name means the value replaced.
    const value = replacing.has(at.node.name) ? once(replaced, at.node, () => declaredLet(at)) : once(lets, at.node, () => computeLet(at));
    if (value === 'circular') return circular(node);
    return value.value ?? 'failed';
  };

  const flowNumber = (node: Name, declaration: Declaration): Quantity | 'failed' => {
    const value = once(rates, declaration.node as Flow, () => computeRate({ node: declaration.node as Flow, file: declaration.file }));
    if (value === 'circular') return circular(node);
    if (value) return value;
    context.report('invalid-value', spanOf(node), `${node.name} has no rate: its flow needs at …`);
    return 'failed';
  };

  const propertyNumber = (node: Name, owner: Declaration, name: PropertyName): Quantity | 'failed' => {
    const component = { node: owner.node as Component, file: owner.file };
    const property = propertyOf(component, name, node);
    if (property === 'failed') return 'failed';
    const number = numberIn((property ?? effective(new Map(), name))?.value);
    if (number) return number;
    context.report(
      'invalid-value',
      spanOf(node),
      property ? `${node.name} is no number` : `${owner.id} has no ${name}, so ${node.name} has no value`,
    );
    return 'failed';
  };

  const computeLet = (at: At<Let>): LetValue => {
    const override = overrides.get(at.node.name);
    const expression = override?.property.node.values[0]?.terms[0] as Expression | undefined;
    if (!override || !expression) return declaredLet(at);
    replacing.add(at.node.name);
    const value = letOf(override.property.file, expression);
    replacing.delete(at.node.name);
    return value;
  };

  const declaredLet = ({ node, file }: At<Let>): LetValue => (node.value ? letOf(file, node.value) : { text: '', inputs: [] });

  const letOf = (file: SourceFile, expression: Expression): LetValue => {
    const inputs: { name: string; value: Quantity }[] = [];
    const value = evaluate(context, evaluation(file, inputs), expression);
    return { text: textOf(expression), inputs, ...(value ? { value } : {}) };
  };

  /** Average rate of a flow: its `at`, times the daily-active of its source if `each`. */
  const computeRate = ({ node, file }: At<Flow>): Quantity | undefined => {
    if (!node.rate) return undefined;
    const rate = evaluate(context, evaluation(file), node.rate);
    if (!rate || !node.each) return rate;
    const source = scope.find(node.source ?? '', file, ['component']);
    const users = source && propertyOf({ node: source.node as Component, file: source.file }, 'daily-active');
    const count = users && users !== 'failed' ? numberIn(users.value) : undefined;
    return count && { value: rate.value * count.value, dimension: combine(rate.dimension, COUNT, 1) };
  };

  const evaluation = (file: SourceFile, inputs?: Evaluation['inputs']): Evaluation => ({
    file,
    lookup,
    candidates: function* () {
      for (const d of scope.declarations.values()) if (d.kind === 'let' || d.kind === 'flow') yield d.id;
    },
    ...(inputs ? { inputs } : {}),
  });

  const match = (at: At<PropertyNode>, name: PropertyName): Matched | undefined | 'circular' =>
    once(matched, at.node, () => {
      const known = alone.get(at.node);
      if (known) return known;
      const before = outside;
      const value = computeMatch(at, name);
      if (value && outside === before) alone.set(at.node, value);
      return value;
    });

  const computeMatch = (at: At<PropertyNode>, name: PropertyName): Matched | undefined => {
    const schema = propertySchema(name);
    const span = spanOf(at.node);
    const first = at.node.values[0];
    const last = at.node.values.at(-1);
    if (!first || !last) {
      context.report('syntax', spanOfPart(at.node, 'name'), `${name} has no value yet; for example ${name}: ${schema.example}`);
      return undefined;
    }
    const terms = termsOf(context, evaluation(at.file), at, takesNumbers(schema.phrase));
    if (!terms) return undefined;
    const offsets = { start: offsetsOf(first).start, end: offsetsOf(last).end };
    const valueSpan = spanFrom(at.node, offsets);
    const result = matchPhrase(schema.phrase, terms, valueSpan);
    if ('error' in result) {
      const { rule, message, suggestion, span: where } = result.error;
      const fixes = suggestion === undefined ? {} : { fixes: [replaceFix(`Change to ${suggestion}`, where, suggestion)] };
      context.report(rule, where, `${name}: ${message}; for example ${name}: ${schema.example}`, fixes);
      return undefined;
    }
    namesIn(schema.phrase, result.value, (role, phraseName) => resolveName(at, role, phraseName));
    return { value: result.value, text: sourceText(at.node, offsets), span, valueSpan };
  };

  const resolveName = (at: At<PropertyNode>, role: NameRole, name: PhraseName): void => {
    if (!name.span) return;
    outside++;
    if (role === 'component') scope.resolve(name.name, at.file, name.span, ['component'], 'a component');
    // `across zones` in a stamp means the zones of its own region.
    if (role === 'place' && name.name !== 'zones') scope.resolve(name.name, at.file, name.span, ['region', 'zone'], 'a region or zone');
  };

  const propertyOf = (component: At<Component>, name: PropertyName, user?: Name): Property | 'failed' | undefined => {
    const path = overrides.size === 0 ? '' : `${component.node.name}.${name}`;
    const override = overrides.get(path);
    if (override && !replacing.has(path)) {
      replacing.add(path);
      const value = match(override.property, name);
      replacing.delete(path);
      if (value && value !== 'circular') return { ...value, origin: { kind: 'scenario', scenario: override.scenario } };
    }
    const declared = declaredProperties(component.node).get(name)?.at(-1);
    if (declared) {
      const value = match({ node: declared, file: component.file }, name);
      if (value === 'circular') {
        if (user) circular(user);
        return 'failed';
      }
      if (value) return { ...value, origin: { kind: 'declared' } };
      if (user) return 'failed';
    }
    return factOf(component, name);
  };

  const factOf = (component: At<Component>, name: PropertyName): Property | undefined => {
    const fact = technologyProperty(scope, component, name);
    const value = fact && match(fact.at, name);
    if (!fact || !value || value === 'circular') return undefined;
    const source = fact.at.node.source;
    const origin: Origin = { kind: 'technology', technology: fact.technology, ...(source === undefined ? {} : { source }) };
    return { ...value, origin };
  };

  const factsOf = (component: At<Component>, kind: Kind): ReadonlyMap<PropertyName, Property> => {
    const technology = component.node.technology;
    if (technology === undefined) return NO_FACTS;
    const key = `${kind} ${technology}`;
    let known = facts.get(key);
    if (!known) {
      known = new Map();
      for (const name of technologyProperties(scope, technology)) {
        const property = factOf(component, name);
        if (property) known.set(name, property);
      }
      facts.set(key, known);
    }
    return known;
  };

  return {
    evaluation,
    expression: (file, node) => evaluate(context, evaluation(file), node),
    let(at) {
      const value = once(lets, at.node, () => computeLet(at));
      return value === 'circular' ? { text: '', inputs: [] } : value;
    },
    match(at, name) {
      const value = match(at, name);
      return value === 'circular' ? undefined : value;
    },
    ofTechnology: factsOf,
    ofComponent(component, name) {
      const value = propertyOf(component, name);
      return value === 'failed' ? undefined : value;
    },
  };
}

/** The number in a matched value: itself, or the count, amount or rate of a record. */
function numberIn(value: unknown): Quantity | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('dimension' in value && 'value' in value) return value as Quantity;
  for (const field of ['count', 'amount', 'mean', 'rate', 'ratio', 'p50']) {
    const inner = (value as Readonly<Record<string, unknown>>)[field];
    if (inner !== undefined) return numberIn(inner);
  }
  return Array.isArray(value) && value.length === 1 ? numberIn(value[0]) : undefined;
}

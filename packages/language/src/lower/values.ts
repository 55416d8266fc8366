import {
  COUNT,
  combine,
  effective,
  isKind,
  isProperty as isPropertyName,
  type Kind,
  matchPhrase,
  type NameRole,
  numbersIn,
  type Name as PhraseName,
  type Property,
  type PropertyName,
  propertySchema,
  type Quantity,
  YEAR,
} from '@sysd/core';
import type { AstNode } from 'langium';
import type { Component, Flow, Let, Name, Property as PropertyNode } from '../generated/ast.ts';
import { declaredProperty, isFor, technologyProperties, technologyProperty } from './bags.ts';
import { type At, type Context, contentOf, createSink, type FileRef, type Sink, spanFrom, spanOf, spanOfPart } from './context.ts';
import { fromPhrase } from './demand.ts';
import { type Evaluation, evaluate, namesOf, textOf } from './expressions.ts';
import { eitherFix, meantValue, withUnit } from './meant-values.ts';
import type { DeclaredTechnology } from './names.ts';
import { type Overrides, overrideFor } from './overrides.ts';
import { namesIn } from './phrase-names.ts';
import type { Declaration, Scope } from './scope.ts';
import { inDependencyOrder } from './settle.ts';
import { type Expression, offsetsOf, phraseTerms, sourceText } from './spans.ts';
import { takesNumbers, termsOf } from './terms.ts';
import type { Unit } from './units.ts';

/** A matched property without its origin. */
export type Matched = Omit<Property, 'origin'>;

/** A let with its value and what it was made of. */
export interface LetValue {
  readonly value?: Quantity;
  readonly text: string;
  readonly inputs: readonly { readonly name: string; readonly value: Quantity }[];
}

/**
 * Numbers and properties by name. Each is computed when first asked for and kept with the unit that it belongs to, since lets, properties and
 * rates may use each other in any order. What needs itself is reported wherever it does, whoever asked first.
 */
export interface Values {
  /** The design is seen at a later time: the rates of flows are what they have grown to. */
  readonly isLater: boolean;
  evaluation(file: FileRef, inputs?: Evaluation['inputs']): Evaluation;
  expression(file: FileRef, node: Expression): Quantity | undefined;
  let(node: Let): LetValue;
  /** Matches a property statement of the unit that is being lowered against the schema. */
  match(at: At<PropertyNode>, name: PropertyName): Matched | undefined;
  /** Matches what a technology says, as part of the unit that declares it. */
  fact(technology: DeclaredTechnology, statement: PropertyNode, name: PropertyName): Matched | undefined;
  /** A property of a component as it holds: scenario, declared, technology; not the schema's default. */
  ofComponent(component: At<Component>, name: PropertyName): Property | undefined;
  /** What the technology of a component says about its kind. */
  ofTechnology(component: At<Component>, kind: Kind): ReadonlyMap<PropertyName, Property>;
  /** Technologies say something else now. */
  forget(technologies: Iterable<string>): void;
  /** Units of which a value has been computed since this was asked last: what they have asked may be more than before. */
  computedFor(): readonly Unit[];
}

const NO_NEEDS: readonly Task[] = [];
const NO_CIRCLE: ReadonlySet<AstNode> = new Set();
const NO_FACTS: ReadonlyMap<PropertyName, Property> = new Map();

/** A value that others may need, of a node of some unit. */
interface Task {
  readonly node: AstNode;
  readonly sink: Sink;
  /** Expressions whose names it needs, and what it needs besides. */
  readonly expressions: () => readonly Expression[];
  readonly file: FileRef;
  readonly needs?: () => readonly Task[];
  readonly compute: () => unknown;
}

/** @param horizon how far in the future the rates of flows are asked for, a time */
export function createValues(context: Context, scope: Scope, overrides: Overrides, horizon?: Quantity): Values {
  /** What each technology says about each kind. */
  const facts = new Map<string, Map<PropertyName, Property>>();
  /** For the library's own properties: they are read once. */
  const library = createSink(true);
  /** The value that is being computed, and those that need each other in a circle with it. */
  let current: Task | undefined;
  let circle = NO_CIRCLE;

  const sinkOf = (declaration: Declaration | undefined): Sink => declaration?.unit?.sink ?? library;

  /** The value of a task, computed after all that it needs. `circular` for one that is needed to compute itself. */
  const settled = (task: Task): unknown | 'circular' => {
    if (circle.has(task.node) && current) return 'circular';
    if (!task.sink.values.has(task.node)) settle(task);
    return task.sink.values.get(task.node);
  };

  const late = new Set<Unit>();

  const settle = (task: Task): void => {
    const openNeedsOf = (t: Task) => needsOf(t).filter((n) => !n.sink.values.has(n.node));
    // Most values are plain numbers and words.
    if (openNeedsOf(task).length === 0) computeAll([task], false);
    else inDependencyOrder(task, openNeedsOf, computeAll);
  };

  const computeAll = (group: readonly Task[], circular: boolean): void => {
    const outer = { current, circle };
    circle = circular ? new Set(group.map((t) => t.node)) : NO_CIRCLE;
    try {
      for (const one of group) {
        current = one;
        one.sink.values.set(one.node, context.inside(one.sink, one.compute));
        if (one.sink.owner) late.add(one.sink.owner);
      }
    } finally {
      ({ current, circle } = outer);
    }
  };

  const needsOf = (task: Task): readonly Task[] => {
    const names: Name[] = [];
    for (const expression of task.expressions()) namesOf(expression, names);
    if (names.length === 0) return task.needs?.() ?? NO_NEEDS;
    const needs: Task[] = [...(task.needs?.() ?? NO_NEEDS)];
    for (const name of names) {
      const need = context.inside(task.sink, () => taskNamed(name, task.file, task.node)?.task);
      if (need) needs.push(need);
    }
    return needs;
  };

  /** What a name in an expression stands for, seen by the computation of `user`: inside of what replaces a value its name means that value. */
  const taskNamed = (
    node: Name,
    file: FileRef,
    user: AstNode | undefined,
  ): { readonly task?: Task; readonly declaration: Declaration; readonly property?: PropertyName; readonly dot?: number } | undefined => {
    const plain = scope.find(node.name, file, ['let', 'flow']);
    if (plain) {
      context.read(contentOf(plain.id));
      return { declaration: plain, task: plain.kind === 'let' ? letTask(plain, user) : rateTask(plain, user) };
    }
    const dot = node.name.lastIndexOf('.');
    const property = node.name.slice(dot + 1);
    const owner = dot > 0 ? scope.find(node.name.slice(0, dot), file, ['component']) : undefined;
    if (!owner || !isPropertyName(property)) return undefined;
    context.read(contentOf(owner.id));
    const task = propertyTask({ node: owner.node as Component, file: owner.file }, property, owner, user);
    return { declaration: owner, property, dot, ...(task ? { task } : {}) };
  };

  const letTask = (declaration: Declaration, user: AstNode | undefined): Task => {
    const node = declaration.node as Let;
    const override = overrideFor(overrides, declaration.id, user);
    const replacement = override?.property.node.values[0]?.terms[0] as Expression | undefined;
    if (override && replacement) {
      const { file } = override.property;
      return {
        node: override.property.node,
        sink: override.unit.sink,
        expressions: () => [replacement],
        file,
        compute: () => letOf(file, replacement),
      };
    }
    const expressions = (): Expression[] => (node.value ? [node.value] : []);
    const compute = (): LetValue => (node.value ? letOf(declaration.file, node.value) : { text: '', inputs: [] });
    return { node, sink: sinkOf(declaration), expressions, file: declaration.file, compute };
  };

  const letOf = (file: FileRef, expression: Expression): LetValue => {
    const inputs: { name: string; value: Quantity }[] = [];
    const value = evaluate(context, evaluation(file, inputs), expression);
    return { text: textOf(expression), inputs, ...(value ? { value } : {}) };
  };

  /** Average rate of a flow: its `at`, or what replaces that, times the daily-active of its source if `each`. */
  const rateTask = (declaration: Declaration, user: AstNode | undefined): Task => {
    const flow = declaration.node as Flow;
    const override = overrides.size === 0 ? undefined : overrideFor(overrides, `${declaration.id}.at`, user);
    const written = override
      ? fromPhrase(override.property.file, override.property.node.values[0])
      : flow.rate && { node: flow.rate, each: flow.each === true, file: declaration.file };
    const sink = override?.unit.sink ?? sinkOf(declaration);
    const node = override?.property.node ?? flow;
    const multiplies: PropertyName[] = [];
    if (written?.each) multiplies.push('daily-active');
    // What follows another flow has grown with that.
    if (written && horizon && !namesOf(written.node).some((n) => scope.find(n.name, written.file, ['flow']))) multiplies.push('growth');
    const sourceOf = (): { at: At<Component>; declaration: Declaration } | undefined => {
      const source = multiplies.length > 0 ? scope.find(flow.source ?? '', declaration.file, ['component']) : undefined;
      if (!source) return undefined;
      context.read(contentOf(source.id));
      return { at: { node: source.node as Component, file: source.file }, declaration: source };
    };
    return {
      node,
      sink,
      expressions: () => (written ? [written.node] : []),
      file: written?.file ?? declaration.file,
      needs: () => {
        const source = context.inside(sink, sourceOf);
        return multiplies.flatMap((name) => (source && propertyTask(source.at, name, source.declaration, node)) ?? []);
      },
      // What is wrong with it is told where its flow reads it, whether or not others ask for its value.
      compute: () =>
        context.inside({ ...context.sink, diagnostics: [], references: [] }, () => {
          const rate = written && evaluate(context, evaluation(written.file), written.node);
          if (!rate || multiplies.length === 0) return rate;
          const source = sourceOf();
          const number = (name: PropertyName): Quantity | undefined => {
            const found = source && propertyOf(source.at, name, source.declaration);
            return found && found !== 'failed' ? numberIn(found.value) : undefined;
          };
          const users = written.each ? number('daily-active')?.value : 1;
          const growth = horizon && multiplies.includes('growth') ? number('growth') : undefined;
          const grown = growth && horizon ? (1 + growth.value * YEAR) ** (horizon.value / YEAR) : 1;
          return users === undefined ? undefined : { value: rate.value * users * grown, dimension: combine(rate.dimension, COUNT, 1) };
        }),
    };
  };

  /** The statement that gives a property of a component its value: of the scenario, else its own. */
  const propertyTask = (
    component: At<Component>,
    name: PropertyName,
    declaration: Declaration | undefined,
    user: AstNode | undefined,
  ): Task | undefined => {
    if (!isOwn(component, name)) return undefined;
    const override = overrides.size === 0 ? undefined : overrideFor(overrides, `${component.node.name}.${name}`, user);
    if (override) return matchTask(override.property, name, override.unit.sink);
    const declared = declaredProperty(component.node, name);
    return declared && matchTask({ node: declared, file: component.file }, name, declaration ? sinkOf(declaration) : context.sink);
  };

  const matchTask = (at: At<PropertyNode>, name: PropertyName, sink: Sink): Task => ({
    node: at.node,
    sink,
    expressions: () => (takesNumbers(propertySchema(name).phrase) ? expressionsOf(at.node) : []),
    file: at.file,
    compute: () => computeMatch(at, name),
  });

  const lookup: Evaluation['lookup'] = (node, file) => {
    const named = taskNamed(node, file, current?.node);
    if (!named) return 'unknown';
    const { declaration, property, dot, task } = named;
    if (property === undefined) scope.refer(node.name, spanOf(node), declaration);
    else context.refer({ ...spanOf(node), end: spanOf(node).start + (dot ?? 0) }, declaration.id);
    const value = task && settled(task);
    if (value === 'circular') return circular(node);
    if (property !== undefined) return propertyNumber(node, declaration, property);
    if (declaration.kind === 'let') return (value as LetValue | undefined)?.value ?? 'failed';
    if (value) return value as Quantity;
    context.report(
      'invalid-value',
      spanOf(node),
      `${node.name} has no rate: its flow needs at … (what follows from a think-time is known to the estimate only)`,
    );
    return 'failed';
  };

  const circular = (node: Name): 'failed' => {
    context.report('circular-value', spanOf(node), `${node.name} is needed to compute itself; give one of the values involved as a number`);
    return 'failed';
  };

  const propertyNumber = (node: Name, owner: Declaration, name: PropertyName): Quantity | 'failed' => {
    const property = propertyOf({ node: owner.node as Component, file: owner.file }, name, owner);
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

  const candidates: Evaluation['candidates'] = function* () {
    for (const d of scope.all()) if (d.kind === 'let' || d.kind === 'flow') yield d.id;
  };
  const evaluation = (file: FileRef, inputs?: Evaluation['inputs']): Evaluation =>
    inputs ? { file, lookup, candidates, inputs } : { file, lookup, candidates };

  const match = (at: At<PropertyNode>, name: PropertyName, sink = context.sink): Matched | undefined => {
    const known = circle.size === 0 ? sink.values.get(at.node) : undefined;
    return (known ?? settled(matchTask(at, name, sink))) as Matched | undefined;
  };

  const computeMatch = (at: At<PropertyNode>, name: PropertyName): Matched | undefined => {
    const schema = propertySchema(name);
    const span = spanOf(at.node);
    const first = at.node.values[0];
    const last = at.node.values.at(-1);
    if (!first || !last) {
      context.report('syntax', spanOfPart(at.node, 'name'), `${name} has no value yet; for example ${name}: ${schema.example}`);
      return undefined;
    }
    const { diagnostics } = context.sink;
    const before = diagnostics.length;
    const terms = termsOf(context, evaluation(at.file), at, takesNumbers(schema.phrase));
    const offsets = { start: offsetsOf(first).start, end: offsetsOf(last).end };
    const valueSpan = spanFrom(at.node, offsets);
    const text = (): string => sourceText(at.node, offsets);
    if (!terms) {
      const [told] = diagnostics.slice(before);
      const meant = told && meantValue(name, text(), valueSpan, told);
      if (!meant || told.fixes?.some((fix) => fix.preferred && !/^a unit stands/.test(told.message))) return undefined;
      diagnostics.splice(before);
      context.report('invalid-value', meant.span, `${name}: ${meant.message}`, { fixes: meant.fixes });
      return undefined;
    }
    const result = matchPhrase(schema.phrase, terms, valueSpan);
    if ('error' in result) {
      const { rule, message, suggestion, span: where } = result.error;
      const meant = meantValue(name, text(), valueSpan, result.error);
      const isLonger = meant && meant.span.end - meant.span.start > where.end - where.start;
      if (meant && (suggestion === undefined || isLonger)) {
        context.report(rule, meant.span, `${name}: ${meant.message}`, { fixes: meant.fixes });
        return undefined;
      }
      const units = rule === 'unit-mismatch' ? withUnit(sourceText(at.node, where), numbersIn(schema.phrase)) : [];
      const meantTexts = suggestion === undefined ? units : [suggestion];
      const fixes = meantTexts.length === 0 ? {} : { fixes: eitherFix(where, meantTexts) };
      const example = suggestion === undefined ? `; for example ${name}: ${schema.example}` : '';
      context.report(rule, where, `${name}: ${message}${example}`, fixes);
      return undefined;
    }
    namesIn(schema.phrase, result.value, (role, phraseName) => resolveName(at, role, phraseName));
    return { value: result.value, text: text(), span, valueSpan };
  };

  const resolveName = (at: At<PropertyNode>, role: NameRole, name: PhraseName): void => {
    if (!name.span) return;
    if (role === 'component') scope.resolve(name.name, at.file, name.span, ['component'], 'a component');
    // `across zones` in a stamp means the zones of its own region.
    if (role === 'place' && name.name !== 'zones') scope.resolve(name.name, at.file, name.span, ['region', 'zone'], 'a region or zone');
  };

  const propertyOf = (
    component: At<Component>,
    name: PropertyName,
    declaration: Declaration | undefined,
  ): Property | 'failed' | undefined => {
    if (!isOwn(component, name)) return undefined;
    const path = overrides.size === 0 ? '' : `${component.node.name}.${name}`;
    const override = overrideFor(overrides, path, current?.node);
    if (override) {
      const value = match(override.property, name, override.unit.sink);
      if ((value as unknown) === 'circular') return 'failed';
      if (value) return { ...value, origin: { kind: 'scenario', scenario: override.scenario } };
      // What it replaces was not among the needs of those who compute with it: it might need them.
      if (declaration) return 'failed';
    }
    const declared = declaredProperty(component.node, name);
    if (declared) {
      const value = match({ node: declared, file: component.file }, name, declaration ? sinkOf(declaration) : context.sink);
      if ((value as unknown) === 'circular') return 'failed';
      if (value) return { ...value, origin: { kind: 'declared' } };
      if (declaration) return 'failed';
    }
    return factOf(component, name);
  };

  const fact: Values['fact'] = (of, statement, name) => match({ node: statement, file: of.file }, name, of.unit?.sink ?? library);

  const factOf = (component: At<Component>, name: PropertyName): Property | undefined => {
    const found = technologyProperty(scope, component, name);
    const value = found && fact(found.of, found.statement, name);
    if (!value || (value as unknown) === 'circular') return undefined;
    const { source } = found.statement;
    const technology = found.of.node.name;
    return { ...value, origin: { kind: 'technology', technology, ...(source === undefined ? {} : { source }) } };
  };

  const factsOf = (component: At<Component>, kind: Kind): ReadonlyMap<PropertyName, Property> => {
    const technology = component.node.technology;
    if (technology === undefined) return NO_FACTS;
    context.read(contentOf(`technology:${technology}`));
    const key = `${kind} ${technology}`;
    let known = facts.get(key);
    if (!known && scope.technology(technology).length === 0) return NO_FACTS;
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
    isLater: horizon !== undefined,
    evaluation,
    expression: (file, node) => evaluate(context, evaluation(file), node),
    let(node) {
      const own = context.sink;
      const declaration = scope.content(node.name);
      const task = declaration?.node === node ? letTask(declaration, undefined) : undefined;
      const value = task ? settled(task) : own.values.get(node);
      return (value as LetValue | undefined) ?? { text: '', inputs: [] };
    },
    match: (at, name) => match(at, name),
    fact,
    ofTechnology: factsOf,
    ofComponent(component, name) {
      const value = propertyOf(component, name, undefined);
      return value === 'failed' ? undefined : value;
    },
    computedFor() {
      const units = [...late];
      late.clear();
      return units;
    },
    forget(technologies) {
      for (const technology of technologies) {
        for (const key of [...facts.keys()]) if (key.endsWith(` ${technology}`)) facts.delete(key);
      }
    },
  };
}

/** Whether the component has the property: its own lowering reads no other, so nobody else does. */
const isOwn = ({ node }: At<Component>, name: PropertyName): boolean => isKind(node.kind) && isFor(name, [node.kind]);

/** Expressions in the value of a property. */
function expressionsOf(node: PropertyNode): Expression[] {
  const found: Expression[] = [];
  for (const phrase of node.values) {
    for (const term of phraseTerms(phrase)) if (term.$type !== 'Text' && term.$type !== 'Relation') found.push(term);
  }
  return found;
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

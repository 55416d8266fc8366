import { COUNT, type Demand, dimensionName, isCount, type Quantity, quantity, RATE, sameDimension } from '@sysd/core';
import type { AstNode } from 'langium';
import { type Component, type Flow, isName, type Let, type Name, type Phrase } from '../generated/ast.ts';
import { type At, type Context, replaceFix, silent, spanFrom, spanOf } from './context.ts';
import { evaluate, namesOf, textOf } from './expressions.ts';
import type { Override, Overrides } from './overrides.ts';
import type { Scope } from './scope.ts';
import { type Expression, offsetsOf, phraseTerms } from './spans.ts';
import type { Values } from './values.ts';

interface Written {
  readonly node: Expression;
  readonly each: boolean;
  readonly file: At['file'];
}

/** How often a flow starts: `at` of its header, or of the scenario (`ReadTimeline.at: 3/day each`). */
export function demandOf(context: Context, scope: Scope, values: Values, overrides: Overrides, at: At<Flow>): Demand | undefined {
  return demandFrom(context, scope, values, at, overrides.get(`${at.node.name}.at`));
}

function demandFrom(context: Context, scope: Scope, values: Values, at: At<Flow>, override: Override | undefined): Demand | undefined {
  const written = override ? fromPhrase(override.property.file, override.property.node.values[0]) : header(at);
  const demand = written && readDemand(context, scope, values, written);
  if (written && demand?.kind === 'rate' && values.isLater && growsTwice(scope, values, at, written)) {
    const why = 'follows from the rate of another flow, which has grown by then, and would grow once more with what starts it';
    context.report('invalid-value', demand.span, `${demand.rate.text} ${why}; to follow that flow write at FLOW * factor`);
    return undefined;
  }
  if (!override || demand?.kind !== 'flow' || demand.flow !== at.node.name) return demand;
  // `PostTweet.at: PostTweet * 2`: a multiple of the rate that it replaces.
  const base = demandFrom(context, scope, values, at, override.before);
  if (base?.kind === 'flow') return { ...base, factor: base.factor * demand.factor, text: demand.text, span: demand.span };
  return base && { ...base, rate: { ...multiple(base.rate, demand.factor), text: demand.text, span: demand.span }, span: demand.span };
}

function multiple({ value, dimension, low, high }: Quantity, factor: number): Quantity {
  const ends = low === undefined || high === undefined ? {} : { low: low * factor, high: high * factor };
  return { value: value * factor, dimension, ...ends };
}

const header = (at: At<Flow>): Written | undefined => at.node.rate && { node: at.node.rate, each: at.node.each === true, file: at.file };

/** `3/day each` as the value of a property. */
export function fromPhrase(file: At['file'], phrase: Phrase | undefined): Written | undefined {
  const [first, second] = phraseTerms(phrase);
  if (!first || first.$type === 'Text' || first.$type === 'Relation') return undefined;
  return { node: first, each: second !== undefined && isName(second) && second.name === 'each', file };
}

/** Reports a demand that is no rate; undefined then. */
export function readDemand(context: Context, scope: Scope, values: Values, { node, each, file }: Written): Demand | undefined {
  const span = spanFrom(node, offsetsOf(node));
  const names = namesOf(node);
  const flows = [...new Set(names.map((n) => n.name))].filter((name) => scope.find(name, file, ['flow']));
  if (flows.length > 1) {
    context.report('invalid-value', span, `a flow follows one other flow: ${flows.join(' and ')} are two`);
    return undefined;
  }
  const [flow] = flows;
  if (flow !== undefined) return followed(context, scope, values, { node, each, file }, flow);
  const perUser = /^(\d[\d.]*[kMGT]?)(?:\s*\/\s*users?)?\s*\/\s*(\w+?)(?:\s*\/\s*users?)?$/.exec(textOf(node));
  if (perUser && /users?\b/.test(perUser[0]) && !/^users?$/.test(perUser[2] ?? '')) {
    const meant = `${perUser[1]}/${perUser[2]}${each ? '' : ' each'}`;
    context.report('invalid-value', span, `a rate of each user ends in each: write ${meant}`, {
      fixes: [replaceFix(`Change to ${meant}`, span, meant)],
    });
    return undefined;
  }
  const rate = values.expression(file, node);
  if (!rate) return undefined;
  if (!sameDimension(rate.dimension, RATE)) {
    context.report(
      'unit-mismatch',
      span,
      `${rate.text} is ${dimensionName(rate.dimension)}, but a rate is due here, such as ${isCount(rate.dimension) ? `${rate.text}/s or ${rate.text}/day` : '10/day'}`,
    );
    return undefined;
  }
  return { kind: 'rate', rate, each, span };
}

/** Whether a rate that is made of grown ones starts at something that grows itself. */
function growsTwice(scope: Scope, values: Values, { node, file }: At<Flow>, written: Written): boolean {
  const source = scope.find(node.source ?? '', file, ['component']);
  const at = source && { node: source.node as Component, file: source.file };
  return (
    at !== undefined && values.ofComponent(at, 'growth') !== undefined && usesRate(scope, namesOf(written.node), written.file, new Set())
  );
}

/** Whether one of the names stands for what is made of the rate of a flow. */
function usesRate(scope: Scope, names: readonly Name[], file: At['file'], seen: Set<AstNode>): boolean {
  return names.some(({ name }) => {
    const found = scope.find(name, file, ['let', 'flow']);
    if (found?.kind !== 'let') return found !== undefined;
    const { value } = found.node as Let;
    if (!value || seen.has(found.node)) return false;
    seen.add(found.node);
    return usesRate(scope, namesOf(value), found.file, seen);
  });
}

/** `at Checkout * 97%`: the factor is what the expression gives with 1 for the flow; it must be proportional to it. */
function followed(context: Context, scope: Scope, values: Values, { node, each, file }: Written, flow: string): Demand | undefined {
  const span = spanFrom(node, offsetsOf(node));
  const withRate = (rate: number): Quantity | undefined => {
    const evaluation = values.evaluation(file);
    return evaluate(
      rate === 1 ? context : silent(context),
      { ...evaluation, lookup: (name, from) => (name.name === flow ? quantity(rate, COUNT) : evaluation.lookup(name, from)) },
      node,
    );
  };
  const one = withRate(1);
  const two = withRate(2);
  if (!one || !two) return undefined;
  scopeReference(scope, namesOf(node), file, flow);
  const proportional = isCount(one.dimension) && Math.abs(two.value - 2 * one.value) <= 1e-9 * Math.abs(one.value);
  if (!proportional || each) {
    const why = each ? '`each` is for rates per user' : 'only multiples of its rate make sense';
    context.report('invalid-value', span, `a flow follows another as in ${flow} * 97%: ${why}`);
    return undefined;
  }
  return { kind: 'flow', flow, factor: one.value, text: textOf(node), span };
}

function scopeReference(scope: Scope, names: readonly Name[], file: At['file'], flow: string): void {
  const declaration = scope.find(flow, file, ['flow']);
  if (declaration) for (const name of names) if (name.name === flow) scope.refer(flow, spanOf(name), declaration);
}

import {
  apply,
  type Computed,
  FUNCTIONS,
  findUnit,
  interval,
  meantNumbers,
  operate,
  parseQuantity,
  type Quantity,
  type Span,
} from '@sysd/core';
import { type BinaryExpression, isBinaryExpression, isName, isParenthesis, isQuantity, type Name } from '../generated/ast.ts';
import { type Context, type FileRef, replaceFix, silent, spanFrom, spanOf, suggestion } from './context.ts';
import { eitherFix } from './meant-values.ts';
import { chosenFor } from './ranges.ts';
import { type Expression, offsetsOf, sourceText } from './spans.ts';

/** What names mean in an expression: a number, `unknown` (not reported yet), or `failed` (known, but it has no value; reported). */
export type Lookup = (name: Name, file: FileRef) => Quantity | 'unknown' | 'failed';

export interface Evaluation {
  readonly file: FileRef;
  readonly lookup: Lookup;
  /** Names that can stand for numbers, for did-you-mean. */
  readonly candidates: () => Iterable<string>;
  /** Collects the names that the expression uses, with their values. */
  readonly inputs?: { name: string; value: Quantity }[];
}

/** Source text of a node, on one line. */
export function textOf(node: Expression): string {
  return sourceText(node, offsetsOf(node)).replace(/\s+/g, ' ');
}

/**
 * Value of an expression with its dimension, its source text and its span; undefined where it has none, which has been reported then.
 * Recursion is bounded: shaping bounds parentheses and operators.
 */
export function evaluate(context: Context, e: Evaluation, node: Expression): Quantity | undefined {
  const value = compute(context, e, node);
  return value && { ...value, text: textOf(node), span: spanOf(node) };
}

/** Names in an expression that may stand for numbers, in text order; not the names of functions, and not what words such as `hash( … )` take. */
export function namesOf(node: Expression | undefined, found: Name[] = []): Name[] {
  switch (node?.$type) {
    case 'Parenthesis':
      return namesOf(node.inner, found);
    case 'BinaryExpression':
      namesOf(node.left, found);
      return namesOf(node.right, found);
    case 'Name':
      if (!node.call) found.push(node);
      else if (FUNCTIONS.has(node.name)) for (const argument of node.arguments) namesOf(argument, found);
  }
  return found;
}

function compute(context: Context, e: Evaluation, node: Expression | undefined): Quantity | undefined {
  if (!node) return undefined;
  if (isQuantity(node)) return settled(context, node, accept(context, node, parseQuantity(node.value)));
  if (isParenthesis(node)) return compute(context, e, node.inner);
  if (isBinaryExpression(node)) return binary(context, e, node);
  if (!isName(node)) return undefined;
  return node.call ? call(context, e, node) : name(context, e, node);
}

/** `a/day`, whose divisor is a unit and no number: a unit stands behind a number. */
function isUnitBelow(e: Evaluation, { operator, right }: BinaryExpression): boolean {
  return operator === '/' && isName(right) && !right.call && findUnit(right.name) !== undefined && e.lookup(right, e.file) === 'unknown';
}

function binary(context: Context, e: Evaluation, node: BinaryExpression): Quantity | undefined {
  // Only a number that is known can have a unit put behind it.
  if (isUnitBelow(e, node) && compute(silent(context), e, node.left)) {
    const written = `${textOf(node.left)} * 1/${(node.right as Name).name}`;
    const span = spanOf(node);
    const message = `a unit stands behind a number: write ${written}`;
    context.report('unknown-name', span, message, { fixes: [replaceFix(`Change to ${written}`, span, written)] });
    return undefined;
  }
  const left = compute(context, e, node.left);
  const right = compute(context, e, node.right);
  if (!left || !right) return undefined;
  if (node.operator === '..') return settled(context, node, accept(context, node, interval(left, right)));
  return accept(context, node, operate(node.operator, left, right));
}

/** In a sample a range is a number. */
function settled({ chosen }: Context, node: Expression, quantity: Quantity | undefined): Quantity | undefined {
  return quantity && chosen.size > 0 ? chosenFor(chosen, node, quantity) : quantity;
}

function call(context: Context, e: Evaluation, node: Name): Quantity | undefined {
  const span = spanOf(node);
  if (!FUNCTIONS.has(node.name)) {
    const near = suggestion(node.name, FUNCTIONS.keys(), { ...span, end: span.start + node.name.length });
    context.report(
      'unknown-name',
      span,
      `there is no function ${node.name}${near.text || `; there are ${[...FUNCTIONS.keys()].join(', ')}`}`,
      near.fixes ? { fixes: near.fixes } : {},
    );
    return undefined;
  }
  const args = node.arguments.map((a) => compute(context, e, a));
  if (args.some((a) => a === undefined)) return undefined;
  if (args.length === 0) {
    context.report('invalid-value', span, `${node.name} needs a number in its parentheses`);
    return undefined;
  }
  return accept(context, node, apply(node.name, args as Quantity[]));
}

function name(context: Context, e: Evaluation, node: Name): Quantity | undefined {
  const found = e.lookup(node, e.file);
  if (found === 'failed') return undefined;
  if (found === 'unknown') {
    const span = spanOf(node);
    const near = difference(node.name, [...e.candidates()], span) ?? suggestion(node.name, e.candidates(), span);
    context.report(
      'unknown-name',
      span,
      `nothing called ${node.name} has a number: an expression may use a let, component.property or the name of a flow${near.text}`,
      near.fixes ? { fixes: near.fixes } : {},
    );
    return undefined;
  }
  e.inputs?.push({ name: node.name, value: found });
  return found;
}

/** `a-b` of two names: a name may have a `-` inside, so that a difference needs blanks. */
function difference(name: string, candidates: readonly string[], span: Span): ReturnType<typeof suggestion> | undefined {
  for (let at = name.indexOf('-'); at > 0; at = name.indexOf('-', at + 1)) {
    const [left, right] = [name.slice(0, at), name.slice(at + 1)];
    const written = `${left} - ${right}`;
    if (candidates.includes(left) && candidates.includes(right))
      return { text: `; a difference needs blanks: ${written}`, fixes: [replaceFix(`Change to ${written}`, span, written)] };
  }
  return undefined;
}

function accept(context: Context, node: Expression, computed: Computed): Quantity | undefined {
  if (computed.ok) return computed.value;
  const mismatch = /cannot be|must measure|plain number|like with like/.test(computed.error);
  const span = isQuantity(node) ? spanOf(node) : spanFrom(node, offsetsOf(node));
  const meant = isQuantity(node) ? meantNumbers(node.value).map((n) => n.meant) : [];
  const what = meant.length > 0 && !computed.error.includes('did you mean') ? `; did you mean ${meant.join(' or ')}?` : '';
  context.report(
    mismatch ? 'unit-mismatch' : 'invalid-value',
    span,
    `${computed.error}${what}`,
    meant.length > 0 ? { fixes: eitherFix(span, meant) } : {},
  );
  return undefined;
}

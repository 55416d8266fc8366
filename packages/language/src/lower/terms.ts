import { FUNCTIONS, type Phrase, parseQuantity, type Quantity, type Term } from '@sysd/core';
import type { AstNode } from 'langium';
import {
  isBinaryExpression,
  isName,
  isParenthesis,
  isQuantity,
  isRelation,
  isText,
  type Name,
  type Phrase as PhraseNode,
  type Property,
} from '../generated/ast.ts';
import { blockOf } from '../project/source-file.ts';
import { type At, type Context, replaceFix, spanFrom, spanOf } from './context.ts';
import { type Evaluation, evaluate, textOf } from './expressions.ts';
import { chosenFor } from './ranges.ts';
import { type Expression, offsetsOf, phraseTerms } from './spans.ts';

/**
 * Terms of a property value for core's matcher; undefined where one of them has no value, which has been reported then. A word that could
 * be a number (a let, `component.property`, a flow) carries it.
 * @param numeric whether the property takes numbers at all
 */
export function termsOf(context: Context, e: Evaluation, at: At<Property>, numeric: boolean): Term[] | undefined {
  const terms: Term[] = [];
  let failed = false;
  at.node.values.forEach((phrase, i) => {
    if (i > 0) terms.push({ kind: 'comma', span: commaSpan(at, phrase) });
    for (const node of phraseTerms(phrase)) {
      const term = termOf(context, e, at, node, numeric);
      if (term) terms.push(term);
      else failed = true;
    }
  });
  return failed ? undefined : terms;
}

/** The place of the comma before a phrase, near enough for an error that says what is missing there. */
function commaSpan(at: At<Property>, phrase: PhraseNode) {
  const { start } = offsetsOf(phrase);
  return spanFrom(at.node, { start: blockOf(phrase).text.lastIndexOf(',', start), end: start });
}

function termOf(
  context: Context,
  e: Evaluation,
  at: At<Property>,
  node: ReturnType<typeof phraseTerms>[number],
  numeric: boolean,
): Term | undefined {
  const span = spanOf(node);
  if (isText(node)) return { kind: 'text', text: node.value, span };
  if (isRelation(node)) return { kind: 'word', word: node.operator, span };
  if (isQuantity(node)) {
    const parsed = parseQuantity(node.value);
    if (parsed.ok)
      return { kind: 'quantity', quantity: { ...chosenFor(context.chosen, node, parsed.value), text: node.value, span }, span };
    context.report('invalid-value', span, parsed.error);
    return undefined;
  }
  if (isName(node) && !node.call) {
    const number = numeric ? numberOf(e, at, node) : undefined;
    if (number === 'failed') return undefined;
    return { kind: 'word', word: node.name, span, ...(number ? { number: { ...number, text: node.name, span } } : {}) };
  }
  if (isName(node) && !FUNCTIONS.has(node.name)) return callTerm(context, node);
  if (isPath(node)) {
    const written = textOf(node).replace(/^http\s*(.*)$/, 'http "$1"');
    const message = `text stands in double quotes; did you mean ${written}?`;
    context.report('invalid-value', span, message, { fixes: [replaceFix(`Change to ${written}`, span, written)] });
    return undefined;
  }
  if (isBinaryExpression(node) || isParenthesis(node) || isName(node)) {
    const quantity = evaluate(context, e, node);
    return quantity && { kind: 'quantity', quantity, span };
  }
  return undefined;
}

/** `http /healthz`, which reads as a division. */
function isPath(node: AstNode): boolean {
  if (!isBinaryExpression(node) || node.operator !== '/') return false;
  return isPath(node.left) || (isName(node.left) && node.left.name === 'http');
}

function numberOf(e: Evaluation, at: At<Property>, node: Name): Quantity | 'failed' | undefined {
  const found = e.lookup(node, at.file);
  return found === 'unknown' ? undefined : found;
}

/** `hash(a, b)`: a word of the schema with names. */
function callTerm(context: Context, node: Name): Term | undefined {
  const args: { name: string; span: ReturnType<typeof spanOf> }[] = [];
  for (const arg of node.arguments as readonly Expression[]) {
    const span = spanOf(arg);
    if (!isName(arg) || arg.call) {
      context.report('invalid-value', span, `${node.name}( … ) takes names, such as ${node.name}(user_id)`);
      return undefined;
    }
    args.push({ name: arg.name, span });
  }
  return { kind: 'call', name: node.name, arguments: args, span: spanOf(node) };
}

const numericPhrases = new WeakMap<Phrase, boolean>();

/** Whether a number may stand somewhere in the phrase. */
export function takesNumbers(phrase: Phrase): boolean {
  let known = numericPhrases.get(phrase);
  if (known === undefined) {
    known = computeTakesNumbers(phrase);
    numericPhrases.set(phrase, known);
  }
  return known;
}

function computeTakesNumbers(phrase: Phrase): boolean {
  switch (phrase.kind) {
    case 'quantity':
    case 'range':
      return true;
    case 'list':
      return takesNumbers(phrase.of);
    case 'choice':
      return phrase.of.some(takesNumbers);
    case 'record':
      return phrase.parts.some((p) => p.phrase !== undefined && takesNumbers(p.phrase));
    default:
      return false;
  }
}

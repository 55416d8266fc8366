import { type Accept, dimensionName, type Expectation, formatQuantity, type Quantity, sameDimension, type View } from '@sysd/core';
import { type Accept as AcceptNode, type Expect, isName, isProperty, type View as ViewNode } from '../generated/ast.ts';
import { type At, spanFrom, spanOf, spanOfPart, suggestion } from './context.ts';
import { elementParts } from './elements.ts';
import type { LowerInput } from './elements-input.ts';
import { textOf } from './expressions.ts';
import type { DeclarationKind } from './scope.ts';
import { type Expression, offsetsOf, phraseTerms } from './spans.ts';
import { bodyOf } from './statements.ts';

const ELEMENTS: readonly DeclarationKind[] = ['component', 'region', 'zone', 'group', 'flow', 'table', 'query'];

/** `accept RULE on ELEMENT because "reason"`. Whether the rule exists and the accept matches anything is for the rules to say. */
export function lowerAccept({ context, scope }: LowerInput, at: At<AcceptNode>): Accept | undefined {
  const { node, file } = at;
  if (node.rule === undefined) return undefined;
  const example = `accept ${node.rule} on NAME because "reason"`;
  if (node.element === undefined) {
    context.report('invalid-value', spanOfPart(at.node, 'rule'), `say what is accepted: ${example}`);
    return undefined;
  }
  const element = scope.resolve(node.element, file, spanOfPart(at.node, 'element'), ELEMENTS, 'an element of the design');
  const target =
    node.target === undefined ? undefined : scope.resolve(node.target, file, spanOfPart(at.node, 'target'), ['component'], 'a component');
  if (!element || (node.arrow !== undefined && !target)) return undefined;
  if (node.reason === undefined || node.reason.trim() === '') {
    context.report('invalid-value', spanOf(at.node), `say why: ${example.replace('NAME', node.element)}`);
    return undefined;
  }
  return {
    rule: node.rule,
    element: target ? `${element.id}->${target.id}` : element.id,
    reason: node.reason,
    span: spanOf(at.node),
    ruleSpan: spanOfPart(at.node, 'rule'),
  };
}

const HOLDS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '==': (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)),
  '!=': (a, b) => Math.abs(a - b) > 1e-9 * Math.max(Math.abs(a), Math.abs(b)),
};

/** `expect disks <= 3000 "why"`: reported where it does not hold. */
export function lowerExpectation({ context, values }: LowerInput, at: At<Expect>): Expectation {
  const { node, file } = at;
  const span = spanOf(at.node);
  const written = (e: Expression | undefined): string => (e ? textOf(e) : '');
  const text = `${written(node.left)}${node.operator ? ` ${node.operator} ${written(node.right)}` : ''}`;
  const base = { text, span, ...(node.reason === undefined ? {} : { why: node.reason }) };
  if (!node.left || !node.operator || !node.right) {
    if (node.left) context.report('invalid-value', span, `expect compares two values: expect ${text} <= 3000 "why"`);
    return base;
  }
  const left = values.expression(file, node.left);
  const right = values.expression(file, node.right);
  if (!left || !right) return base;
  if (!sameDimension(left.dimension, right.dimension)) {
    context.report(
      'unit-mismatch',
      spanFrom(at.node, { start: offsetsOf(node.left).start, end: offsetsOf(node.right).end }),
      `${written(node.left)} is ${dimensionName(left.dimension)}, ${written(node.right)} is ${dimensionName(right.dimension)}: they cannot be compared`,
    );
    return base;
  }
  const holds = HOLDS[node.operator]?.(left.value, right.value) ?? false;
  if (!holds)
    context.report(
      'expectation-failed',
      span,
      `expected ${text}${node.reason ? ` (${node.reason})` : ''}, but ${sentence(written(node.left), left, node.operator, right)}`,
    );
  return { ...base, holds, left, right };
}

function sentence(name: string, left: Quantity, operator: string, right: Quantity): string {
  return `${name} is ${formatQuantity(left.value, left.dimension)}: not ${operator} ${formatQuantity(right.value, right.dimension)}`;
}

const LISTS = ['include', 'exclude', 'rank'] as const;

/** `view "Checkout" { include: api, orders; exclude: monitor; rank: lb, api }`. */
export function lowerView({ context, scope }: LowerInput, at: At<ViewNode>): View | undefined {
  const { node, file } = at;
  if (node.title === undefined) return undefined;
  const lists: Record<(typeof LISTS)[number], string[]> = { include: [], exclude: [], rank: [] };
  for (const item of bodyOf(node)) {
    const span = spanOf(item);
    if (!isProperty(item)) {
      if (item.$type !== 'Orphan') context.report('misplaced-statement', span, 'a view has include, exclude and rank');
      continue;
    }
    const list = LISTS.find((l) => l === item.name);
    if (!list) {
      const near = suggestion(item.name, LISTS, spanOfPart(item, 'name'));
      context.report(
        'unknown-property',
        spanOfPart(item, 'name'),
        `a view has include, exclude and rank, not ${item.name}${near.text}`,
        near.fixes ? { fixes: near.fixes } : {},
      );
      continue;
    }
    for (const phrase of item.values) {
      const [term, extra] = phraseTerms(phrase);
      const where = spanOf(phrase);
      if (!term || !isName(term) || term.call || extra) {
        context.report('invalid-value', where, `${list} takes names separated by commas`);
        continue;
      }
      const found = scope.resolve(term.name, file, where, ['component', 'group', 'region', 'zone', 'flow'], 'a component, group or flow');
      if (found) lists[list].push(found.id);
    }
  }
  return { ...elementParts(at, node.title), nameSpan: spanOfPart(at.node, 'title'), ...lists };
}

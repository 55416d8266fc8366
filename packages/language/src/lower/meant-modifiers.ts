import { type Kind, type Operation, type Span, STORES } from '@sysd/core';
import { type Component, isBinaryExpression, isName, isQuantity, type Target } from '../generated/ast.ts';
import { meantOperation } from '../parser/operation-names.ts';
import { type At, spanFrom, spanOf } from './context.ts';
import type { Scope } from './scope.ts';
import { type Expression, offsetsOf, sourceText } from './spans.ts';

/** What a word behind a target is meant for, where it is how other languages say a modifier. */
export interface MeantModifier {
  readonly span: Span;
  readonly message: string;
  /** What to write over the span; nothing where it is not one thing. */
  readonly meant: readonly string[];
  readonly operation?: Operation;
}

const METHODS = new Set(['get', 'head', 'post', 'put', 'patch', 'delete', 'options']);

/** `read if 10%`, `read x200`, `read on-miss`, `read timeout 200 ms`, `write async`, `GET /orders`; undefined for a word that means something. */
export function meantModifier(scope: Scope, at: At<Target>, node: Expression, next: Expression | undefined): MeantModifier | undefined {
  const path = pathOf(scope, at, node);
  if (path) return path;
  if (!isName(node) || node.call || isKnown(scope, at, node.name)) return undefined;
  const span = spanOf(node);
  const word = node.name.toLowerCase();
  const behind = next ? sourceText(next, offsetsOf(next)) : undefined;
  if ((word === 'if' || word === 'provided') && behind !== undefined)
    return { span, message: `a share of the requests is said when ${behind}`, meant: ['when'] };
  const times = /^x(\d+)$/.exec(word)?.[1];
  if (times !== undefined) return { span, message: `how often is said times ${times}`, meant: [`times ${times}`] };
  if (/^(?:on-?miss|miss)$/.test(word))
    return { span, message: 'a step for what a cache did not have is said on miss', meant: ['on miss'] };
  if (/^(?:returning|return|response|answers?)$/.test(word))
    return { span, message: 'the size of the answer is said returns 2 KB', meant: ['returns'] };
  if (/^(?:async|asynchronously|background)$/.test(word))
    return { span, message: 'a step that does not wait has the arrow ~> in place of ->', meant: [] };
  if (/^(?:timeout|retries|retry|pool|breaker|backoff)$/.test(word)) {
    const message = `how a connection behaves is said outside of flows: SOURCE -> ${at.node.name} { ${word}: ${behind ?? '…'} } at the top level`;
    return { span, message, meant: [] };
  }
  return undefined;
}

const isKnown = (scope: Scope, at: At<Target>, name: string): boolean =>
  scope.find(name, at.file, ['let', 'flow']) !== undefined ||
  scope.find(`${at.node.name}.${name}`, at.file, ['table', 'query']) !== undefined;

/** `GET /orders`, which reads as a division. */
function pathOf(scope: Scope, at: At<Target>, node: Expression): MeantModifier | undefined {
  let first: Expression = node;
  while (isBinaryExpression(first) && first.operator === '/') first = first.left;
  if (first === node || isQuantity(first) || !isName(first) || !METHODS.has(first.name.toLowerCase())) return undefined;
  const text = sourceText(node, offsetsOf(node));
  const operation = meantOperation(first.name);
  const target = scope.find(at.node.name ?? '', at.file, ['component']);
  const component = target && (scope.content(target.id)?.node as Component | undefined);
  const isStore = component !== undefined && STORES.includes(component.kind as Kind);
  const message = `a step says what it does by its operation, not by its path: leave ${text} out, or name the flow after it`;
  return {
    span: spanFrom(node, offsetsOf(node)),
    message,
    meant: [isStore ? (operation ?? '') : ''],
    ...(isStore && operation ? { operation } : {}),
  };
}

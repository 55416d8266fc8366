import { type Kind, type Operation, type Span, STORES } from '@sysd/core';
import { type Component, isBinaryExpression, isName, isQuantity, type Target, type When } from '../generated/ast.ts';
import { meantOperation } from '../parser/operation-names.ts';
import { type At, type FileRef, spanFrom, spanOf } from './context.ts';
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

/** For what a cache did not have, as one says it. */
const MISS =
  /^(?:(?:if|provided|when) )?(?:on[- ]?miss|(?:a )?(?:cache[- ]?)?miss(?:ed)?|not[- ](?:cached|in[- ]cache)|uncached)$|^unless cached$/;
const ON_MISS = 'a step for what a cache did not have is said on miss';

/** How many of the words that begin here say `on miss` in another way; 0 where they do not. */
function missWords(nodes: readonly Expression[]): number {
  const words: string[] = [];
  for (const node of nodes.slice(0, 4)) {
    if (!isName(node) || node.call) break;
    words.push(node.name.toLowerCase());
  }
  while (words.length > 0 && !MISS.test(words.join(' '))) words.pop();
  return words.length;
}

/** `when miss`: what is written as a share of the requests and means those that a cache did not have. */
export function meantMiss(scope: Scope, file: FileRef, node: When): MeantModifier | undefined {
  const share = node.share as Expression | undefined;
  if (!share || missWords([share]) === 0 || (isName(share) && scope.find(share.name, file, ['let', 'flow']) !== undefined))
    return undefined;
  return { span: spanOf(node), message: ON_MISS, meant: ['on miss'] };
}

/** `read if 10%`, `read if not cached`, `read x200`, `read on-miss`, `read timeout 200 ms`, `write async`, `GET /orders`; undefined for a word that means something. */
export function meantModifier(scope: Scope, at: At<Target>, nodes: readonly Expression[]): MeantModifier | undefined {
  const [node, next] = nodes;
  if (!node) return undefined;
  const path = pathOf(scope, at, node);
  if (path) return path;
  if (!isName(node) || node.call || isKnown(scope, at, node.name)) return undefined;
  const span = spanOf(node);
  const word = node.name.toLowerCase();
  const behind = next ? sourceText(next, offsetsOf(next)) : undefined;
  const last = nodes[missWords(nodes) - 1];
  if (last)
    return { span: spanFrom(node, { start: offsetsOf(node).start, end: offsetsOf(last).end }), message: ON_MISS, meant: ['on miss'] };
  if ((word === 'if' || word === 'provided') && next && behind !== undefined) {
    const isShare = !isName(next) || isKnown(scope, at, next.name);
    if (isShare) return { span, message: `a share of the requests is said when ${behind}`, meant: ['when'] };
    return { span, message: 'for which requests a step is taken is said by their share, such as when 10%', meant: [] };
  }
  const times = /^x(\d+)$/.exec(word)?.[1];
  if (times !== undefined) return { span, message: `how often is said times ${times}`, meant: [`times ${times}`] };
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

import { BROKERS, DATA, type Kind, OPERATIONS, STORES, TIME } from '@sysd/core';
import type { IToken } from 'chevrotain';
import { CompletionItemKind } from 'vscode-languageserver';
import { typeOf } from '../text/lex.ts';
import { type Offer, word } from './item.ts';
import { componentOffers, docOf, unitOffers } from './properties.ts';
import type { Scope } from './scope.ts';

const ARROWS: readonly Offer[] = [
  { label: '->', kind: CompletionItemKind.Operator, doc: 'Calls and waits for the answer.', insert: '-> ', again: true, rank: 1 },
  { label: '~>', kind: CompletionItemKind.Operator, doc: 'Hands over and does not wait.', insert: '~> ', again: true, rank: 1 },
];

const MODIFIERS: readonly Offer[] = [
  { ...word('when', 'Share of the requests that take this step: `when 10%`.', 4), insert: 'when ', again: true },
  { ...word('times', 'Repetitions per request: `times 200`.', 4), insert: 'times ', again: true },
  { ...word('max', 'Repetitions for the request that has the most: `times followers max 30M`.', 4), insert: 'max ', again: true },
  { ...word('on miss', 'Only when the cache read before had no answer; `on miss of CACHE` names it.', 4) },
  { ...word('optional', 'The flow goes on when this step fails.', 4) },
  { ...word('requires', 'Consistency that this step needs.', 4), insert: 'requires ', again: true },
];

const LEVELS: readonly Offer[] = [
  word('strong', 'Every read sees the last write.', 1),
  word('read-your-writes', 'A user sees their own writes.', 1),
  word('eventual', 'A read may see old data.', 1),
];

/** Operations that make sense on a kind of target; others are offered behind them. */
function operationOffers(kind: Kind | undefined): Offer[] {
  const store = kind !== undefined && STORES.includes(kind);
  const broker = kind !== undefined && BROKERS.includes(kind);
  const fitting = store ? ['read', 'write', 'update'] : broker ? ['publish', 'consume'] : kind === undefined ? undefined : ['call'];
  return Object.entries(OPERATIONS)
    .filter(([name]) => name !== 'resolve')
    .filter(([name]) => fitting === undefined || fitting.includes(name))
    .map(([name, doc]) => ({ label: name, kind: CompletionItemKind.Function, detail: 'operation', doc, rank: 1 }));
}

/** Arrows behind the name of a component at the start of a line. */
export function arrowOffers(): readonly Offer[] {
  return ARROWS;
}

/** What may follow in `SOURCE arrow TARGET …`. `inFlow` is false for a connection at the top level, which has no operation. */
export function stepOffers(before: readonly IToken[], scope: Scope, unit: boolean, inFlow: boolean): Offer[] {
  const last = before.at(-1)!;
  const type = typeOf(last);
  if (type === 'ARROW' || type === '|') return targetOffers(scope, before[0]?.image);
  if (!inFlow) return [...ARROWS];
  switch (type) {
    case 'on':
      return [word('miss', 'The cache had no answer.', 1)];
    case 'of':
      return componentOffers({ ...scope, components: scope.components.filter((c) => ['cache', 'cdn', 'gateway'].includes(c.kind)) });
    case 'requires':
      return [...LEVELS];
    case 'when':
    case 'times':
    case 'max':
      return scope.lets.map((l) => ({ label: l.name, kind: CompletionItemKind.Constant, detail: 'let', rank: 1, ...docOf(l) }));
    case 'miss':
      return [word('of', 'Names the cache.', 1), ...modifiersLeft(before)];
  }
  const target = lastTarget(before);
  const kind = scope.components.find((c) => c.name === target?.name)?.kind;
  const offers: Offer[] = [];
  if (unit) offers.push(...unitOffers(typeOf(before.at(-2) ?? last) === 'when' ? [] : [DATA, TIME].slice(0, 1)));
  if (target && !target.operation && !unit) offers.push(...operationOffers(kind));
  if (target && !before.slice(target.index).some((t) => typeOf(t) === 'QUANTITY')) offers.push(...contentOffers(scope, target.name));
  if (type === 'QUANTITY') offers.push(word('returns', 'Size of the answer: `8 B returns 2 KB`.', 4));
  offers.push(...modifiersLeft(before));
  if (!before.some((t) => MODIFIER_TYPES.has(typeOf(t)))) offers.push(...ARROWS.map((a) => ({ ...a, rank: 6 })));
  return offers;
}

const MODIFIER_TYPES = new Set(['when', 'times', 'max', 'on', 'optional', 'requires']);

function modifiersLeft(before: readonly IToken[]): Offer[] {
  const used = new Set(before.map(typeOf));
  return MODIFIERS.filter((m) => !used.has(m.label.split(' ')[0]!) && (m.label !== 'max' || used.has('times')));
}

function lastTarget(before: readonly IToken[]): { name: string; operation: boolean; index: number } | undefined {
  for (let i = before.length - 1; i > 0; i--) {
    const type = typeOf(before[i - 1]!);
    if ((type !== 'ARROW' && type !== '|') || typeOf(before[i]!) !== 'NAME') continue;
    const operation = before.slice(i + 1).some((t) => typeOf(t) === 'OPERATION');
    return { name: before[i]!.image.split('@')[0]!, operation, index: i };
  }
  return undefined;
}

/** Components that a step may lead to; the source itself last. */
function targetOffers(scope: Scope, source: string | undefined): Offer[] {
  return componentOffers(scope).map((offer) => (offer.label === source ? { ...offer, rank: 8 } : offer));
}

/** Tables and queries of a store. */
function contentOffers(scope: Scope, store: string): Offer[] {
  const of = (list: Scope['tables'], kind: CompletionItemKind): Offer[] =>
    list.filter((t) => t.store === store).map((t) => ({ label: t.name, kind, detail: t.detail ?? '', rank: 2, ...docOf(t) }));
  return [...of(scope.tables, CompletionItemKind.Struct), ...of(scope.queries, CompletionItemKind.Method)];
}

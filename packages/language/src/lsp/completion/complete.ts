import { isKind, isProperty, KIND_NAMES, type Owner } from '@sysd/core';
import type { IToken } from 'chevrotain';
import { CompletionItemKind, type CompletionList } from 'vscode-languageserver';
import { sharedBlocks } from '../../parser/placed.ts';
import { factsOf } from '../features/blocks/facts.ts';
import { FUNCTIONS } from '../features/expression-words.ts';
import { type Block, ownerOf } from '../text/blocks.ts';
import { type Cursor, cursorAt } from '../text/cursor.ts';
import { endOf, firstFrom, typeOf } from '../text/lex.ts';
import type { PlacedText } from '../text/partition.ts';
import { blocksOf, rangeOf, type Snapshot } from '../text/snapshot.ts';
import { type Offer, toItems, word } from './item.ts';
import { componentOffers, docOf, placeOffers, propertyOffers, unitOffers, valueOffers } from './properties.ts';
import { EMPTY_SCOPE, mergeScopes, type Named, type Scope } from './scope.ts';
import { arrowOffers, stepOffers } from './step.ts';
import {
  FLOW_OFFERS,
  GROUP_OFFERS,
  KIND_OFFERS,
  QUERY_OFFERS,
  RATE_OFFERS,
  SCENARIO_OFFERS,
  STORE_OFFERS,
  TOP_OFFERS,
} from './templates.ts';

/** What completion knows besides the text: names of the last design and its imports, the rules, the files that may be imported. */
export interface CompletionContext {
  readonly scope: Scope;
  /** Blocks whose names that scope has: those of the text from which its design was made. */
  readonly covered?: readonly PlacedText[];
  readonly rules: readonly Named[];
  /** Paths that begin with what has been typed, such as `./plat`. */
  readonly importPaths: (typed: string) => readonly string[];
  readonly snippets: boolean;
}

/** Kinds whose components hold tables. */
const WITH_TABLES = new Set(['database', 'cache', 'search', 'blobstore']);
const VIEW_PROPERTIES = [
  ['include', 'Components that the view shows.'],
  ['exclude', 'Components that it leaves out.'],
  ['rank', 'Components on one rank, left to right.'],
] as const;

/**
 * Completion at an offset. Reads the tokens of the line and the enclosing blocks, never the tree, so that it works in half-typed text.
 */
export function complete(snapshot: Snapshot, offset: number, context: CompletionContext): CompletionList {
  const cursor = cursorAt(blocksOf(snapshot), offset);
  if (cursor.inside === 'comment') return { items: [], isIncomplete: false };
  if (cursor.inside === 'string') return importItems(snapshot, cursor, context);
  const scope = mergeScopes(context.scope, declaredSince(context.covered ?? [], blocksOf(snapshot)));
  const rest = cursor.text.slice(offset - cursor.base, offset - cursor.base + 200).split(/[\r\n]/, 1)[0]!;
  const options = {
    range: rangeOf(snapshot, cursor.wordStart, offset),
    typed: cursor.word,
    snippets: context.snippets && /^\s*(\}\s*)?(\/\/.*)?$/.test(rest),
  };
  const list = cursor.continued ? offersAt({ ...cursor, before: cursor.continued }, { ...context, scope }) : [];
  const offers = [...list, ...offersAt(cursor, { ...context, scope })];
  // Behind a name that is complete but for what is being typed, its `:` is there already.
  const colon = /^[\w-]*\s*:/.test(rest);
  return toItems(colon ? offers.map((o) => (o.insert === `${o.label}: ` ? { ...o, insert: o.label } : o)) : offers, options);
}

/** Names that the blocks declare which have changed. */
function declaredSince(older: readonly PlacedText[], newer: readonly PlacedText[]): Scope[] {
  const { head, tail } = sharedBlocks(older, newer);
  const scopes: Scope[] = [];
  for (let i = head; i < newer.length - tail; i++) {
    const { declared } = factsOf(newer[i]!.block);
    if (declared !== EMPTY_SCOPE) scopes.push(declared);
  }
  return scopes;
}

function importItems(snapshot: Snapshot, cursor: Cursor, context: CompletionContext): CompletionList {
  if (cursor.before.length !== 1 || typeOf(cursor.before[0]!) !== 'import') return { items: [], isIncomplete: false };
  const typed = cursor.string ?? '';
  const offers = context.importPaths(typed).map((path): Offer => ({ label: path, kind: CompletionItemKind.File }));
  return toItems(offers, { range: rangeOf(snapshot, cursor.offset - typed.length, cursor.offset), typed, snippets: false });
}

/** Does a number stand right before the word, at most blanks between, that has no unit yet? Then a unit is due. */
function wantsUnit(cursor: Cursor): boolean {
  const last = cursor.before.at(-1);
  if (last && typeOf(last) === '/') return typeOf(cursor.before.at(-2) ?? last) === 'QUANTITY';
  if (!last || typeOf(last) !== 'QUANTITY') return false;
  // `10 m|` lexes as one quantity where `m` is a unit: then the word lies inside the token.
  const number = cursor.text.slice(last.startOffset, Math.min(endOf(last), cursor.wordStart - cursor.base));
  return /^[\d.]+\s*[kMGT]?\/?\s*$/.test(number) || number.endsWith('/');
}

function offersAt(cursor: Cursor, context: CompletionContext): readonly Offer[] {
  const { before, blocks } = cursor;
  const block = blocks.at(-1);
  const { scope } = context;
  const first = before[0];
  if (!first) return lineStart(cursor, block, scope);
  const last = before.at(-1)!;
  const unit = wantsUnit(cursor);
  switch (typeOf(first)) {
    case 'PROPERTY':
      return before.length < 2 ? [] : propertyValue(first.image, before.slice(2), unit, blocks, scope);
    case 'SOURCE':
      return stepOffers(before, scope, unit, inFlow(blocks));
    case 'else':
      return before.length === 1 ? componentOffers(scope) : stepOffers(before.slice(1), scope, unit, true);
    case 'KIND':
      return behindKind(before, scope);
    case 'technology':
      return typeOf(last) === ':' ? KIND_NAMES.map((k) => ({ label: k, kind: CompletionItemKind.Class })) : [];
    case 'flow':
      return behindFlow(before, unit, scope);
    case 'group':
      if (typeOf(last) === 'across' || (typeOf(last) === ',' && before.some((t) => typeOf(t) === 'across'))) return placeOffers(scope);
      return before.length === 2 ? [word('across', 'One copy of everything in the group per place.')] : [];
    case 'accept':
      return behindAccept(before, context);
    case 'fail':
      return typeOf(last) === 'fail' || typeOf(last) === ',' ? [...componentOffers(scope), ...placeOffers(scope)] : [];
    case 'let':
    case 'expect':
      return expression(before, unit, scope);
    case 'join':
    case 'where':
    case 'from':
      return inQuery(before, blocks, scope);
    default:
      return [];
  }
}

const inFlow = (blocks: readonly Block[]): boolean => blocks.some((b) => b.type === 'flow');

function lineStart(cursor: Cursor, block: Block | undefined, scope: Scope): readonly Offer[] {
  const outer = cursor.blocks.at(-2);
  switch (block?.type) {
    case undefined:
      return [...TOP_OFFERS, ...KIND_OFFERS, ...componentOffers(scope, 4)];
    case 'KIND': {
      const properties = isKind(block.word) ? propertyOffers(block.word, presentProperties(cursor)) : [];
      return WITH_TABLES.has(block.word) ? [...properties, ...STORE_OFFERS] : properties;
    }
    case 'technology': {
      const kind = block.header[3]?.image ?? '';
      const owners: Owner[] = isKind(kind) ? [kind, 'technology'] : ['technology'];
      const present = presentProperties(cursor);
      const title: Offer = {
        label: 'title',
        kind: CompletionItemKind.Property,
        doc: 'Name as people write it: `"PostgreSQL"`.',
        insert: 'title: ',
      };
      return [title, ...owners.flatMap((o) => propertyOffers(o, present))];
    }
    case 'group':
      return [...propertyOffers('group', presentProperties(cursor)), ...KIND_OFFERS, ...GROUP_OFFERS];
    case 'query':
      return QUERY_OFFERS;
    case 'flow':
      return [...componentOffers(scope), ...propertyOffers('flow', presentProperties(cursor)), ...FLOW_OFFERS];
    case 'parallel':
      return componentOffers(scope);
    case 'scenario':
      return [...SCENARIO_OFFERS, ...componentOffers(scope).map((o) => ({ ...o, insert: `${o.label}.` })), ...lets(scope)];
    case 'view':
      return VIEW_PROPERTIES.map(([label, doc]) => ({ label, doc, kind: CompletionItemKind.Property, insert: `${label}: `, again: true }));
    default: {
      const owner = ownerOf(block, outer);
      return owner === undefined ? [] : propertyOffers(owner, presentProperties(cursor));
    }
  }
}

/** Properties of the enclosing block other than the one being typed. */
function presentProperties({ tokens, wordStart, base }: Cursor): Set<string> {
  const present = new Set<string>();
  const start = wordStart - base;
  const at = firstFrom(tokens, start);
  const collect = (from: number, step: 1 | -1): void => {
    let depth = 0;
    for (let i = from; i >= 0 && i < tokens.length; i += step) {
      const type = typeOf(tokens[i]!);
      if (type === '{') depth += step;
      else if (type === '}') depth -= step;
      else if (type === 'PROPERTY' && depth === 0 && tokens[i]!.startOffset !== start) present.add(tokens[i]!.image);
      if (depth < 0) return;
    }
  };
  collect(at - 1, -1);
  collect(at, 1);
  return present;
}

function propertyValue(name: string, value: readonly IToken[], unit: boolean, blocks: readonly Block[], scope: Scope): readonly Offer[] {
  const block = blocks.at(-1);
  if (block?.type === 'view')
    return [...componentOffers(scope), ...scope.groups.map((g) => ({ label: g.name, kind: CompletionItemKind.Module }))];
  const property = name.slice(name.lastIndexOf('.') + 1);
  if (!isProperty(property)) return [];
  const inTable = block?.type === 'table';
  const store = inTable ? blocks.at(-2)?.name : block?.name;
  return valueOffers(property, {
    scope,
    value,
    unit,
    ...(store === undefined ? {} : { store }),
    ...(inTable && block.name !== undefined ? { table: block.name } : {}),
  });
}

function behindKind(before: readonly IToken[], scope: Scope): readonly Offer[] {
  const [first, , colon] = before;
  const kind = first!.image;
  if (before.length === 1) return isKind(kind) ? [] : scope.components.some((c) => c.name === kind) ? arrowOffers() : [];
  if (before.length !== 3 || colon!.image !== ':') return [];
  const offers = scope.technologies.map(
    (t): Offer => ({
      label: t.name,
      kind: CompletionItemKind.Module,
      detail: t.detail ?? t.kinds.join(', '),
      rank: t.kinds.includes(kind) ? 1 : 7,
      ...docOf(t),
    }),
  );
  const fitting = offers.filter((o) => o.rank === 1);
  return fitting.length > 0 ? fitting : offers;
}

function behindFlow(before: readonly IToken[], unit: boolean, scope: Scope): readonly Offer[] {
  const last = before.at(-1)!;
  const has = (type: string): boolean => before.some((t) => typeOf(t) === type);
  if (unit) return unitOffers([]).filter((o) => ['s', 'min', 'h', 'day', 'week', 'month', 'year'].includes(o.label));
  switch (typeOf(last)) {
    case 'flow':
      return [];
    case 'from':
      return componentOffers(scope).map((o) => (o.detail?.startsWith('client') ? { ...o, rank: 0 } : o));
    case 'at':
      return [...RATE_OFFERS, ...otherFlows(before[1]?.image, scope), ...lets(scope)];
  }
  const offers = [
    word('from', 'Component from which the flow starts.', 1),
    word('at', 'How often: `10/day each` is per daily active user, `500/s` in all.', 2),
    word('each', 'Per daily active user of the client.', 1),
  ];
  return offers.filter((o) => !has(o.label) && (o.label !== 'each' || has('at')) && (o.label !== 'from' || !has('at')));
}

/** Flows whose rate a flow may follow: all but itself. */
const otherFlows = (own: string | undefined, scope: Scope): Offer[] =>
  scope.flows
    .filter((f) => f.name !== own)
    .map((f) => ({ label: f.name, kind: CompletionItemKind.Event, detail: 'rate of that flow', rank: 1 }));

function behindAccept(before: readonly IToken[], { rules, scope }: CompletionContext): readonly Offer[] {
  const last = before.at(-1)!;
  switch (typeOf(last)) {
    case 'accept':
      return rules.map((r) => ({ label: r.name, kind: CompletionItemKind.Value, detail: r.detail ?? 'rule', ...docOf(r) }));
    case 'on':
      return [
        ...componentOffers(scope),
        ...placeOffers(scope),
        ...scope.flows.map((f) => ({ label: f.name, kind: CompletionItemKind.Event, detail: 'flow' })),
        ...[...scope.tables, ...scope.queries].map((t) => ({ label: `${t.store}.${t.name}`, kind: CompletionItemKind.Struct })),
      ];
    case 'ARROW':
      return componentOffers(scope);
    case 'NAME':
      if (!before.some((t) => typeOf(t) === 'on')) return [word('on', 'The element whose finding is accepted.')];
      return [...arrowOffers(), { ...word('because', 'The reason, shown in hovers and reports.'), snippet: 'because "$1"' }];
    default:
      return [];
  }
}

const lets = (scope: Scope): Offer[] =>
  scope.lets.map((l) => ({ label: l.name, kind: CompletionItemKind.Constant, detail: l.detail ?? 'let', rank: 2, ...docOf(l) }));

function expression(before: readonly IToken[], unit: boolean, scope: Scope): readonly Offer[] {
  if (before.length === 1 && typeOf(before[0]!) === 'let') return [];
  if (typeOf(before.at(-1)!) === 'NAME' && typeOf(before[0]!) === 'let' && before.length === 2) return [];
  const functions = [...FUNCTIONS].map(
    ([f, doc]): Offer => ({ label: f, doc, kind: CompletionItemKind.Function, snippet: `${f}($1)`, rank: 4 }),
  );
  const flows = scope.flows.map((f): Offer => ({ label: f.name, kind: CompletionItemKind.Event, detail: 'rate of the flow', rank: 3 }));
  return [...(unit ? unitOffers([]) : []), ...lets(scope), ...componentOffers(scope, 3), ...flows, ...functions];
}

function inQuery(before: readonly IToken[], blocks: readonly Block[], scope: Scope): readonly Offer[] {
  const store = blocks.findLast((b) => b.type === 'KIND')?.name;
  const type = typeOf(before[0]!);
  const last = typeOf(before.at(-1)!);
  if (type === 'from') {
    const tables = scope.tables.filter((t) => t.store === store);
    return tables.map((t) => ({ label: t.name, kind: CompletionItemKind.Struct, ...docOf(t) }));
  }
  if (last === 'NAME')
    return type === 'join' ? [word('=', 'The column on the other side.'), word('and'), word('where')] : [word('and'), word('=')];
  return scope.columns
    .filter((c) => c.store === store)
    .map((c) => ({ label: c.name, kind: CompletionItemKind.Field, detail: c.detail ?? 'column', ...docOf(c) }));
}

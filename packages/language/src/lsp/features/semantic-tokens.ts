import { isKind, isProperty } from '@sysd/core';
import type { IToken } from 'chevrotain';
import { scopeOfTokens } from '../completion/scope.ts';
import { endOf, typeOf } from '../text/lex.ts';
import { type Snapshot, tokensOf } from '../text/snapshot.ts';
import { connectives } from './connectives.ts';
import { FUNCTIONS } from './expression-words.ts';

/** Order is the encoding: append only. */
export const TOKEN_TYPES = [
  'keyword',
  'class',
  'variable',
  'property',
  'function',
  'number',
  'string',
  'comment',
  'operator',
  'namespace',
  'enumMember',
  'type',
  'event',
  'struct',
] as const;
export const TOKEN_MODIFIERS = ['declaration', 'defaultLibrary', 'documentation', 'readonly'] as const;

type TokenType = (typeof TOKEN_TYPES)[number];
type TokenModifier = (typeof TOKEN_MODIFIERS)[number];

interface Colored {
  readonly start: number;
  readonly length: number;
  readonly type: TokenType;
  readonly modifiers: number;
}

/** What names mean: kind of element by name, from the symbols that the design resolved. */
export type NameKinds = ReadonlyMap<string, TokenType>;

/**
 * Semantic tokens in LSP's relative encoding, of the part of the text between two offsets. `names` says what names of other files are;
 * those of this text are read off its tokens.
 */
export function semanticTokens(snapshot: Snapshot, names: NameKinds, from = 0, to = snapshot.text.length): number[] {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const token of colored(snapshot, names)) {
    if (token.start + token.length <= from) continue;
    if (token.start >= to) break;
    const at = snapshot.document.positionAt(token.start);
    data.push(
      at.line - line,
      at.line === line ? at.character - character : at.character,
      token.length,
      TOKEN_TYPES.indexOf(token.type),
      token.modifiers,
    );
    line = at.line;
    character = at.character;
  }
  return data;
}

function colored(snapshot: Snapshot, names: NameKinds): Colored[] {
  const { tokens, comments } = tokensOf(snapshot);
  const known = new Map([...names, ...localNames(tokens)]);
  const found: Colored[] = [];
  tokens.forEach((token, i) => {
    const color = token.image.trim() === '' ? undefined : colorOf(tokens, i, known);
    if (color)
      found.push({
        start: token.startOffset,
        length: token.image.length,
        type: color[0],
        modifiers: bits(color.slice(1) as TokenModifier[]),
      });
  });
  for (const comment of comments) {
    const modifiers = comment.image.startsWith('///') ? bits(['documentation']) : 0;
    found.push({ start: comment.startOffset, length: endOf(comment) - comment.startOffset, type: 'comment', modifiers });
  }
  return found.sort((a, b) => a.start - b.start);
}

const bits = (modifiers: readonly TokenModifier[]): number => modifiers.reduce((sum, m) => sum | (1 << TOKEN_MODIFIERS.indexOf(m)), 0);

function localNames(tokens: readonly IToken[]): [string, TokenType][] {
  const scope = scopeOfTokens(tokens);
  return [
    ...scope.components.map((c): [string, TokenType] => [c.name, 'variable']),
    ...scope.places.map((p): [string, TokenType] => [p.name, 'enumMember']),
    ...scope.groups.map((g): [string, TokenType] => [g.name, 'namespace']),
    ...scope.lets.map((l): [string, TokenType] => [l.name, 'variable']),
    ...scope.flows.map((f): [string, TokenType] => [f.name, 'event']),
    ...[...scope.tables, ...scope.queries].map((t): [string, TokenType] => [t.name, 'struct']),
  ];
}

const DECLARES: ReadonlyMap<string, TokenType> = new Map([
  ['KIND', 'variable'],
  ['system', 'namespace'],
  ['let', 'variable'],
  ['technology', 'type'],
  ['region', 'enumMember'],
  ['zone', 'enumMember'],
  ['group', 'namespace'],
  ['table', 'struct'],
  ['query', 'struct'],
  ['flow', 'event'],
  ['scenario', 'namespace'],
]);

function colorOf(tokens: readonly IToken[], i: number, known: NameKinds): [TokenType, ...TokenModifier[]] | undefined {
  const token = tokens[i]!;
  const type = typeOf(token);
  switch (type) {
    case 'KIND':
      return isKind(token.image) ? ['class', 'defaultLibrary'] : known.has(token.image) ? [known.get(token.image)!] : undefined;
    case 'PROPERTY':
      return ['property'];
    case 'OPERATION':
      return ['function', 'defaultLibrary'];
    case 'SOURCE':
      return ['variable'];
    case 'QUANTITY':
      return ['number'];
    case 'STRING':
      return ['string'];
    case 'ARROW':
    case 'REL':
      return ['operator'];
    case 'NAME':
      return nameColor(tokens, i, known);
    default:
      return /^[a-z]/.test(type) ? ['keyword'] : undefined;
  }
}

function nameColor(tokens: readonly IToken[], i: number, known: NameKinds): [TokenType, ...TokenModifier[]] | undefined {
  const { image } = tokens[i]!;
  const before = tokens[i - 1] ? typeOf(tokens[i - 1]!) : '';
  const declared = DECLARES.get(before);
  if (declared) return before === 'let' ? [declared, 'declaration', 'readonly'] : [declared, 'declaration'];
  if (before === ':' && ['KIND', 'technology'].includes(typeOf(tokens[i - 3] ?? tokens[i]!))) return isKind(image) ? ['class'] : ['type'];
  if (tokens[i + 1]?.image === '(') return ['function', ...(FUNCTIONS.has(image) ? (['defaultLibrary'] as const) : [])];
  if (before === 'ARROW' || before === '|' || before === 'of') return ['variable'];
  const path = image.split(/[.@]/, 1)[0]!;
  const meaning = known.get(image) ?? known.get(path);
  if (meaning) return [meaning];
  if (connectives().has(image)) return ['keyword'];
  // Other words of phrases, such as `automatic`; a column or a property is one too.
  return isProperty(image) ? ['property'] : ['enumMember'];
}

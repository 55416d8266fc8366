import { isKind, isProperty } from '@sysd/core';
import type { IToken } from 'chevrotain';
import { typeOf } from '../text/lex.ts';
import { connectives } from './connectives.ts';
import { FUNCTIONS } from './expression-words.ts';
import type { NameKinds } from './name-kinds.ts';
import type { TokenModifier, TokenType } from './token-types.ts';

export type Colour = readonly [TokenType, ...TokenModifier[]];

const only = (type: TokenType | undefined): Colour | undefined => type && [type];

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

/** The colour of a token, by where it stands and, for some names, by what they mean. */
export function colourOf(tokens: readonly IToken[], i: number, known: NameKinds): Colour | undefined {
  const token = tokens[i]!;
  const type = typeOf(token);
  switch (type) {
    case 'KIND':
      return isKind(token.image) ? ['class', 'defaultLibrary'] : only(known.get(token.image));
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
      return nameColour(tokens, i, known);
    default:
      return /^[a-z]/.test(type) ? ['keyword'] : undefined;
  }
}

function nameColour(tokens: readonly IToken[], i: number, known: NameKinds): Colour | undefined {
  const { image } = tokens[i]!;
  const before = tokens[i - 1] ? typeOf(tokens[i - 1]!) : '';
  const declared = DECLARES.get(before);
  if (declared) return before === 'let' ? [declared, 'declaration', 'readonly'] : [declared, 'declaration'];
  if (before === ':' && ofTechnology(tokens, i)) return isKind(image) ? ['class'] : ['type'];
  if (tokens[i + 1]?.image === '(') return ['function', ...(FUNCTIONS.has(image) ? (['defaultLibrary'] as const) : [])];
  if (before === 'ARROW' || before === '|' || before === 'of') return ['variable'];
  const path = image.split(/[.@]/, 1)[0]!;
  const meaning = known.get(image) ?? known.get(path);
  if (meaning) return [meaning];
  if (connectives().has(image)) return ['keyword'];
  // Other words of phrases, such as `automatic`; a column or a property is one too.
  return isProperty(image) ? ['property'] : ['enumMember'];
}

/** `database db: postgres`, `technology mine: service`: is the token behind the colon? */
function ofTechnology(tokens: readonly IToken[], i: number): boolean {
  const [head, name] = [tokens[i - 3], tokens[i - 2]];
  return head !== undefined && name !== undefined && typeOf(name) !== 'NL' && ['KIND', 'technology'].includes(typeOf(head));
}

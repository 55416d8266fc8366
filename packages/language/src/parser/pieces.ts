import type { IRecognitionException, IToken } from 'chevrotain';
import type { Body, Item } from '../generated/ast.ts';
import type { Leftovers } from './leftovers.ts';
import type { SysdParser } from './parser.ts';
import { Place } from './place.ts';
import type { SyntaxProblem } from './problems.ts';

/**
 * A statement, parsed by itself: a function of its tokens. A body of many items is parsed item by item, so that an edit in it costs its own
 * item and the head of the statement.
 */
export interface Piece {
  /** Its text begins behind the line end before the statement, so that documentation above it is part of it, and ends with its last token. */
  readonly place: Place;
  /** How its tokens were read: that depends on what stands around it, too. */
  readonly types: string;
  readonly items: readonly Item[];
  readonly problems: readonly SyntaxProblem[];
  /** Items of its body, where they were parsed by themselves. */
  readonly parts: readonly PlacedPiece[];
}

export interface PlacedPiece {
  readonly piece: Piece;
  /** Offset in the text around it. */
  readonly at: number;
}

/** Items of a body from which on each is parsed by itself. */
const MANY_ITEMS = 8;

/** A statement before it is parsed or taken over. */
interface Draft {
  readonly tokens: readonly IToken[];
  /** Offset of its text in that of the block. */
  readonly from: number;
  readonly text: string;
  readonly types: string;
  /** Items of its body, where there are many. */
  readonly items: readonly Draft[];
}

/** Parses the shaped tokens of a block statement by statement. Those of `left` that are equal are taken over with their trees. */
export function parsePieces(parser: SysdParser, place: Place, tokens: readonly IToken[], left: Leftovers): PlacedPiece[] {
  const block: Around = { place, from: 0, depth: 0 };
  return draftsOf(place.text, tokens, 0).map((draft) => ({ piece: pieceOf(parser, draft, block, left), at: draft.from }));
}

/** Cuts tokens, whose braces are balanced, at the statement ends outside of braces. */
function draftsOf(block: string, tokens: readonly IToken[], from: number): Draft[] {
  const drafts: Draft[] = [];
  let depth = 0;
  let first = 0;
  let begin = from;
  const add = (end: number): void => {
    if (end > first) drafts.push(draft(block, tokens.slice(first, end), begin));
    first = end + 1;
  };
  tokens.forEach((token, i) => {
    const type = token.tokenType.name;
    if (type === '{') depth++;
    else if (type === '}') depth--;
    if (type !== 'NL' || depth > 0) return;
    add(i);
    begin = behind(token);
  });
  add(tokens.length);
  return drafts;
}

/** A text that begins within a line begins with what separates it from what stands before it there. */
function behind(separator: IToken): number {
  return /[\r\n]/.test(separator.image) ? endOf(separator) : separator.startOffset;
}

function draft(block: string, tokens: readonly IToken[], from: number): Draft {
  const types = typesOf(tokens);
  const body = manyItems(tokens);
  const items = body === undefined ? [] : draftsOf(block, tokens.slice(body + 1, -1), tokens[body]!.startOffset);
  return { tokens, from, text: block.slice(from, endOf(tokens.at(-1)!)), types, items };
}

/** A call with more arguments might need more stack than there is. */
const MOST_ARGUMENTS = 4096;

/** The types of tokens, a code unit each. */
function typesOf(tokens: readonly IToken[]): string {
  const units: number[] = [];
  for (const { tokenTypeIdx } of tokens) units.push(tokenTypeIdx);
  // Made at once: a text that grows by a character at a time keeps the steps.
  if (units.length <= MOST_ARGUMENTS) return String.fromCharCode(...units);
  return units.map((unit) => String.fromCharCode(unit)).join('');
}

/** Index of the `{` of a statement that ends with a body of many items; undefined for any other. */
function manyItems(tokens: readonly IToken[]): number | undefined {
  const open = tokens.findIndex((t) => t.tokenType.name === '{');
  if (open < 0) return undefined;
  let depth = 0;
  let items = 1;
  for (let i = open; i < tokens.length; i++) {
    const type = tokens[i]!.tokenType.name;
    if (type === '{') depth++;
    else if (type === '}' && --depth === 0 && i < tokens.length - 1) return undefined;
    else if (type === 'NL' && depth === 1) items++;
  }
  return depth === 0 && items >= MANY_ITEMS ? open : undefined;
}

/** What surrounds a piece: its place, and where that begins in the block. */
interface Around {
  readonly place: Place;
  readonly from: number;
  readonly depth: number;
}

function pieceOf(parser: SysdParser, draft: Draft, around: Around, left: Leftovers): Piece {
  const at = draft.from - around.from;
  const taken = left.piece(around.depth, draft.text, draft.types);
  if (taken) {
    taken.place.moveTo(around.place, at);
    return taken;
  }
  const place = new Place(draft.text, around.place, at);
  const split = draft.items.length > 0 ? splitPiece(parser, draft, { place, from: draft.from, depth: around.depth + 1 }, left) : undefined;
  if (split) return split;
  const { items, errors } = parser.parseTokens(relative(draft.tokens, draft.from), place);
  return { place, types: draft.types, items, problems: problemsOf(draft.text, errors), parts: [] };
}

function splitPiece(parser: SysdParser, draft: Draft, within: Around, left: Leftovers): Piece | undefined {
  const { tokens, from, types } = draft;
  const { place } = within;
  const open = tokens.findIndex((t) => t.tokenType.name === '{');
  const frame = [...tokens.slice(0, open + 1), tokens.at(-1)!];
  const { items, errors } = parser.parseTokens(relative(frame, from), place);
  const body = bodyOf(items.at(-1));
  if (!body) {
    relative(frame, -from);
    return undefined;
  }
  const parts = draft.items.map((item): PlacedPiece => ({ piece: pieceOf(parser, item, within, left), at: item.from - from }));
  body.items = contain(body, parts);
  return { place, types, items, problems: problemsOf(draft.text, errors), parts };
}

function bodyOf(item: Item | undefined): Body | undefined {
  if (item?.$type === 'Else') return item.step?.body;
  return item && 'body' in item ? item.body : undefined;
}

/** The items of pieces in a row, as those of `container`. */
export function contain(container: object, pieces: readonly PlacedPiece[]): Item[] {
  const items = pieces.flatMap(({ piece }) => piece.items);
  items.forEach((item, i) => {
    const contained = item as { $container: object; $containerIndex?: number };
    contained.$container = container;
    contained.$containerIndex = i;
  });
  return items;
}

function relative(tokens: readonly IToken[], offset: number): IToken[] {
  return tokens.map((token) => {
    token.startOffset -= offset;
    token.endOffset = (token.endOffset ?? token.startOffset) - offset;
    return token;
  });
}

const endOf = (token: IToken): number => token.startOffset + token.image.length;

function problemsOf(text: string, errors: readonly IRecognitionException[]): SyntaxProblem[] {
  return errors.map((e) => ({ message: e.message, ...place(text, e) }));
}

/** At the token that was not expected; at the last one where that is the end of the line or the block. */
function place(text: string, error: IRecognitionException): { start: number; end: number } {
  const { token } = error;
  const previous = (error as { previousToken?: typeof token }).previousToken;
  const placed = (t: typeof token | undefined): t is typeof token =>
    t !== undefined && !Number.isNaN(t.startOffset) && t.image.trim() !== '';
  if (placed(token)) return { start: token.startOffset, end: token.startOffset + token.image.length };
  if (placed(previous)) return { start: previous.startOffset, end: previous.startOffset + previous.image.length };
  const end = text.trimEnd().length;
  return { start: Math.max(0, end - 1), end };
}

import type { IToken } from 'chevrotain';
import { tokensAt } from './block-tokens.ts';
import { type Block, openBlocks, statementStart } from './blocks.ts';
import { endOf, firstFrom, typeOf } from './lex.ts';
import type { PlacedText } from './partition.ts';

/** Where the cursor is, read off the tokens before the word that is being typed: those of the block of text around it. */
export interface Cursor {
  readonly offset: number;
  /** The word to the left of the cursor, maybe empty, and where it starts. What completion replaces. */
  readonly word: string;
  readonly wordStart: number;
  /** Text of the block, and its offset in the file, from which those of the tokens count. */
  readonly text: string;
  readonly base: number;
  /** All tokens of the block. */
  readonly tokens: readonly IToken[];
  /** Tokens of the statement before the word. */
  readonly before: readonly IToken[];
  /** Set behind a comma that may go on with the list of that statement or end it (`zones: a, |`): its tokens with the comma. */
  readonly continued?: readonly IToken[];
  /** Enclosing blocks, outermost first. */
  readonly blocks: readonly Block[];
  readonly inside: 'code' | 'comment' | 'string';
  /** For a string: its content up to the cursor. */
  readonly string?: string;
}

const WORD = /[A-Za-z_][\w.@-]*$/;
/** No name is longer; keeps the look-back of a file without line breaks short. */
const LONGEST_WORD = 200;

export function cursorAt(texts: readonly PlacedText[], offset: number): Cursor {
  const { tokens, comments, placed, within } = tokensAt(texts, offset);
  const { text } = placed.block;
  const left = text.slice(Math.max(0, within - LONGEST_WORD), within);
  const word = WORD.exec(left)?.[0] ?? '';
  const start = within - word.length;
  const at = { offset, word, wordStart: offset - word.length, base: placed.offset, text, tokens };
  const comment = comments[firstFrom(comments, within) - 1];
  if (comment && endOf(comment) >= within) return { ...at, before: [], blocks: [], inside: 'comment' };
  let count = firstFrom(tokens, start);
  const last = tokens[count - 1];
  const string = last && typeOf(last) === 'STRING' && covers(last, within) ? last : undefined;
  if (string) count--;
  // Braces that shaping added stand right behind the text that lacks them; the cursor behind them is still inside, except in column 1.
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  if (column > 0) while (count > 0 && tokens[count - 1]!.image === '') count--;
  const blocks = openBlocks(tokens, count);
  const before = tokens.slice(statementStart(tokens, count), count);
  if (string) return { ...at, before, blocks, inside: 'string', string: text.slice(string.startOffset + 1, within) };
  const comma = tokens[count - 1];
  if (before.length > 0 || comma?.image !== ',') return { ...at, before, blocks, inside: 'code' };
  const statement = tokens.slice(statementStart(tokens, count - 1), count - 1);
  const continued = [...statement, { ...comma, tokenType: { name: ',' } }];
  return { ...at, before, continued, blocks, inside: 'code' };
}

/** Is the offset between the quotes of a string (or behind the opening quote of one that is not closed)? */
function covers(token: IToken, offset: number): boolean {
  const closed = token.image.length > 1 && token.image.endsWith('"');
  return offset > token.startOffset && (closed ? offset < endOf(token) : offset <= endOf(token));
}

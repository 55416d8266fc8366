import type { IToken } from 'chevrotain';
import { type Comment, type Lexed, lex, typeOf } from '../lsp/text/lex.ts';
import { lineStarts, type TextBlock } from '../lsp/text/partition.ts';
import { type FormattedLine, lineAlone } from './align.ts';
import { cellsOf } from './cells.ts';

/** What a line is indented by, besides its own brackets. */
export interface Nesting {
  /** Open brackets. */
  readonly depth: number;
  /** Does the statement of the line above go on, behind a comma? */
  readonly inStatement: boolean;
}

/** Lines of a block in cells, undefined for a blank one, and how things stand behind it. */
export interface Layout {
  readonly lines: readonly (FormattedLine | undefined)[];
  readonly end: Nesting;
  /** It has a string that is not closed, to which the blanks behind it belong: aligning may make another of it. */
  readonly openString: boolean;
}

export const OUTSIDE: Nesting = { depth: 0, inStatement: false };
const known = new WeakMap<TextBlock, { readonly layout: Layout | undefined }>();

/**
 * Layout of a block that begins with that nesting. Undefined where it has characters that the language does not know, a bracket that
 * closes nothing, or tokens that would be others in the layout of the formatter.
 */
export function layoutOf(block: TextBlock, start: Nesting, read: (block: TextBlock) => Lexed): Layout | undefined {
  const alone = start.depth === 0 && !start.inStatement;
  const before = alone ? known.get(block) : undefined;
  if (before) return before.layout;
  const lexed = read(block);
  const lines = linesOf(block.text, lexed);
  const made = lines && layout(lines, start, lexed.tokens.some(isOpenString));
  const result = made && (made.openString || keepsTokens(block.text, lexed, made)) ? made : undefined;
  if (alone) known.set(block, { layout: result });
  return result;
}

/** One physical line: its tokens and comment, in order. */
interface Line {
  readonly tokens: IToken[];
  comment?: Comment;
}

const OPENS = new Set(['{', '(']);
const CLOSES = new Set(['}', ')']);
/** A line that begins with one of these belongs to the statement above. */
const CONTINUES = new Set(['ARROW', 'REL', '|', '+', '-', '*', '/', '^', '..']);

const isOpenString = ({ image, tokenType }: IToken): boolean => tokenType.name === 'STRING' && (image.length < 2 || !image.endsWith('"'));

function layout(lines: readonly Line[], start: Nesting, openString: boolean): Layout | undefined {
  const formatted: (FormattedLine | undefined)[] = [];
  let { depth, inStatement } = start;
  for (const line of lines) {
    const first = line.tokens[0];
    if (!first && !line.comment) {
      formatted.push(undefined);
      continue;
    }
    let leading = 0;
    for (const token of line.tokens) {
      if (!CLOSES.has(token.image)) break;
      leading++;
    }
    const continued = first !== undefined && (CONTINUES.has(typeOf(first)) || inStatement);
    const indent = Math.max(0, depth - leading) + (continued && leading === 0 ? 1 : 0);
    formatted.push({ indent, ...cellsOf(line.tokens), ...(line.comment ? { comment: line.comment.image.trimEnd() } : {}) });
    for (const token of line.tokens) {
      if (OPENS.has(token.image)) depth++;
      if (CLOSES.has(token.image)) depth--;
    }
    if (depth < 0) return undefined;
    const last = line.tokens.at(-1);
    if (last) inStatement = last.image === ',' && typeOf(last) === ',';
  }
  return { lines: formatted, end: { depth, inStatement }, openString };
}

/** Tokens and comments by physical line; undefined where something is no token of the language. */
function linesOf(text: string, { tokens, comments }: Lexed): Line[] | undefined {
  const starts = lineStarts(text);
  // What follows the last line break belongs to the next block; a line without one is the last of the file.
  if (starts.length > 1 && starts.at(-1) === text.length) starts.pop();
  const lines: Line[] = starts.map(() => ({ tokens: [] }));
  const covered = new Array<number>(lines.length).fill(0);
  let at = 0;
  const lineAt = (offset: number): number => {
    while (at + 1 < starts.length && starts[at + 1]! <= offset) at++;
    return at;
  };
  for (const token of tokens) {
    if (token.image === '' || /^[\r\n]/.test(token.image)) continue;
    const index = lineAt(token.startOffset);
    lines[index]!.tokens.push(token);
    covered[index]! += solid(token.image);
  }
  at = 0;
  for (const comment of comments) {
    const index = lineAt(comment.startOffset);
    lines[index]!.comment = comment;
    covered[index]! += solid(comment.image);
  }
  const whole = starts.every((start, i) => solid(text.slice(start, starts[i + 1] ?? text.length)) === covered[i]);
  return whole ? lines : undefined;
}

const solid = (text: string): number => (/[\s\ufeff]/.test(text) ? text.replace(/[\s\ufeff]/g, '').length : text.length);

/** Are the tokens of the layout those of the text? More or fewer blanks where there are some change nothing, where no string is open. */
function keepsTokens(text: string, lexed: Lexed, { lines }: Layout): boolean {
  const result = lines.map((line) => (line ? lineAlone(line) : '')).join('\n');
  return butForBlanks(text) === butForBlanks(result) || sameTokens(lexed, lex(result));
}

/** The text with each run of blanks as one, none at the ends of lines, and line breaks of one kind. */
const butForBlanks = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();

export const sameTokens = (a: Lexed, b: Lexed): boolean => images(a) === images(b);

function images({ tokens, comments }: Lexed): string {
  const ends = tokens.filter((t) => !/^[\r\n]/.test(t.image) && t.image !== '');
  return [
    ...ends.map((t) => `${typeOf(t)} ${t.image.replace(/\s+/g, typeOf(t) === 'QUANTITY' ? ' ' : '$&')}`),
    ...comments.map((c) => c.image.trimEnd()),
  ].join('\n');
}

import type { IToken } from 'chevrotain';
import { ENDS_PARENTHESES } from './brackets.ts';
import { isSignificant } from './shape.ts';

/**
 * A stretch of lines that begins where a top-level statement may begin, as far as its own text tells: what it leaves open decides whether
 * the next one belongs to it (`blocks.ts`). It does not know where it stands, so that it is the same wherever its text is the same.
 */
export interface Chunk {
  readonly length: number;
  /** `}` and then `{` that have no partner in it. */
  readonly closes: number;
  readonly opens: number;
  /** Something in it ends every open parenthesis; `)` before that without a partner; `(` that are open at its end. */
  readonly resets: boolean;
  readonly parenthesesClosed: number;
  readonly parenthesesOpen: number;
  /** Its last token is a comma, behind which a list goes on. */
  readonly comma: boolean;
}

/** What its first character makes of a line. */
type Line = 'blank' | 'comment' | 'statement' | 'other';

/**
 * Where the chunk that begins at `start`, a line's start, ends. A function of the text from there on: every token lies on one line. A chunk
 * begins at a line whose token in column 1 may begin a statement, or at the comments above it.
 */
export function chunkEnd(text: string, start: number): number {
  let holdsToken = false;
  let comments = -1;
  for (let at = start; at < text.length; at = nextLine(text, at)) {
    const line = lineAt(text, at);
    if (line === 'blank') continue;
    if (line === 'comment') {
      if (comments < 0) comments = at;
      continue;
    }
    if (line === 'statement' && holdsToken) return comments < 0 ? at : comments;
    holdsToken = true;
    comments = -1;
  }
  return text.length;
}

function lineAt(text: string, at: number): Line {
  const first = text.charCodeAt(at);
  if (!isBlank(first)) return columnOne(text, at, first);
  let i = at + 1;
  while (i < text.length && isBlank(text.charCodeAt(i))) i++;
  const c = text.charCodeAt(i);
  if (i === text.length || isLineEnd(c)) return 'blank';
  return c === HASH || (c === SLASH && text.charCodeAt(i + 1) === SLASH) ? 'comment' : 'other';
}

const SLASH = 0x2f;
const HASH = 0x23;
const EQUALS = 0x3d;
/** `; * + - ^ { | }` and `< >`: with them a statement ends or goes on. */
const GOES_ON = new Set([...';*+-^{|}<>'].map((c) => c.charCodeAt(0)));

function columnOne(text: string, at: number, c: number): Line {
  if (isLineEnd(c)) return 'blank';
  const next = text.charCodeAt(at + 1);
  if (c === HASH) return 'comment';
  if (c === SLASH) return next === SLASH ? 'comment' : next === 0x2a ? 'statement' : 'other';
  if (GOES_ON.has(c)) return 'other';
  if (c === EQUALS || c === 0x21) return next === EQUALS ? 'other' : 'statement';
  if (c === 0x7e) return next === 0x3e ? 'other' : 'statement';
  if (c === 0x2e) return next === 0x2e ? 'other' : 'statement';
  return 'statement';
}

const isLineEnd = (c: number): boolean => c === 10 || c === 13;

/** The characters of the hidden terminal WS. */
function isBlank(c: number): boolean {
  if (c === 0x20 || c === 0x09) return true;
  return c === 0x0b || c === 0x0c || c === 0xa0 || c === 0xfeff || c === 0x2028 || c === 0x2029;
}

function nextLine(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10) return i + 1;
    if (c === 13) return text.charCodeAt(i + 1) === 10 ? i + 2 : i + 1;
  }
  return text.length;
}

/** @param tokens of the lexer, without what stands in `#` comments */
export function chunkOf(length: number, tokens: readonly IToken[]): Chunk {
  let closes = 0;
  let opens = 0;
  let resets = false;
  let parenthesesClosed = 0;
  let parenthesesOpen = 0;
  let comma = false;
  for (const token of tokens) {
    const type = token.tokenType.name;
    if (type === '{') opens++;
    else if (type === '}') {
      if (opens > 0) opens--;
      else closes++;
    }
    if (type === '(') parenthesesOpen++;
    else if (type === ')') {
      if (parenthesesOpen > 0) parenthesesOpen--;
      else if (!resets) parenthesesClosed++;
    } else if (ENDS_PARENTHESES.has(type) || (type === 'NL' && token.image === ';')) {
      parenthesesOpen = 0;
      resets = true;
    }
    if (isSignificant(token)) comma = type === ',';
  }
  return { length, closes, opens, resets, parenthesesClosed, parenthesesOpen, comma };
}

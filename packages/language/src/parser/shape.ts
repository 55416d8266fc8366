import type { ILexingError, IToken, TokenType, TokenTypeDictionary } from 'chevrotain';
import { type Brackets, pairBrackets } from './brackets.ts';
import { classifier } from './classify.ts';
import type { Correction } from './problems.ts';
import { BLOCK_COMMENT, JUNK, UNCLOSED_STRING } from './tokens.ts';
import { LEADING_WORDS } from './words.ts';

export interface Shaped {
  readonly tokens: IToken[];
  readonly errors: ShapingError[];
}

interface ShapingError extends ILexingError {
  /** What to write, where it is plain what is wrong. Offsets as those of the error. */
  readonly corrections?: readonly Correction[];
}

/** A line that begins with one of these goes on with the line above. */
const CONTINUES = new Set(['ARROW', 'REL', '|', '{', '+', '-', '*', '/', '^', '..']);
const OPERATORS = new Set(['+', '-', '*', '/', '^', '..']);
/** Operators in one statement; more would make the infix rule recurse too deep. */
const MOST_OPERATORS = 400;
const MOST_ERRORS = 100;

/**
 * Makes the token vector of the grammar from the one of the lexer (without what stands in `#` comments), in one pass, O(n):
 * - drops the line breaks that do not end a statement, and makes those commas NL that do (`layer: 7, replicas: 2`);
 * - retypes each NAME that is a word of the language where it stands;
 * - closes what the author left open and leaves out what closes nothing, with an error for each.
 */
export function shape(raw: readonly IToken[], types: TokenTypeDictionary): Shaped {
  const tokens: IToken[] = [];
  const errors = errorList();
  const brackets = pairBrackets(raw);
  for (const at of brackets.unclosed.slice(0, MOST_ERRORS))
    errors.add(raw[at]!, 'this { is not closed; add a } where the block ends', closing(raw, at, brackets));
  // Such a file is not a design; reading on would only cost time.
  const end = brackets.unclosed[MOST_ERRORS] ?? raw.length;
  const following = nextSignificant(raw);
  const classify = classifierOf(types);
  const type = (name: string): TokenType => types[name]!;
  let operators = 0;

  const endStatement = () => {
    classify.startStatement();
    operators = 0;
  };
  const emit = (token: IToken, as?: TokenType) => {
    if (as) retype(token, as);
    tokens.push(token);
  };
  const close = (count: number) => {
    for (let k = 0; k < count; k++) emit(closingBrace(tokens.at(-1), type('}')));
    if (count > 0) endStatement();
  };

  let i = 0;
  for (; i < end && !errors.full(); i++) {
    close(brackets.closers.get(i) ?? 0);
    const token = raw[i]!;
    const name = token.tokenType.name;
    const trouble = whyLeftOut(name, token, brackets.dropped.get(i));
    if (trouble !== undefined) {
      errors.add(token, trouble, brackets.dropped.get(i) === 'stray' ? [inPlaceOf(token, '')] : undefined);
      if (brackets.dropped.get(i) === 'deep') break;
      continue;
    }
    if (name === 'NL') {
      if (endsStatement(raw, i, following, brackets, tokens.at(-1), classify.atStart())) {
        emit(token);
        endStatement();
      }
      continue;
    }
    if (name === ',' && commaEndsStatement(raw, i, following, brackets, tokens.at(-1), classify.commaJoins())) {
      emit(token, type('NL'));
      endStatement();
      continue;
    }
    if (OPERATORS.has(name) && ++operators > MOST_OPERATORS) {
      if (operators === MOST_OPERATORS + 1)
        errors.add(token, `more than ${MOST_OPERATORS} operators in one statement; name parts of it with let`);
      continue;
    }
    if (operators > MOST_OPERATORS && name !== '{' && name !== '}') continue;
    if (name === UNCLOSED_STRING) {
      errors.add(token, 'this string is not closed; end it with " on the same line', [
        inPlaceOf(token, token.image.replace(/\s*$/, '"$&')),
      ]);
      emit(token, type('STRING'));
      classify.other('STRING');
      continue;
    }
    if (name === '{' || name === '}') {
      emit(token);
      endStatement();
      continue;
    }
    const next = raw[following[i]!];
    emit(token, name === 'NAME' ? classify.name(token, raw[i + 1], next) : classify.other(name));
  }
  close(openBraces(tokens));
  return { tokens, errors: errors.list };
}

const inPlaceOf = ({ startOffset, image }: IToken, text: string): Correction => ({
  start: startOffset,
  end: startOffset + image.length,
  text,
});

/** The `}` that one unclosed brace lacks, where the statement behind it begins; of several nobody can tell. */
function closing(raw: readonly IToken[], open: number, { closers, unclosed }: Brackets): Correction[] {
  if (unclosed.length > 1 || [...closers.values()].some((count) => count > 1)) return [];
  const [behind = raw.length] = closers.keys();
  let last = behind - 1;
  while (last > open && !isSignificant(raw[last] as IToken)) last--;
  const end = raw.findIndex((token, i) => i > last && token.tokenType.name === 'NL');
  const token = raw[last] as IToken;
  const isOneLine = token.startLine === (raw[open] as IToken).startLine;
  // On a line of its own it stands below the comment behind the last token, else before it.
  const at = isOneLine || end < 0 || end > behind ? token.startOffset + token.image.length : (raw[end] as IToken).startOffset;
  const text = isOneLine ? ' }' : '\n}';
  return [{ start: at, end: at, text }];
}

const isHash = (token: IToken): boolean => token.tokenType.name === JUNK && token.image === '#';

/** `# text` is meant as a comment: its text is no statement. Behind something else on its line it ends at a brace, which may belong to that. */
export function withoutHashComments(raw: readonly IToken[]): readonly IToken[] {
  if (!raw.some(isHash)) return raw;
  let comment: 'none' | 'line' | 'end of line' = 'none';
  return raw.filter((token, i) => {
    const name = token.tokenType.name;
    if (name === 'NL' && token.image !== ';') comment = 'none';
    else if (comment === 'end of line' && (name === '{' || name === '}')) comment = 'none';
    if (comment !== 'none') return false;
    if (isHash(token)) comment = (raw[i - 1]?.tokenType.name ?? 'NL') === 'NL' ? 'line' : 'end of line';
    return true;
  });
}

/** Characters of other notations, and what stands for them here. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ["'", "strings stand in double quotes, not in '"],
  ['→', 'an arrow is written -> (waits for the answer) or ~> (does not), not →'],
  ['≤', 'write <= for ≤'],
  ['≥', 'write >= for ≥'],
  ['×', 'write * for ×, and x behind a ratio: 3x'],
  ['–', 'write - for –'],
  // The micro sign, and the Greek letter.
  ['\u00b5', 'microseconds are us: 200 us'],
  ['\u03bc', 'microseconds are us: 200 us'],
  ['.', 'unexpected character "."; a number begins with a digit (0.5), and percentiles are p50, p95 and p99'],
]);

function whyLeftOut(name: string, token: IToken, dropped: 'stray' | 'deep' | undefined): string | undefined {
  if (dropped === 'stray') return 'this } closes nothing; remove it';
  if (dropped === 'deep') return 'nested too deep; what follows is not read';
  if (name === BLOCK_COMMENT) return 'there are no /* */ comments; begin each line of a comment with //';
  if (name !== JUNK) return undefined;
  if (token.image === '#') return 'comments begin with //';
  return INSTEAD.get(token.image) ?? `unexpected character ${JSON.stringify(token.image)}`;
}

/** Does the line break (or `;`) at `i` end a statement? */
function endsStatement(
  raw: readonly IToken[],
  i: number,
  following: Int32Array,
  brackets: Brackets,
  previous: IToken | undefined,
  atStart: boolean,
): boolean {
  const before = previous?.tokenType.name;
  if (brackets.joined.has(i) || before === undefined || before === '{' || before === 'NL') return false;
  if (before === ',' && !atStart) return false;
  if (raw[i]!.image === ';') return true;
  const j = following[i]!;
  return brackets.closers.has(j) || !CONTINUES.has(raw[j]?.tokenType.name ?? '');
}

/** Does the comma at `i` separate statements (the next property, table or step follows, or nothing) rather than items of a list? */
function commaEndsStatement(
  raw: readonly IToken[],
  i: number,
  following: Int32Array,
  brackets: Brackets,
  previous: IToken | undefined,
  commaJoins: boolean,
): boolean {
  if (commaJoins || previous === undefined) return false;
  if (previous.tokenType.name === '}') return true;
  const j = following[i]!;
  const token = raw[j];
  if (token === undefined || token.tokenType.name === '}' || brackets.closers.has(j)) return true;
  if (token.tokenType.name !== 'NAME') return false;
  const second = raw[j + 1]?.tokenType.name;
  if (second === ':' || second === 'ARROW') return true;
  if (token.image === 'parallel' && second === '{') return true;
  return LEADING_WORDS.has(token.image) && (second === 'NAME' || second === 'STRING');
}

const classifiers = new WeakMap<TokenTypeDictionary, ReturnType<typeof classifier>>();

/** One goes on to the next text: making one takes longer than classifying a statement. */
function classifierOf(types: TokenTypeDictionary): ReturnType<typeof classifier> {
  let known = classifiers.get(types);
  if (!known) {
    known = classifier(types);
    classifiers.set(types, known);
  }
  known.startText();
  return known;
}

/** Room of `nextSignificant`, for one text at a time. */
let room = new Int32Array(1024);

/** For every token the index of the next one that is neither a line break nor left out by the lexer; the length where there is none. */
function nextSignificant(raw: readonly IToken[]): Int32Array {
  if (room.length < raw.length) room = new Int32Array(raw.length * 2);
  const next = room;
  let j = raw.length;
  for (let i = raw.length - 1; i >= 0; i--) {
    next[i] = j;
    if (isSignificant(raw[i]!)) j = i;
  }
  return next;
}

export function isSignificant(token: IToken): boolean {
  const { name } = token.tokenType;
  return (name !== 'NL' || token.image === ';') && name !== JUNK && name !== BLOCK_COMMENT;
}

function retype(token: IToken, type: TokenType): void {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx as number;
}

/** An empty `}` right behind the last token. */
function closingBrace(after: IToken | undefined, type: TokenType): IToken {
  const offset = (after?.endOffset ?? -1) + 1;
  const line = after?.endLine ?? 1;
  const column = (after?.endColumn ?? 0) + 1;
  return {
    image: '',
    startOffset: offset,
    endOffset: offset - 1,
    startLine: line,
    endLine: line,
    startColumn: column,
    endColumn: column - 1,
    tokenType: type,
    tokenTypeIdx: type.tokenTypeIdx as number,
  };
}

function openBraces(tokens: readonly IToken[]): number {
  let open = 0;
  for (const token of tokens) {
    if (token.tokenType.name === '{') open++;
    else if (token.tokenType.name === '}') open--;
  }
  return Math.max(0, open);
}

/** At most one error per line and 100 per text: the first says enough. */
function errorList() {
  const list: ShapingError[] = [];
  let line = -1;
  return {
    list,
    full: (): boolean => list.length >= MOST_ERRORS,
    add(token: IToken, message: string, corrections?: readonly Correction[]): void {
      if (token.startLine === line || list.length >= MOST_ERRORS) return;
      line = token.startLine ?? -1;
      list.push({
        offset: token.startOffset,
        length: token.image.length,
        line: token.startLine,
        column: token.startColumn,
        message,
        ...(corrections ? { corrections } : {}),
      });
    },
  };
}

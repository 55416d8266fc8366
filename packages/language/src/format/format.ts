import type { IToken } from 'chevrotain';
import { type Comment, lex, typeOf } from '../lsp/text/lex.ts';
import { alignLines, type FormattedLine } from './align.ts';

/** One physical line: its tokens and comment, in order. */
interface Line {
  readonly tokens: IToken[];
  comment?: Comment;
}

const OPENS = new Set(['{', '(']);
const CLOSES = new Set(['}', ')']);
/** A line that begins with one of these belongs to the statement above. */
const CONTINUES = new Set(['ARROW', 'REL', '|', '+', '-', '*', '/', '^', '..']);

/**
 * Formats a text: two spaces a level, one space between words, trailing comments and the columns of neighbouring one-line declarations
 * aligned, at most one empty line, one line end at the end. Line breaks stay where the author put them. Idempotent, and the tokens of
 * the result are those of the text; a text with brackets that do not match, or with characters that the language does not know, comes
 * back as it is (undefined).
 */
export function formatSysd(text: string): string | undefined {
  const lines = linesOf(text);
  if (!lines) return undefined;
  const formatted: FormattedLine[] = [];
  let depth = 0;
  let inStatement = false;
  for (const line of lines) {
    const first = line.tokens[0];
    if (!first && !line.comment) {
      const above = formatted.at(-1);
      if (above && (above.cells.length > 0 || above.comment !== undefined)) formatted.push({ indent: 0, cells: [], kind: '' });
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
  if (depth !== 0) return undefined;
  while (formatted.length > 0 && formatted.at(-1)?.cells.length === 0 && formatted.at(-1)?.comment === undefined) formatted.pop();
  const result = formatted.length === 0 ? '' : `${alignLines(formatted).join('\n')}\n`;
  return sameTokens(text, result) ? result : undefined;
}

/** Tokens and comments by physical line; undefined where something is no token of the language. */
function linesOf(text: string): Line[] | undefined {
  const { tokens, comments } = lex(text);
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((m) => m.index + m[0].length)];
  const lines: Line[] = starts.map(() => ({ tokens: [] }));
  const covered = new Array<number>(lines.length).fill(0);
  let at = 0;
  const lineAt = (offset: number): number => {
    while (at + 1 < starts.length && (starts[at + 1] ?? 0) <= offset) at++;
    return at;
  };
  for (const token of tokens) {
    if (token.image === '' || /^[\r\n]/.test(token.image)) continue;
    const index = lineAt(token.startOffset);
    lines[index]?.tokens.push(token);
    covered[index] = (covered[index] ?? 0) + solid(token.image);
  }
  at = 0;
  for (const comment of comments) {
    const index = lineAt(comment.startOffset);
    const line = lines[index];
    if (line) line.comment = comment;
    covered[index] = (covered[index] ?? 0) + solid(comment.image);
  }
  const whole = starts.every((start, i) => solid(text.slice(start, starts[i + 1] ?? text.length)) === covered[i]);
  return whole ? lines : undefined;
}

const solid = (text: string): number => text.replace(/[\s\ufeff]/g, '').length;

/** Heads whose parts line up with those of neighbouring lines: after the kind (or `let name`), and before the body. */
function cellsOf(tokens: readonly IToken[]): { cells: string[]; kind: string } {
  const first = tokens[0];
  if (!first) return { cells: [], kind: '' };
  const open = tokens.findIndex((t) => t.image === '{');
  const oneLine = open < 0 || tokens.at(-1)?.image === '}';
  const head = open < 0 ? tokens : tokens.slice(0, open);
  const body = open < 0 ? [] : [join(tokens.slice(open))];
  const type = typeOf(first);
  if (oneLine && type === 'KIND') return { cells: [first.image, join(head.slice(1)), ...body], kind: 'component' };
  if (oneLine && type === 'let') {
    const equals = tokens.findIndex((t) => t.image === '=');
    if (equals > 0) return { cells: [join(tokens.slice(0, equals)), join(tokens.slice(equals))], kind: 'let' };
  }
  if (oneLine && open > 0 && ['table', 'scenario', 'query', 'region', 'zone', 'view'].includes(type)) {
    return { cells: [join(head), ...body], kind: type };
  }
  const source = tokens.findIndex((t) => typeOf(t) === 'source');
  if (source > 0) return { cells: [join(tokens.slice(0, source)), join(tokens.slice(source))], kind: 'sourced' };
  return { cells: [join(tokens)], kind: '' };
}

/** Tokens with the space between them that the style wants. */
function join(tokens: readonly IToken[]): string {
  let text = '';
  tokens.forEach((token, i) => {
    const image = typeOf(token) === 'QUANTITY' ? token.image.replace(/\s+/g, ' ') : token.image;
    text += i === 0 || tight(tokens, i) ? image : ` ${image}`;
  });
  return text;
}

/** Does the token stand right behind the one before it? */
function tight(tokens: readonly IToken[], i: number): boolean {
  const [before, token] = [tokens[i - 1] as IToken, tokens[i] as IToken];
  const [a, b] = [before.image, token.image];
  if (a === '(' || b === ')' || b === ',' || b === ';') return true;
  if (b === ':') return true;
  if (b === '(') return typeOf(before) === 'NAME';
  if (a === '{' && b === '}') return true;
  const dots = a === '..' ? i - 1 : i;
  return tokens[dots]?.image === '..' && !(isQuantity(tokens[dots - 1]) && isQuantity(tokens[dots + 1]));
}

/** Two numbers without spaces around their dots would be one token, in which the unit is both ends'. */
const isQuantity = (token: IToken | undefined): boolean => token !== undefined && typeOf(token) === 'QUANTITY';

function sameTokens(before: string, after: string): boolean {
  const images = (text: string) => {
    const { tokens, comments } = lex(text);
    const ends = tokens.filter((t) => !/^[\r\n]/.test(t.image) && t.image !== '');
    return [
      ...ends.map((t) => `${typeOf(t)} ${t.image.replace(/\s+/g, typeOf(t) === 'QUANTITY' ? ' ' : '$&')}`),
      ...comments.map((c) => c.image.trimEnd()),
    ].join('\n');
  };
  return images(before) === images(after);
}

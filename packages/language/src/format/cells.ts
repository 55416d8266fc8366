import type { IToken } from 'chevrotain';
import { typeOf } from '../lsp/text/lex.ts';

/** Heads whose parts line up with those of neighbouring lines: after the kind (or `let name`), and before the body. */
export function cellsOf(tokens: readonly IToken[]): { cells: string[]; kind: string } {
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

import type { IToken } from 'chevrotain';

/** Tokens of one block of a file, with absolute offsets. */
export interface TokenBlock {
  readonly text: string;
  /** The text with how its tokens were read: that depends on what follows, too. */
  readonly key: string;
  readonly tokens: readonly IToken[];
  readonly offset: number;
}

/** Cuts shaped tokens, whose braces are balanced, at the line ends outside of braces. */
export function* cutIntoBlocks(text: string, tokens: readonly IToken[]): Iterable<TokenBlock> {
  let depth = 0;
  let from = 0;
  for (let i = 0; i < tokens.length; i++) {
    const type = tokens[i]!.tokenType.name;
    if (type === '{') depth++;
    else if (type === '}') depth--;
    if (type !== 'NL' || depth > 0) continue;
    if (i > from) yield block(text, tokens.slice(from, i));
    from = i + 1;
  }
  if (from < tokens.length) yield block(text, tokens.slice(from));
}

function block(file: string, tokens: readonly IToken[]): TokenBlock {
  const first = tokens[0]!;
  const last = tokens.at(-1)!;
  const offset = first.startOffset;
  const text = file.slice(offset, last.startOffset + last.image.length);
  let types = '';
  for (const token of tokens) types += String.fromCharCode(token.tokenTypeIdx);
  return { text, key: `${types}\n${text}`, tokens, offset };
}

import { isKind, type Owner } from '@sysd/core';
import type { IToken } from 'chevrotain';
import { typeOf } from './lex.ts';

/** A `{ … }` and the statement that it belongs to, read off the tokens, so that it is known in half-typed text too. */
export interface Block {
  /** First word of the header as the grammar types it: `KIND`, `flow`, `table`, `SOURCE` (a connection or step), '' where there is none. */
  readonly type: string;
  /** The word itself: `database`, `flow`, `api`. */
  readonly word: string;
  /** The name declared, where there is one. */
  readonly name?: string;
  readonly header: readonly IToken[];
}

const ENDS = new Set(['NL', '{', '}']);

/** Blocks that are open behind the first `count` tokens, outermost first. */
export function openBlocks(tokens: readonly IToken[], count: number): Block[] {
  const open: Block[] = [];
  let start = 0;
  for (let i = 0; i < count; i++) {
    const type = typeOf(tokens[i]!);
    if (type === '{') open.push(blockOf(tokens.slice(start, i)));
    else if (type === '}') open.pop();
    if (ENDS.has(type)) start = i + 1;
  }
  return open;
}

/** Index of the first token of the statement that the token before `count` belongs to. */
export function statementStart(tokens: readonly IToken[], count: number): number {
  let i = count;
  while (i > 0 && !ENDS.has(typeOf(tokens[i - 1]!))) i--;
  return i;
}

export function blockOf(header: readonly IToken[]): Block {
  const [first, second] = header;
  if (!first) return { type: '', word: '', header };
  const named = second && typeOf(second) === 'NAME' ? { name: second.image } : {};
  return { type: typeOf(first), word: first.image, ...named, header };
}

/** What properties in this block belong to: the schema's owner; undefined where none may stand. */
export function ownerOf(block: Block | undefined, outer?: Block): Owner | undefined {
  switch (block?.type) {
    case 'KIND':
      return isKind(block.word) ? block.word : undefined;
    case 'technology':
      return 'technology';
    case 'region':
    case 'zone':
    case 'group':
    case 'table':
    case 'flow':
      return block.type;
    case 'SOURCE':
      return outer?.type === 'flow' || outer?.type === 'parallel' ? 'step' : 'connection';
    default:
      return undefined;
  }
}

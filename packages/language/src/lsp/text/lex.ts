import { firstWhere } from '@sysd/core';
import type { IToken } from 'chevrotain';
import type { Lexer } from 'langium';
import { createSysdServices } from '../../sysd-module.ts';

/** A `//` or `///` comment up to the end of its line. */
export interface Comment {
  readonly image: string;
  readonly startOffset: number;
}

export interface Lexed {
  readonly tokens: readonly IToken[];
  readonly comments: readonly Comment[];
}

let lexer: Lexer | undefined;

/** Tokens of a text as the grammar sees them (words typed by where they stand), and its comments. Never throws. */
export function lex(text: string): Lexed {
  lexer ??= createSysdServices().parser.Lexer;
  const { tokens } = lexer.tokenize(text);
  return { tokens, comments: commentsBetween(text, tokens) };
}

/** Comments are no tokens: a `//` outside of every token begins one. O(tokens). */
function commentsBetween(text: string, tokens: readonly IToken[]): Comment[] {
  const comments: Comment[] = [];
  let i = 0;
  for (let at = text.indexOf('//'); at >= 0; ) {
    while (i < tokens.length && endOf(tokens[i]!) <= at) i++;
    const token = tokens[i];
    if (token && token.startOffset <= at) {
      at = text.indexOf('//', endOf(token));
      continue;
    }
    const end = lineEnd(text, at);
    comments.push({ image: text.slice(at, end), startOffset: at });
    at = text.indexOf('//', end);
  }
  return comments;
}

function lineEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || c === 13) return i;
  }
  return text.length;
}

/** Offset behind a token. */
export function endOf(token: { readonly image: string; readonly startOffset: number }): number {
  return token.startOffset + token.image.length;
}

/** Type of a token by its name in the grammar: `NAME`, `KIND`, `{`, `flow`. */
export function typeOf(token: IToken): string {
  return token.tokenType.name;
}

/** Index of the first token that starts at or behind `offset`. Tokens are in text order. */
export function firstFrom(tokens: readonly { readonly startOffset: number }[], offset: number): number {
  return firstWhere(tokens.length, (i) => tokens[i]!.startOffset >= offset);
}

/** The token that covers `offset` or ends there; of two that meet at it the later one. Line ends and added braces do not count. */
export function tokenAt(tokens: readonly IToken[], offset: number): IToken | undefined {
  for (let i = firstFrom(tokens, offset + 1) - 1; i >= 0; i--) {
    const token = tokens[i]!;
    if (token.image === '' || typeOf(token) === 'NL') {
      if (endOf(token) < offset) return undefined;
      continue;
    }
    return endOf(token) >= offset ? token : undefined;
  }
  return undefined;
}

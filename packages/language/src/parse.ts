import type { ILexingError, IRecognitionException, IToken } from 'chevrotain';
import type { Document, Item } from './generated/ast.ts';
import { cutIntoBlocks, type TokenBlock } from './parser/blocks.ts';
import type { SysdParser } from './parser/parser.ts';
import { createSysdServices } from './sysd-module.ts';

/** A syntax error. Offsets are UTF-16 code units: of the file in `ParsedText`, of the block in `ParsedBlock`. */
export interface SyntaxProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** A top-level statement (a run of them where no line end separates them), parsed by itself: all offsets in its tree are relative to it. */
export interface ParsedBlock {
  readonly text: string;
  /** What tells two blocks apart: their text, and how it was read. */
  readonly key: string;
  readonly document: Document;
  readonly items: readonly Item[];
  readonly problems: readonly SyntaxProblem[];
}

export interface PlacedBlock {
  readonly block: ParsedBlock;
  /** Offset of its first character in the file. */
  readonly offset: number;
}

export interface ParsedText {
  readonly text: string;
  readonly blocks: readonly PlacedBlock[];
  /** Top-level statements in text order. */
  readonly items: readonly Item[];
  /** In text order, at most one per line. */
  readonly problems: readonly SyntaxProblem[];
}

/** Errors after which the rest of a file is not read: it is not a design, and each costs a search. */
const MOST_PROBLEMS = 200;

let parser: SysdParser | undefined;

/**
 * Parses a text. Never throws: what could be read comes back. Parsing is defined block by block (lex, cut at the line ends outside of
 * braces, parse each block), so that an error stays in its block, and a block of the text before that has not changed is taken over as it
 * is: the same trees as without `before`, by construction.
 */
export function parseText(text: string, before?: ParsedText): ParsedText {
  parser ??= createSysdServices().parser.LangiumParser as SysdParser;
  const { tokens, errors } = parser.tokens(text);
  const reusable = byKey(before);
  const blocks: PlacedBlock[] = [];
  let problems = 0;
  for (const piece of cutIntoBlocks(text, tokens)) {
    if (problems > MOST_PROBLEMS) break;
    const block = reusable.get(piece.key)?.pop() ?? parseBlock(parser, piece);
    problems += block.problems.length;
    blocks.push({ block, offset: piece.offset });
  }
  return { text, blocks, items: blocks.flatMap((b) => b.block.document.items), problems: allProblems(text, errors, blocks) };
}

/** Blocks of a text by key. Each is used once: two equal statements are two trees. */
function byKey(before: ParsedText | undefined): Map<string, ParsedBlock[]> {
  const blocks = new Map<string, ParsedBlock[]>();
  // Backwards, so that `pop` gives the first of equal ones first.
  for (const { block } of before?.blocks.toReversed() ?? []) {
    const same = blocks.get(block.key);
    if (same) same.push(block);
    else blocks.set(block.key, [block]);
  }
  return blocks;
}

function parseBlock(with_: SysdParser, { text, key, tokens, offset }: TokenBlock): ParsedBlock {
  const { document, errors } = with_.parseTokens(text, relative(tokens, offset));
  return { text, key, document, items: document.items, problems: errors.map((e) => ({ message: e.message, ...place(text, e) })) };
}

function relative(tokens: readonly IToken[], offset: number): IToken[] {
  const line = (tokens[0]?.startLine ?? 1) - 1;
  return tokens.map((token) => {
    token.startOffset -= offset;
    token.endOffset = (token.endOffset ?? token.startOffset) - offset;
    token.startLine = (token.startLine ?? 1) - line;
    token.endLine = (token.endLine ?? 1) - line;
    return token;
  });
}

function allProblems(text: string, lexer: readonly ILexingError[], blocks: readonly PlacedBlock[]): SyntaxProblem[] {
  const all = lexer.map((e): SyntaxProblem => ({ message: e.message, start: e.offset, end: e.offset + e.length }));
  for (const { block, offset } of blocks) {
    for (const { message, start, end } of block.problems) all.push({ message, start: start + offset, end: end + offset });
  }
  all.sort((a, b) => a.start - b.start);
  let line = Number.NaN;
  return all.filter((problem) => {
    const begin = problem.start === 0 ? -1 : text.lastIndexOf('\n', problem.start - 1);
    if (begin === line) return false;
    line = begin;
    return true;
  });
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

import type { SourceBlock, Span } from '@sysd/core';
import type { AstNode } from 'langium';
import type { Item } from '../generated/ast.ts';
import { type ParsedText, parseText } from '../parse.ts';

/** A parsed file. Each block (top-level statement) is what the spans of everything in it are relative to. */
export interface SourceFile {
  readonly uri: string;
  readonly text: string;
  readonly parsed: ParsedText;
  /** Of the standard library, not the author's. */
  readonly library: boolean;
}

/** What is known of the block that a tree was parsed from, by the root of the tree. */
interface BlockSource {
  readonly source: SourceBlock;
  readonly text: string;
}

const sources = new WeakMap<AstNode, BlockSource>();
const NOWHERE: BlockSource = { source: { uri: '', offset: 0 }, text: '' };

/**
 * Parses a text into a file. Never throws. Blocks that have not changed since `before`, an earlier version of the file, keep their trees,
 * and everything that holds spans of them goes on to be right: the offset of the block moves.
 */
export function sourceFile(
  uri: string,
  text: string,
  options: { readonly library?: boolean; readonly before?: SourceFile } = {},
): SourceFile {
  const parsed = parseText(text, options.before?.parsed);
  for (const { block, offset } of parsed.blocks) {
    const known = sources.get(block.document);
    if (known) known.source.offset = offset;
    else sources.set(block.document, { source: { uri, offset }, text: block.text });
  }
  return { uri, text, parsed, library: options.library === true };
}

/** Top-level statements of a file. */
export function itemsOf(file: SourceFile): readonly Item[] {
  return file.parsed.items;
}

/** The block that a node lies in, with its text. */
export function blockOf(node: AstNode): BlockSource {
  let at = node;
  while (at.$container) at = at.$container;
  return sources.get(at) ?? NOWHERE;
}

/** Span of absolute offsets in a file: relative to the block that they lie in, or to the start of the file. */
export function spanAt(file: SourceFile, start: number, end: number): Span {
  const { blocks } = file.parsed;
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle]!.offset <= start) low = middle + 1;
    else high = middle;
  }
  const found = blocks[low - 1];
  const block = (found && sources.get(found.block.document)?.source) ?? { uri: file.uri, offset: 0 };
  return { block, start: start - block.offset, end: end - block.offset };
}

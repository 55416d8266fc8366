import type { SourceBlock, Span } from '@sysd/core';
import type { AstNode } from 'langium';
import type { Item } from '../generated/ast.ts';
import { type ParsedText, parseText } from '../parse.ts';

/** A parsed file. Each top-level statement is a block to which the spans of everything in it are relative. */
export interface SourceFile {
  readonly uri: string;
  readonly text: string;
  readonly parsed: ParsedText;
  readonly blocks: ReadonlyMap<AstNode, SourceBlock>;
  /** Of the standard library, not the author's. */
  readonly library: boolean;
}

/** Parses a text into a file. Never throws. */
export function sourceFile(uri: string, text: string, library = false): SourceFile {
  const parsed = parseText(text);
  const blocks = new Map<AstNode, SourceBlock>();
  for (const item of parsed.document.items) blocks.set(item, { uri, offset: item.$cstNode?.offset ?? 0 });
  return { uri, text, parsed, blocks, library };
}

/** Top-level statements of a file. */
export function itemsOf(file: SourceFile): readonly Item[] {
  return file.parsed.document.items;
}

/** Span of absolute offsets in a file: relative to the top-level statement that they lie in, or to the start of the file. */
export function spanAt(file: SourceFile, start: number, end: number): Span {
  let block: SourceBlock = { uri: file.uri, offset: 0 };
  for (const candidate of file.blocks.values()) {
    if (candidate.offset > start) break;
    block = candidate;
  }
  return { block, start: start - block.offset, end: end - block.offset };
}

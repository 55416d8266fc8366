import { firstWhere } from '@sysd/core';
import type { Position } from 'vscode-languageserver-textdocument';
import { lastAt, type Placed } from '../../parser/placed.ts';

/** A stretch of whole lines whose text is lexed by itself, with the same tokens as in the file. Kept by identity while its text is unchanged. */
export interface TextBlock {
  readonly text: string;
  /** Line breaks in it. */
  readonly lines: number;
}

/** A block in a version of a file. */
export type PlacedText<B extends TextBlock = TextBlock> = Placed<B>;

const NOTHING: PlacedText = { block: { text: '', lines: 0 }, offset: 0, line: 0 };

/** The block that holds an offset: of two that meet there the later one. */
export function blockAt(blocks: readonly PlacedText[], offset: number): PlacedText {
  return blocks[lastAt(blocks, offset)] ?? NOTHING;
}

/** Blocks that hold text between two offsets. */
export function blocksBetween(blocks: readonly PlacedText[], from: number, to: number): readonly PlacedText[] {
  return blocks.slice(lastAt(blocks, from), lastAt(blocks, to) + 1);
}

/** Offsets at which the lines of a text begin. */
export function lineStarts(text: string): number[] {
  const found = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c !== 10 && c !== 13) continue;
    if (c === 13 && text.charCodeAt(i + 1) === 10) i++;
    found.push(i + 1);
  }
  return found;
}

/** Line and character of offsets in a text that ascend for the most part, as those of its tokens do. */
export function positionsIn(text: string): (offset: number) => Position {
  const lines = lineStarts(text);
  let line = 0;
  return (offset) => {
    if (offset < lines[line]!) line = 0;
    while (line + 1 < lines.length && lines[line + 1]! <= offset) line++;
    return { line, character: offset - lines[line]! };
  };
}

/** Shorter texts are walked for each position; of longer ones the starts of lines are kept. */
const SHORT = 4096;
const starts = new WeakMap<TextBlock, readonly number[]>();

function startsOf(block: TextBlock): readonly number[] {
  if (block.text.length <= SHORT) return lineStarts(block.text);
  let known = starts.get(block);
  if (!known) {
    known = lineStarts(block.text);
    starts.set(block, known);
  }
  return known;
}

const isBreak = (text: string, i: number): boolean => text.charCodeAt(i) === 10 || text.charCodeAt(i) === 13;

/** Position of an offset; like that of an LSP document, it is never behind a line break. */
export function positionAt(blocks: readonly PlacedText[], offset: number): Position {
  const { block, offset: base, line } = blockAt(blocks, offset);
  const lines = startsOf(block);
  const within = Math.max(0, Math.min(offset - base, block.text.length));
  const index = firstWhere(lines.length, (i) => lines[i]! > within) - 1;
  const start = lines[index]!;
  let end = within;
  while (end > start && isBreak(block.text, end - 1)) end--;
  return { line: line + index, character: end - start };
}

/** Offset of a position, which may lie outside of the text. */
export function offsetAt(blocks: readonly PlacedText[], { line, character }: Position): number {
  if (line < 0) return 0;
  const { block, offset, line: first } = blocks[lastAt(blocks, line, 'line')] ?? NOTHING;
  const lines = startsOf(block);
  const start = lines[line - first];
  if (start === undefined) return offset + block.text.length;
  if (character <= 0) return offset + start;
  let end = Math.min(start + character, lines[line - first + 1] ?? block.text.length);
  while (end > start && isBreak(block.text, end - 1)) end--;
  return offset + end;
}

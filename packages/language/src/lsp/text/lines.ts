import type { Position, Range, TextDocument } from 'vscode-languageserver-textdocument';
import { type ParsedBlock, type ParsedText, type PlacedBlock, sliceOfText } from '../../parse.ts';
import { lastAt } from '../../parser/recut.ts';

/** Where lines begin in a block: a block begins a line, so that this is a function of its text. */
const starts = new WeakMap<ParsedBlock, readonly number[]>();

function startsOf(block: ParsedBlock): readonly number[] {
  let known = starts.get(block);
  if (!known) {
    known = lineStarts(block.text);
    starts.set(block, known);
  }
  return known;
}

/** A line ends with `\r\n`, `\n` or `\r`, as the protocol says. */
function lineStarts(text: string): number[] {
  const found = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) found.push(i + 1);
  }
  return found;
}

const isLineEnd = (c: number): boolean => c === 10 || c === 13;

/** The lines of a parsed text, found by its blocks: nothing is computed for the file as a whole. Offsets and positions outside are clamped. */
export function linesOf(parsed: ParsedText, uri: string, version: number): TextDocument {
  const { blocks, length } = parsed;
  const last = blocks.at(-1);
  const lineCount = last ? last.line + last.block.lines + 1 : 1;

  const positionAt = (given: number): Position => {
    const offset = Math.max(0, Math.min(given, length));
    const placed = blocks[lastAt(blocks, offset)];
    if (!placed) return { line: 0, character: 0 };
    const lines = startsOf(placed.block);
    const within = offset - placed.offset;
    const line = lastOf(lines.length, (i) => lines[i]! <= within);
    return { line: placed.line + line, character: beforeLineEnd(placed, within, lines[line]!) - lines[line]! };
  };

  const offsetAt = ({ line, character }: Position): number => {
    if (line >= lineCount) return length;
    if (line < 0 || !last) return 0;
    const placed = blocks[lastOf(blocks.length, (i) => blocks[i]!.line <= line)]!;
    const lines = startsOf(placed.block);
    const start = lines[line - placed.line]!;
    const end = lines[line - placed.line + 1] ?? placed.block.text.length;
    return placed.offset + beforeLineEnd(placed, Math.min(start + Math.max(0, character), end), start);
  };

  const getText = (range?: Range): string => (range ? sliceOfText(parsed, offsetAt(range.start), offsetAt(range.end)) : parsed.text);
  const getLineRange = (given: number): Range => {
    const line = Math.max(0, Math.min(given, lineCount - 1));
    const character = given < 0 ? 0 : offsetAt({ line, character: Number.MAX_SAFE_INTEGER }) - offsetAt({ line, character: 0 });
    return { start: { line, character: 0 }, end: { line, character } };
  };
  const getEOLCharacters = (line: number): string => {
    if (line < 0 || line >= lineCount) return '';
    return sliceOfText(parsed, offsetAt({ line, character: Number.MAX_SAFE_INTEGER }), offsetAt({ line: line + 1, character: 0 }));
  };
  return { uri, languageId: 'sysd', version, lineCount, positionAt, offsetAt, getText, getLineRange, getEOLCharacters };
}

/** No position lies within or behind what ends its line. */
function beforeLineEnd({ block }: PlacedBlock, offset: number, lineStart: number): number {
  let at = offset;
  while (at > lineStart && isLineEnd(block.text.charCodeAt(at - 1))) at--;
  return at;
}

/** The last index below `count` for which `holds`, which holds for the first ones. */
function lastOf(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

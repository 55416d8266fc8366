import type { Range, TextDocument } from 'vscode-languageserver-textdocument';
import { type ParsedText, sliceOfText } from '../../parse.ts';
import { offsetAt, positionAt } from './partition.ts';

/** The lines of a parsed text, found by its blocks: nothing is computed for the file as a whole. Offsets and positions outside are clamped. */
export function linesOf(parsed: ParsedText, uri: string, version: number): TextDocument {
  const { blocks } = parsed;
  const last = blocks.at(-1);
  const lineCount = last ? last.line + last.block.lines + 1 : 1;
  const lineEnd = (line: number): number => offsetAt(blocks, { line, character: Number.MAX_SAFE_INTEGER });
  const lineStart = (line: number): number => offsetAt(blocks, { line, character: 0 });
  return {
    uri,
    languageId: 'sysd',
    version,
    lineCount,
    positionAt: (offset) => positionAt(blocks, offset),
    offsetAt: (position) => offsetAt(blocks, position),
    getText: (range) => (range ? sliceOfText(parsed, offsetAt(blocks, range.start), offsetAt(blocks, range.end)) : parsed.text),
    getLineRange(given): Range {
      const line = Math.max(0, Math.min(given, lineCount - 1));
      const character = given < 0 ? 0 : lineEnd(line) - lineStart(line);
      return { start: { line, character: 0 }, end: { line, character } };
    },
    getEOLCharacters: (line) => (line < 0 || line >= lineCount ? '' : sliceOfText(parsed, lineEnd(line), lineStart(line + 1))),
  };
}

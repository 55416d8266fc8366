import type { Diagnostic, Fix, SourceBlock, Span } from '@sysd/core';
import type { AstNode } from 'langium';
import type { Item } from '../generated/ast.ts';
import { type ParsedText, parseText, type Replacement, replaceInText, type SyntaxProblem, sliceOfText } from '../parse.ts';
import { marksOf } from '../parser/marks.ts';
import type { PlacedPiece } from '../parser/pieces.ts';
import { Place } from '../parser/place.ts';
import { lastAt } from '../parser/placed.ts';
import { foreignNotation } from './foreign-file.ts';

/** A parsed file. The spans of everything in a statement are relative to that statement. */
export interface SourceFile {
  readonly uri: string;
  readonly text: string;
  readonly parsed: ParsedText;
  /** Of the standard library, not the author's. */
  readonly library: boolean;
}

/** What the spans of a node are relative to, and its text. */
interface BlockSource {
  readonly source: SourceBlock;
  readonly text: string;
}

/**
 * Parses a text into a file. Never throws. What has not changed since `before`, an earlier version of the file, keeps its trees, and
 * everything that holds spans of them goes on to be right.
 */
export function sourceFile(
  uri: string,
  text: string,
  options: { readonly library?: boolean; readonly before?: SourceFile } = {},
): SourceFile {
  return fileOf(parseText(text, options.before?.parsed, uri), options.library === true);
}

/** The next version of a file, told by what is replaced in it. What has not changed keeps its trees. */
export function replaceInFile(before: SourceFile, replacements: readonly Replacement[]): SourceFile {
  return fileOf(replaceInText(before.parsed, replacements), before.library);
}

function fileOf(parsed: ParsedText, library: boolean): SourceFile {
  return {
    uri: parsed.uri,
    parsed,
    library,
    get text() {
      return parsed.text;
    },
  };
}

/** Top-level statements of a file. */
export function itemsOf(file: SourceFile): readonly Item[] {
  return file.parsed.items;
}

/** The innermost text that a node was parsed from. */
export function blockOf(node: AstNode): BlockSource {
  const source = placeOf(node);
  return { source, text: source.text };
}

const NOWHERE = new Place('', '', 0);

export function placeOf(node: AstNode): Place {
  for (let at: AstNode | undefined = node; at; at = at.$container) {
    const marks = marksOf(at);
    if (marks) return marks.place;
  }
  return NOWHERE;
}

/** Whether what a span is relative to is still part of the newest text of its file; what was not parsed from a text always is. */
export function isAlive(block: SourceBlock): boolean {
  return !(block instanceof Place) || block.alive;
}

/** Where everything that spans are relative to stood in a text, which need not be the newest. O(statements). */
export function placesIn(parsed: ParsedText): Map<SourceBlock, number> {
  const places = new Map<SourceBlock, number>();
  const add = (pieces: readonly PlacedPiece[], origin: number): void => {
    for (const { piece, at } of pieces) {
      places.set(piece.place, origin + at);
      add(piece.parts, origin + at);
    }
  };
  for (const { block, offset } of parsed.blocks) {
    places.set(block.place, offset);
    add(block.pieces, offset);
  }
  return places;
}

/** Span of absolute offsets in a file: relative to the block that they lie in. */
export function spanAt(file: SourceFile, start: number, end: number): Span {
  const { blocks } = file.parsed;
  const found = blocks[lastAt(blocks, start)];
  if (!found) return { block: { uri: file.uri, offset: 0 }, start, end };
  return { block: found.block.place, start: start - found.offset, end: end - found.offset };
}

/** Syntax errors of a file, in text order; of one in another notation that it is. */
export function syntaxErrors(file: SourceFile): Diagnostic[] {
  const notation = foreignNotation(file.parsed);
  if (notation !== undefined) return [foreignFile(file, notation)];
  return file.parsed.problems.map((problem) => syntaxError(file, problem));
}

function foreignFile(file: SourceFile, notation: string): Diagnostic {
  const { text } = file;
  const start = /\S|$/.exec(text)?.index ?? 0;
  const end = start + (/^[^\r\n]*/.exec(text.slice(start))?.[0].trimEnd().length ?? 0);
  const message = `this is ${notation}, which sysd does not read: a design has components (service api), and flows that say who calls whom (flow Order from users at 3/day { users -> api })`;
  return { rule: 'syntax', severity: 'error', message, span: spanAt(file, start, end) };
}

function syntaxError(file: SourceFile, { message, start, end, corrections = [] }: SyntaxProblem): Diagnostic {
  const fixes = corrections.map(
    (c): Fix => ({
      title: titleOf(sliceOfText(file.parsed, c.start, c.end), c.text),
      edits: [{ kind: 'replace', span: spanAt(file, c.start, c.end), text: c.text }],
      ...(corrections.length === 1 ? { preferred: true } : {}),
    }),
  );
  const span = spanAt(file, start, end);
  return { rule: 'syntax', severity: 'error', message, span, ...(fixes.length > 0 ? { fixes } : {}) };
}

/** What a fix is called that writes one text in place of another. */
function titleOf(written: string, text: string): string {
  const [before, after] = [written.trim(), text.trim()];
  if (text === '') return /^[\p{Cf}\p{Cc}]*$/u.test(before) ? 'Remove it' : `Remove ${before}`;
  if (after === '') return 'Begin a new line';
  return before === '' ? `Add ${after}` : `Change to ${after}`;
}

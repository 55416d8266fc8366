import type { Item } from './generated/ast.ts';
import { once } from './once.ts';
import { editBetween } from './parser/edit.ts';
import { leftovers, NOTHING_LEFT } from './parser/leftovers.ts';
import { NO_PROBLEMS, type PlacedBlock, parseBlock, unreadBlock } from './parser/parse-block.ts';
import type { SysdParser } from './parser/parser.ts';
import { Place } from './parser/place.ts';
import { lastAt } from './parser/placed.ts';
import { moved, type SyntaxProblem } from './parser/problems.ts';
import { cuttingsOf, isNew, type NewBlock, type Replacement, recut } from './parser/recut.ts';
import { createSysdServices } from './sysd-module.ts';

export type { PlacedBlock } from './parser/parse-block.ts';
export type { SyntaxProblem } from './parser/problems.ts';
export type { Replacement } from './parser/recut.ts';

export interface ParsedText {
  readonly uri: string;
  /** Put together from the blocks when it is first asked for: O(text). */
  readonly text: string;
  readonly length: number;
  /** They partition the text: all their texts in a row are the file's. */
  readonly blocks: readonly PlacedBlock[];
  /** Those that have syntax errors, and those with imports or `system`: few, so that nobody looks through all for them. */
  readonly faulty: readonly PlacedBlock[];
  readonly telling: readonly PlacedBlock[];
  /** Top-level statements in text order. */
  readonly items: readonly Item[];
  /** In text order, at most one per line. */
  readonly problems: readonly SyntaxProblem[];
}

/** Errors after which the rest of a file is not read: it is not a design, and each costs a search. */
const MOST_PROBLEMS = 200;

let parser: SysdParser | undefined;

/**
 * Parses a text. Never throws: what could be read comes back. Parsing is defined block by block: the text is cut into blocks, and each is
 * lexed and parsed as if nothing else were there. So an error stays in its block, and what has not changed since `before`, an earlier
 * version of the file, is taken over as it is: the same as without `before`, by construction.
 */
export function parseText(text: string, before?: ParsedText, uri: string = before?.uri ?? ''): ParsedText {
  const { start, oldEnd, newEnd } = editBetween(before?.text ?? '', text);
  const blocks = placeBlocks(before?.blocks ?? [], { start, end: oldEnd, text: text.slice(start, newEnd) }, uri);
  return parsedText(uri, blocks, () => text);
}

/**
 * Parses a text that is told by what is replaced in an earlier version of it: replacements of that version's offsets, in text order, which do
 * not overlap. Costs what they touch, and a few operations per block.
 */
export function replaceInText(before: ParsedText, replacements: readonly Replacement[]): ParsedText {
  const [first, last] = [replacements[0], replacements.at(-1)];
  if (!first || !last) return before;
  let text = '';
  let at = first.start;
  for (const one of replacements) {
    text += sliceOfText(before, at, one.start) + one.text;
    at = one.end;
  }
  const blocks = placeBlocks(before.blocks, { start: first.start, end: last.end, text }, before.uri);
  return parsedText(before.uri, blocks, () => blocks.all.map(({ block }) => block.text).join(''));
}

/** A stretch of a text, without putting all of it together. */
export function sliceOfText({ blocks }: ParsedText, start: number, end: number): string {
  let text = '';
  for (let i = lastAt(blocks, start); i < blocks.length && blocks[i]!.offset < end; i++) {
    const { block, offset } = blocks[i]!;
    text += block.text.slice(Math.max(0, start - offset), end - offset);
  }
  return text;
}

interface PlacedBlocks extends Pick<ParsedText, 'faulty' | 'telling'> {
  readonly all: readonly PlacedBlock[];
}

function parsedText(uri: string, { all: blocks, faulty, telling }: PlacedBlocks, textOf: () => string): ParsedText {
  const text = once(textOf);
  const items = once(() => blocks.flatMap(({ block }) => block.items));
  const problems = once(() => faulty.flatMap(problemsIn));
  const last = blocks.at(-1);
  return {
    uri,
    blocks,
    faulty,
    telling,
    length: last ? last.offset + last.block.text.length : 0,
    get text() {
      return text();
    },
    get items() {
      return items();
    },
    get problems() {
      return problems();
    },
  };
}

function problemsIn({ block, offset }: PlacedBlock): SyntaxProblem[] {
  return block.problems.map((problem) => moved(problem, offset));
}

function placeBlocks(before: readonly PlacedBlock[], change: Replacement, uri: string): PlacedBlocks {
  parser ??= createSysdServices().parser.LangiumParser as SysdParser;
  const reader = parser;
  const { blocks, left } = recut(before, change, (text) => reader.rawTokens(text));
  for (const block of left) block.place.leave();
  const leaving = left.length > 0 ? leftovers(left) : NOTHING_LEFT;

  const blockOf = ({ cuttings }: NewBlock, read: boolean) => {
    const [first] = cuttings;
    const text = cuttings.length === 1 ? first!.text : cuttings.map((c) => c.text).join('');
    const known = leaving.block(text, read);
    if (known) return known;
    const place = new Place(text, uri, 0);
    const chunks = cuttings.map((c) => c.chunk);
    if (!read) return unreadBlock(place, chunks);
    const tokens = (cuttings.length === 1 ? first!.tokens : undefined) ?? reader.rawTokens(text);
    return parseBlock(reader, place, chunks, tokens, leaving);
  };

  let offset = 0;
  let line = 0;
  let problems = 0;
  const faulty: PlacedBlock[] = [];
  const telling: PlacedBlock[] = [];
  const all = blocks.map((old) => {
    const read = problems <= MOST_PROBLEMS;
    let placed: PlacedBlock;
    if (isNew(old)) placed = { block: blockOf(old, read), offset, line };
    else if (old.block.read !== read) {
      old.block.place.leave();
      placed = { block: blockOf({ cuttings: cuttingsOf(old.block) }, read), offset, line };
    } else placed = old.offset === offset && old.line === line ? old : { block: old.block, offset, line };
    const { block } = placed;
    block.place.stand(offset, line);
    offset += block.length;
    line += block.lines;
    if (block.problems !== NO_PROBLEMS) {
      problems += block.problems.length;
      faulty.push(placed);
    }
    if (block.outlook) telling.push(placed);
    return placed;
  });
  return { all, faulty, telling };
}

import type { Item } from './generated/ast.ts';
import { type Cut, type Lexed, NO_CUT, type Recut, recut } from './parser/cut.ts';
import { detached } from './parser/detached.ts';
import { type Edit, editBetween } from './parser/edit.ts';
import { leftovers, NOTHING_LEFT } from './parser/leftovers.ts';
import { type ParsedBlock, parseBlock, unreadBlock } from './parser/parse-block.ts';
import type { SysdParser } from './parser/parser.ts';
import { Place } from './parser/place.ts';
import type { SyntaxProblem } from './parser/problems.ts';
import { createSysdServices } from './sysd-module.ts';

export type { Edit } from './parser/edit.ts';
export type { ParsedBlock } from './parser/parse-block.ts';
export type { SyntaxProblem } from './parser/problems.ts';

export interface PlacedBlock {
  readonly block: ParsedBlock;
  /** Offset of its first character in the file. */
  readonly offset: number;
  /** Line breaks in the file before it. */
  readonly line: number;
}

export interface ParsedText {
  readonly uri: string;
  readonly text: string;
  /** They partition the text: all their texts in a row are the file's. */
  readonly blocks: readonly PlacedBlock[];
  /** Top-level statements in text order. */
  readonly items: readonly Item[];
  /** In text order, at most one per line. */
  readonly problems: readonly SyntaxProblem[];
  /** What an edit is cut by. */
  readonly cut: Cut;
}

/** Errors after which the rest of a file is not read: it is not a design, and each costs a search. */
const MOST_PROBLEMS = 200;

let parser: SysdParser | undefined;

/**
 * Parses a text. Never throws: what could be read comes back. Parsing is defined block by block: the text is cut into blocks, and each is
 * lexed and parsed as if nothing else were there. So an error stays in its block, and what has not changed since `before`, an earlier
 * version of the file, is taken over as it is: the same as without `before`, by construction.
 * @param edit where the text differs from that of `before`; looked for where it is not given
 */
export function parseText(text: string, before?: ParsedText, edit?: Edit, uri: string = before?.uri ?? ''): ParsedText {
  parser ??= createSysdServices().parser.LangiumParser as SysdParser;
  const lex = (from: number, to: number): Lexed => {
    const part = before ? detached(text.slice(from, to)) : text.slice(from, to);
    return { text: part, tokens: parser!.rawTokens(part) };
  };
  const cut = recut(before?.cut ?? NO_CUT, before?.text ?? '', text, edit ?? editBetween(before?.text ?? '', text), lex);
  const blocks = placeBlocks(cut, before, lex, uri);
  const items = once(() => blocks.flatMap(({ block }) => block.items));
  const problems = once(() => blocks.flatMap(problemsIn));
  return {
    uri,
    text,
    blocks,
    cut: { chunks: cut.chunks, starts: cut.starts },
    get items() {
      return items();
    },
    get problems() {
      return problems();
    },
  };
}

function problemsIn({ block, offset }: PlacedBlock): SyntaxProblem[] {
  return block.problems.map(({ message, start, end }) => ({ message, start: start + offset, end: end + offset }));
}

function once<T>(compute: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: compute() };
    return made.value;
  };
}

function placeBlocks(cut: Recut, before: ParsedText | undefined, lex: (from: number, to: number) => Lexed, uri: string): PlacedBlock[] {
  const { starts, chunks } = cut;
  const { kept, left } = matchBlocks(cut, before);
  for (const block of left) block.place.leave();
  const leaving = left.length > 0 ? leftovers(left) : NOTHING_LEFT;
  const blocks: PlacedBlock[] = [];
  let offset = 0;
  let line = 0;
  let problems = 0;
  for (let i = 0; i < starts.length; i++) {
    const read = problems <= MOST_PROBLEMS;
    const old = kept[i];
    let block = old?.block;
    if (!block || block.read !== read) {
      block?.place.leave();
      const [start, end] = [starts[i]!, starts[i + 1] ?? chunks.length];
      let length = 0;
      for (let c = start; c < end; c++) length += chunks[c]!.length;
      const { text, tokens } = (end - start === 1 && cut.lexed.get(start)) || lex(offset, offset + length);
      block = leaving.block(text, read);
      if (!block) {
        const place = new Place(text, uri, offset);
        block = read ? parseBlock(parser!, place, tokens, leaving) : unreadBlock(place);
      }
    }
    block.place.stand(offset);
    blocks.push(old && old.block === block && old.offset === offset && old.line === line ? old : { block, offset, line });
    offset += block.text.length;
    line += block.lines;
    problems += block.problems.length;
  }
  return blocks;
}

interface Matched {
  /** Block of the version before that stands for each block, where there is one. */
  readonly kept: (PlacedBlock | undefined)[];
  readonly left: readonly ParsedBlock[];
}

/** Finds the blocks of the version before that are made of the same chunks. Both lists are in text order. O(blocks). */
function matchBlocks({ starts, chunks, head, tail }: Recut, before: ParsedText | undefined): Matched {
  if (!before) return { kept: [], left: [] };
  const old = before.cut;
  const kept: (PlacedBlock | undefined)[] = [];
  const left: ParsedBlock[] = [];
  const shift = old.chunks.length - chunks.length;
  let j = 0;
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i]!;
    const end = starts[i + 1] ?? chunks.length;
    const inTail = start >= chunks.length - tail;
    const moved = inTail ? shift : 0;
    let found: PlacedBlock | undefined;
    if (end <= head || inTail) {
      while (j < old.starts.length && old.starts[j]! < start + moved) left.push(before.blocks[j++]!.block);
      const same = old.starts[j] === start + moved && (old.starts[j + 1] ?? old.chunks.length) === end + moved;
      if (same) found = before.blocks[j++];
    }
    kept.push(found);
  }
  while (j < old.starts.length) left.push(before.blocks[j++]!.block);
  return { kept, left };
}

import type { IToken } from 'chevrotain';
import type { Document, Import, Item } from '../generated/ast.ts';
import { isPlain } from './blocks.ts';
import type { Chunk } from './chunks.ts';
import type { Leftovers } from './leftovers.ts';
import type { SysdParser } from './parser.ts';
import { contain, type PlacedPiece, parsePieces } from './pieces.ts';
import type { Place } from './place.ts';
import type { Placed } from './placed.ts';
import { moved, type SyntaxProblem } from './problems.ts';
import { shape } from './shape.ts';
import { taught } from './teach/teach.ts';

export type PlacedBlock = Placed<ParsedBlock>;

/** Top-level statements that are read together, mostly one: all that is here is a function of the text. */
export interface ParsedBlock {
  readonly text: string;
  /** Line breaks in the text: `\r\n`, `\n` or `\r`. */
  readonly lines: number;
  readonly length: number;
  readonly chunks: readonly Chunk[];
  /** It is one plain chunk. With `length` and `NO_PROBLEMS` this is here so that looking at every block is looking at little memory. */
  readonly plain: boolean;
  readonly document: Document;
  readonly items: readonly Item[];
  /** In text order, at most one per line. */
  readonly problems: readonly SyntaxProblem[];
  readonly pieces: readonly PlacedPiece[];
  /** What it says about the files of the design; undefined where it says nothing. */
  readonly outlook: BlockOutlook | undefined;
  /** Where it stands in the newest text that it is part of. */
  readonly place: Place;
  /** False behind too many errors: then it has no items and no problems. */
  readonly read: boolean;
}

export const NO_PROBLEMS: readonly SyntaxProblem[] = [];

const arePlain = (chunks: readonly Chunk[]): boolean => chunks.length === 1 && isPlain(chunks[0]!);

export interface BlockOutlook {
  /** Paths that it imports, as written. */
  readonly imports: readonly string[];
  readonly system: boolean;
}

/** @param tokens of the lexer, relative to the text */
export function parseBlock(
  parser: SysdParser,
  place: Place,
  chunks: readonly Chunk[],
  tokens: readonly IToken[],
  left: Leftovers,
): ParsedBlock {
  const { text } = place;
  const shaped = shape(tokens, parser.tokenTypes);
  const pieces = parsePieces(parser, place, shaped.tokens, left);
  const document: Document = { $type: 'Document', items: [] };
  const items = contain(document, pieces);
  document.items = items;
  const problems = shaped.errors.map((e): SyntaxProblem => {
    const problem = { message: e.message, start: e.offset, end: e.offset + e.length };
    return e.corrections ? { ...problem, corrections: e.corrections } : problem;
  });
  collect(pieces, 0, problems);
  return {
    ...cutOut(place, chunks),
    document,
    items,
    problems: problems.length > 0 ? onePerLine(text, problems) : NO_PROBLEMS,
    pieces,
    outlook: outlookOf(items),
    read: true,
  };
}

export function unreadBlock(place: Place, chunks: readonly Chunk[]): ParsedBlock {
  const document: Document = { $type: 'Document', items: [] };
  return {
    ...cutOut(place, chunks),
    document,
    items: [],
    problems: NO_PROBLEMS,
    pieces: [],
    outlook: undefined,
    read: false,
  };
}

/** What is known of a block without parsing it. */
function cutOut(place: Place, chunks: readonly Chunk[]): Pick<ParsedBlock, 'text' | 'lines' | 'length' | 'chunks' | 'plain' | 'place'> {
  const { text } = place;
  return { text, lines: countLines(text), length: text.length, chunks, plain: arePlain(chunks), place };
}

function collect(pieces: readonly PlacedPiece[], origin: number, into: SyntaxProblem[]): void {
  for (const { piece, at } of pieces) {
    const offset = origin + at;
    for (const problem of piece.problems) into.push(moved(problem, offset));
    collect(piece.parts, offset, into);
  }
}

/** The first problem of each line tells what is wrong with it; where the line is of another notation, that is what is wrong. */
function onePerLine(text: string, problems: SyntaxProblem[]): SyntaxProblem[] {
  problems.sort((a, b) => a.start - b.start);
  const lines = new Map<number, SyntaxProblem[]>();
  for (const problem of problems) {
    const begin = problem.start === 0 ? -1 : text.lastIndexOf('\n', problem.start - 1);
    const others = lines.get(begin);
    if (others) others.push(problem);
    else lines.set(begin, [problem]);
  }
  return [...lines.values()].map((all) => {
    const first = all[0] as SyntaxProblem;
    if (first.corrections) return first;
    return (
      taught(
        text,
        all.map((p) => p.start),
      ) ?? first
    );
  });
}

export function countLines(text: string): number {
  let lines = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) lines++;
  }
  return lines;
}

function outlookOf(items: readonly Item[]): BlockOutlook | undefined {
  const imports = items.filter((item): item is Import => item.$type === 'Import').flatMap((item) => item.path ?? []);
  const system = items.some((item) => item.$type === 'System' && item.name !== undefined);
  return imports.length > 0 || system ? { imports, system } : undefined;
}

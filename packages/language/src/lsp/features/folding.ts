import type { IToken } from 'chevrotain';
import { type FoldingRange, FoldingRangeKind, type Position } from 'vscode-languageserver';
import { type Comment, typeOf } from '../text/lex.ts';
import type { PlacedText } from '../text/partition.ts';
import { factsOf } from './block-facts.ts';

type Lines = readonly [start: number, end: number];

/** Lines of a block, by number from its first one: bodies, runs of lines that hold nothing but a comment, runs of imports. */
export interface Folds {
  readonly bodies: readonly Lines[];
  readonly comments: readonly Lines[];
  readonly imports: readonly Lines[];
}

export const NO_FOLDS: Folds = { bodies: [], comments: [], imports: [] };

/** Bodies, runs of comment lines and runs of imports. */
export function foldingRanges(blocks: readonly PlacedText[]): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  const comments: Lines[] = [];
  const imports: Lines[] = [];
  for (const { block, line } of blocks) {
    const { folds } = factsOf(block);
    if (folds === NO_FOLDS) continue;
    for (const [start, end] of folds.bodies) ranges.push({ startLine: line + start, endLine: line + end });
    for (const [start, end] of folds.comments) comments.push([line + start, line + end]);
    for (const [start, end] of folds.imports) imports.push([line + start, line + end]);
  }
  ranges.push(...ofRuns(joined(comments), FoldingRangeKind.Comment), ...ofRuns(joined(imports), FoldingRangeKind.Imports));
  return ranges.sort((a, b) => a.startLine - b.startLine);
}

const ofRuns = (runs: readonly Lines[], kind: FoldingRangeKind): FoldingRange[] =>
  runs.filter(([start, end]) => end > start).map(([startLine, endLine]) => ({ startLine, endLine, kind }));

/** Runs with those that begin right below joined to them: a run may go on in the next block. */
function joined(runs: readonly Lines[]): Lines[] {
  const found: Lines[] = [];
  for (const run of runs) {
    const above = found.at(-1);
    if (above && run[0] === above[1] + 1) found[found.length - 1] = [above[0], run[1]];
    else found.push(run);
  }
  return found;
}

export function foldsOf(
  text: string,
  tokens: readonly IToken[],
  comments: readonly Comment[],
  position: (offset: number) => Position,
): Folds {
  const lineOf = (offset: number): number => position(offset).line;
  const bodies: Lines[] = [];
  const imports: Lines[] = [];
  const open: number[] = [];
  for (const token of tokens) {
    const type = typeOf(token);
    if (type === '{') open.push(lineOf(token.startOffset));
    else if (type === 'import' && open.length === 0) imports.push(single(lineOf(token.startOffset)));
    else if (type === '}') {
      const line = lineOf(token.startOffset);
      const start = open.pop() ?? line;
      // The line of the closing brace stays visible.
      const end = line - (token.image === '' ? 0 : 1);
      if (end > start) bodies.push([start, end]);
    }
  }
  const alone = comments.flatMap(({ startOffset }) => {
    const { line, character } = position(startOffset);
    return text.slice(startOffset - character, startOffset).trim() === '' ? [single(line)] : [];
  });
  if (bodies.length === 0 && alone.length === 0 && imports.length === 0) return NO_FOLDS;
  return { bodies, comments: joined(alone), imports: joined(imports) };
}

const single = (line: number): Lines => [line, line];

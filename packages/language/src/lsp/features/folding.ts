import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import type { PlacedText } from '../text/partition.ts';
import { factsOf } from './blocks/facts.ts';
import { joined, type Lines, NO_FOLDS } from './blocks/folds.ts';

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
  const runs = ofRuns(joined(comments), FoldingRangeKind.Comment).concat(ofRuns(joined(imports), FoldingRangeKind.Imports));
  return ranges.concat(runs).sort((a, b) => a.startLine - b.startLine);
}

const ofRuns = (runs: readonly Lines[], kind: FoldingRangeKind): FoldingRange[] =>
  runs.filter(([start, end]) => end > start).map(([startLine, endLine]) => ({ startLine, endLine, kind }));

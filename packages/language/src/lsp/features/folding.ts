import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import { typeOf } from '../text/lex.ts';
import { type Snapshot, tokensOf } from '../text/snapshot.ts';

/** Blocks, runs of comment lines and runs of imports. */
export function foldingRanges(snapshot: Snapshot): FoldingRange[] {
  const { tokens, comments } = tokensOf(snapshot);
  const lineOf = (offset: number): number => snapshot.document.positionAt(offset).line;
  const ranges: FoldingRange[] = [];
  const open: number[] = [];
  const imports: number[] = [];
  for (const token of tokens) {
    const type = typeOf(token);
    if (type === '{') open.push(token.startOffset);
    else if (type === 'import' && open.length === 0) imports.push(lineOf(token.startOffset));
    else if (type === '}') {
      const start = lineOf(open.pop() ?? token.startOffset);
      // The line of the closing brace stays visible.
      const end = lineOf(token.startOffset) - (token.image === '' ? 0 : 1);
      if (end > start) ranges.push({ startLine: start, endLine: end });
    }
  }
  const commentLines = comments.map((c) => lineOf(c.startOffset)).filter((line, i) => startsLine(snapshot, comments[i]!.startOffset, line));
  ranges.push(...runs(commentLines, FoldingRangeKind.Comment), ...runs(imports, FoldingRangeKind.Imports));
  return ranges.sort((a, b) => a.startLine - b.startLine);
}

function startsLine(snapshot: Snapshot, offset: number, line: number): boolean {
  return snapshot.text.slice(snapshot.document.offsetAt({ line, character: 0 }), offset).trim() === '';
}

function runs(lines: readonly number[], kind: FoldingRangeKind): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  let start = 0;
  for (let i = 1; i <= lines.length; i++) {
    if (lines[i] === lines[i - 1]! + 1) continue;
    if (i - 1 > start) ranges.push({ startLine: lines[start]!, endLine: lines[i - 1]!, kind });
    start = i;
  }
  return ranges;
}

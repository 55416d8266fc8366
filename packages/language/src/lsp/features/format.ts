import type { Range, TextEdit } from 'vscode-languageserver';
import { isCode } from '../../format/align.ts';
import { formatLines } from '../../format/format.ts';
import { layoutOf, OUTSIDE } from '../../format/layout.ts';
import { lastAt } from '../../parser/placed.ts';
import { blockTokens } from '../text/block-tokens.ts';
import type { PlacedText } from '../text/partition.ts';
import { blocksOf, rangeOf, type Snapshot } from '../text/snapshot.ts';

/**
 * Edits that format a text, line by line, so that cursors and folds stay where they are; within `range` where it is given. None where the
 * text is too broken to be formatted: all of it, or what the lines of the range line up with. The line ends of the file are kept.
 */
export function formatEdits(snapshot: Snapshot, range?: Range): TextEdit[] {
  const all = blocksOf(snapshot);
  const [first, end] = range ? around(all, range) : [0, all.length];
  const blocks = all.slice(first, end);
  const newer = formatLines(
    blocks.map((b) => b.block),
    blockTokens,
    end === all.length,
  );
  if (!newer) return [];
  const eol = all.some((b) => b.block.text.includes('\r\n')) ? '\r\n' : '\n';
  const start = blocks[0]?.offset ?? 0;
  const older = blocks.flatMap((b) => linesOf(b.block.text));
  const length = start + blocks.reduce((sum, b) => sum + b.block.text.length, 0);
  const edits: TextEdit[] = [];
  let i = 0;
  let offset = start;
  // The formatter never moves a token to another line: lines match in order, and only empty ones come and go.
  for (const line of older) {
    const text = line.replace(/[\r\n]+$/, '');
    const replace = (newText: string, end: number): void => {
      const at = rangeOf(snapshot, offset, end);
      const inside = !range || (at.start.line >= range.start.line && at.end.line <= range.end.line + 1 && at.start.line <= range.end.line);
      if (inside) edits.push({ range: at, newText });
    };
    if (text.trim() === '') {
      if (newer[i] === '') {
        i++;
        if (text !== '') replace('', offset + text.length);
      } else replace('', offset + line.length);
    } else {
      const due = newer[i++];
      if (due === undefined || due.trim() === '') return whole(snapshot, newer, eol, range);
      const last = offset + line.length === length && line === text;
      if (due !== text || last) replace(last ? due + eol : due, offset + text.length);
    }
    offset += line.length;
  }
  return i === newer.length ? edits : whole(snapshot, newer, eol, range);
}

/** The blocks of a range with those that they line up with: from one gap between lines of code to another. */
function around(blocks: readonly PlacedText[], { start, end }: Range): [first: number, end: number] {
  const meets = (i: number): boolean => {
    const [above, below] = [blocks[i - 1], blocks[i]].map((b) => b && layoutOf(b.block, OUTSIDE, blockTokens)?.lines);
    const [last, next] = [above?.at(-1), below?.[0]];
    return last !== undefined && next !== undefined && isCode(last, next);
  };
  let first = lastAt(blocks, start.line, 'line');
  let last = lastAt(blocks, end.line + 1, 'line') + 1;
  while (first > 0 && meets(first)) first--;
  while (last < blocks.length && meets(last)) last++;
  return [first, last];
}

function whole(snapshot: Snapshot, formatted: readonly string[], eol: string, range: Range | undefined): TextEdit[] {
  if (range) return [];
  const text = formatted.map((line) => line + eol).join('');
  return text === snapshot.text ? [] : [{ range: rangeOf(snapshot, 0, snapshot.text.length), newText: text }];
}

const linesOf = (text: string): string[] => text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];

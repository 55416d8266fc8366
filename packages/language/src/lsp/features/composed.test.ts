import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver';
import { describe, expect, it } from 'vitest';
import { formatLines, formatSysd } from '../../format/format.ts';
import { type Cursor, cursorAt } from '../text/cursor.ts';
import { lex } from '../text/lex.ts';
import { offsetAt, type PlacedText, positionAt } from '../text/partition.ts';
import { blocksOf, type Snapshot, snapshot } from '../text/snapshot.ts';
import { foldingRanges } from './folding.ts';
import { formatEdits } from './format.ts';
import { documentLinks } from './links.ts';
import { colouring, encoded } from './semantic-tokens.ts';
import { documentSymbols } from './symbols.ts';
import { tokenHistory } from './token-delta.ts';

const root = join(import.meta.dirname, '../../../../..');
const texts = [join(root, 'examples'), join(root, 'packages/language/src/library')]
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
  .filter((file) => file.endsWith('.sysd'))
  .sort()
  .map((file) => readFileSync(file, 'utf8'));

const URI = 'file:///a.sysd';
const others = new Map([['orders', 'variable' as const]]);
/** The whole text as one block: what is computed of it is computed without any composing. */
const asOne = (text: string): readonly PlacedText[] => [{ block: { text, lines: 0 }, offset: 0, line: 0 }];

/** Pieces that open, close, continue, declare and spoil. */
const piece = fc.constantFrom(
  ...['{', '}', '(', ')', ',', '\n', '\r\n', '\n\n', ' ', '"', '// c\n', '/// d\n', ':', '->', '|', 'x', ';', '#', '/*'],
  ...['\nservice x { cores: 4 }\n', '\nflow F from users at 1/s {\n  users -> x\n}\n', 'import "./a.sysd"\n', '\nregion us { zones: a, b }\n'],
);
const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat(12), piece });
const start = fc.constantFrom(...texts, 'let x = 1 // a\nlet yyy = 2  // b\nservice x {\n  cores: 4 // c\n}\n// d\n// e\nx -> y\n');

/** Versions of a text, one for each edit, made as an editor makes them. */
function versions(text: string, edits: readonly { at: number; remove: number; piece: string }[]): Snapshot[] {
  const all = [snapshot(URI, 0, text)];
  edits.forEach((e, i) => {
    const before = all.at(-1)!;
    blocksOf(before);
    const from = Math.floor(e.at * before.text.length);
    all.push(snapshot(URI, i + 1, before.text.slice(0, from) + e.piece + before.text.slice(from + e.remove), before));
  });
  return all;
}

const law = (check: (snapshots: readonly Snapshot[]) => void): void =>
  fc.assert(
    fc.property(start, fc.array(edit, { maxLength: 6 }), (text, edits) => check(versions(text, edits))),
    { numRuns: 150 },
  );

describe('composed of blocks, as of the whole text:', () => {
  it('the blocks are the text, and their tokens its tokens', () =>
    law((snapshots) => {
      for (const of of snapshots) {
        const blocks = blocksOf(of);
        expect(blocks.map((b) => b.block.text).join('')).toBe(of.text);
        const told = ({ image, startOffset, tokenType }: { image: string; startOffset: number; tokenType?: { name: string } }, by = 0) =>
          `${startOffset + by} ${tokenType?.name} ${image}`;
        const composed = blocks.flatMap(({ block, offset }) => lex(block.text).tokens.map((t) => told(t, offset)));
        expect(composed).toEqual(lex(of.text).tokens.map((t) => told(t)));
      }
    }));

  it('positions and offsets', () =>
    law((snapshots) => {
      const of = snapshots.at(-1)!;
      const blocks = blocksOf(of);
      for (let offset = -1; offset <= of.text.length + 1; offset += 7) {
        const position = positionAt(blocks, offset);
        expect(position).toEqual(of.document.positionAt(offset));
        for (const more of [0, 3, 500]) {
          const there = { line: position.line, character: position.character + more };
          expect(offsetAt(blocks, there)).toBe(of.document.offsetAt(there));
        }
      }
      const beyond = { line: of.document.lineCount + 3, character: 2 };
      expect(offsetAt(blocks, beyond)).toBe(of.document.offsetAt(beyond));
    }));

  it('outline, folds and links, at every version', () =>
    law((snapshots) => {
      for (const of of snapshots) {
        const [blocks, one] = [blocksOf(of), asOne(of.text)];
        expect(documentSymbols(blocks)).toEqual(documentSymbols(one));
        expect(foldingRanges(blocks)).toEqual(foldingRanges(one));
        expect(documentLinks(blocks, (path) => path)).toEqual(documentLinks(one, (path) => path));
      }
    }));

  it('colours, in full, in part and as what has changed', () =>
    law((snapshots) => {
      const colours = colouring();
      const history = tokenHistory();
      let shown: SemanticTokens | undefined;
      for (const of of snapshots) {
        const [blocks, one] = [blocksOf(of), asOne(of.text)];
        const whole = encoded(colouring().colours(one, others));
        const newest = colours.colours(blocks, others);
        expect(encoded(newest)).toEqual(whole);
        const answer: SemanticTokens | SemanticTokensDelta = shown?.resultId
          ? history.delta(URI, shown.resultId, newest)
          : history.full(URI, newest);
        shown = { resultId: answer.resultId!, data: 'data' in answer ? answer.data : applied(shown!.data, answer) };
        expect(shown.data).toEqual(whole);
        const [from, to] = [Math.floor(of.text.length / 3), Math.floor(of.text.length / 2)];
        expect(colours.between(blocks, others, from, to)).toEqual(colouring().between(one, others, from, to));
      }
    }));

  it('what is around the cursor', () =>
    law((snapshots) => {
      const of = snapshots.at(-1)!;
      const one = snapshot(URI, 0, of.text);
      for (let offset = 0; offset <= of.text.length; offset += 5) expect(told(cursorAt(of, offset))).toEqual(told(cursorIn(one, offset)));
    }));

  it('the format', () =>
    law((snapshots) => {
      for (const of of snapshots) {
        const lines = formatLines(
          blocksOf(of).map((b) => b.block),
          (block) => lex(block.text),
          true,
        );
        expect(lines?.map((line) => `${line}\n`).join('')).toBe(formatSysd(of.text));
      }
    }));

  it('the format of a range: the edits of the whole that lie in it', () =>
    law((snapshots) => {
      const of = snapshots.at(-1)!;
      const all = formatEdits(of);
      if (formatSysd(of.text) === undefined) return;
      for (let line = 0; line < of.document.lineCount; line += 4) {
        const range = { start: { line, character: 0 }, end: { line: line + 2, character: 0 } };
        const inside = all.filter(
          ({ range: { start, end } }) => start.line >= line && end.line <= line + 3 && start.line <= line + 2,
        );
        expect(formatEdits(of, range)).toEqual(inside);
      }
    }));
});

/** Numbers after edits, as an editor makes them: positions count in the numbers before. */
function applied(data: readonly number[], { edits }: SemanticTokensDelta): number[] {
  const result = [...data];
  for (const { start, deleteCount, data: added = [] } of edits.toReversed()) result.splice(start, deleteCount, ...added);
  return result;
}

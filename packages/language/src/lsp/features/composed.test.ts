import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IToken } from 'chevrotain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver';
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
  ...[
    '\nservice x { cores: 4 }\n',
    '\nflow F from users at 1/s {\n  users -> x\n}\n',
    'import "./a.sysd"\n',
    '\nregion us { zones: a, b }\n',
  ],
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

const law = (check: (of: Snapshot) => void): void =>
  fc.assert(
    fc.property(start, fc.array(edit, { maxLength: 6 }), (text, edits) => versions(text, edits).forEach(check)),
    { numRuns: 100 },
  );

const told = (tokens: readonly IToken[], base = 0) => tokens.map((t) => `${base + t.startOffset} ${t.tokenType.name} ${t.image}`);

/** Is the text read block by block as it is read in one? In some broken texts a block ends where the whole would go on. */
function readsAsOne(of: Snapshot): boolean {
  const composed = blocksOf(of).flatMap(({ block, offset }) => told(lex(block.text).tokens, offset));
  return composed.join('\n') === told(lex(of.text).tokens).join('\n');
}

/** Blocks that have been taken over from the versions before give what those of the text read afresh give, and what the whole gives in one. */
const asFreshAndWhole = (of: Snapshot, answer: (blocks: readonly PlacedText[]) => unknown): void => {
  const composed = answer(blocksOf(of));
  expect(composed).toEqual(answer(blocksOf(snapshot(URI, 0, of.text))));
  if (readsAsOne(of)) expect(composed).toEqual(answer(asOne(of.text)));
};

describe('composed of blocks, as of the whole text:', () => {
  it('reads sound texts as one', () => {
    for (const text of texts) expect(readsAsOne(snapshot(URI, 0, text))).toBe(true);
  });

  it('positions and offsets', () =>
    law((of) => {
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

  it('outline, folds and links', () =>
    law((of) => {
      asFreshAndWhole(of, documentSymbols);
      asFreshAndWhole(of, foldingRanges);
      asFreshAndWhole(of, (blocks) => documentLinks(blocks, (path) => path));
    }));

  it('colours in part', () =>
    law((of) => {
      const [from, to] = [Math.floor(of.text.length / 3), Math.floor(of.text.length / 2)];
      asFreshAndWhole(of, (blocks) => colouring().between(blocks, others, from, to));
    }));

  it('colours, in full and as what has changed', () => {
    const colours = colouring();
    const history = tokenHistory();
    let shown: SemanticTokens | undefined;
    law((of) => {
      const newest = colours.colours(blocksOf(of), others);
      asFreshAndWhole(of, (blocks) => (blocks === blocksOf(of) ? encoded(newest) : encoded(colouring().colours(blocks, others))));
      const answer: SemanticTokens | SemanticTokensDelta = shown ? history.delta(URI, shown.resultId!, newest) : history.full(URI, newest);
      shown = { resultId: answer.resultId!, data: 'data' in answer ? answer.data : applied(shown!.data, answer) };
      expect(shown.data).toEqual(encoded(newest));
    });
  });

  it('what is around the cursor', () =>
    law((of) => {
      const blocks = blocksOf(of);
      const begins = new Set(blocks.map((b) => b.offset));
      const open = lex(of.text).tokens.some((t) => t.image === '');
      for (let offset = 0; offset <= of.text.length; offset += 17) {
        // Where a body is not closed, the whole leaves open whether it ends before or behind the start of the next block.
        if (!open || !begins.has(offset)) asFreshAndWhole(of, (texts) => around(cursorAt(texts, offset)));
      }
    }));

  it('the format', () =>
    law((of) => {
      asFreshAndWhole(of, (blocks) =>
        formatLines(
          blocks.map((b) => b.block),
          (block) => lex(block.text),
          true,
        ),
      );
    }));

  it('the format of a range: the edits of the whole that lie in it', () =>
    law((of) => {
      const all = formatEdits(of);
      if (formatSysd(of.text) === undefined) return;
      for (let line = 0; line < of.document.lineCount; line += 4) {
        const range = { start: { line, character: 0 }, end: { line: line + 2, character: 0 } };
        const inside = all.filter(({ range: { start, end } }) => start.line >= line && end.line <= line + 3 && start.line <= line + 2);
        expect(formatEdits(of, range)).toEqual(inside);
      }
    }));
});

/** A cursor without what depends on where its tokens count from. */
function around({ tokens: _, base, before, continued, blocks, ...rest }: Cursor) {
  const of = (tokens: readonly IToken[]) => told(tokens, base);
  return { ...rest, before: of(before), continued: continued && of(continued), blocks: blocks.map((b) => of(b.header)) };
}

/** Numbers after edits, as an editor makes them: positions count in the numbers before. */
function applied(data: readonly number[], { edits }: SemanticTokensDelta): number[] {
  const result = [...data];
  for (const { start, deleteCount, data: added = [] } of edits.toReversed()) result.splice(start, deleteCount, ...added);
  return result;
}

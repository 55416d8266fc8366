import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IToken } from 'chevrotain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver';
import { formatLines, formatSysd } from '../../format/format.ts';
import { replaceAll } from '../text/changes.ts';
import { type Cursor, cursorAt } from '../text/cursor.ts';
import { lex } from '../text/lex.ts';
import type { PlacedText } from '../text/partition.ts';
import { blocksOf, rangeOf, type Snapshot, snapshot } from '../text/snapshot.ts';
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
const imported = new Map([['orders', 'variable' as const]]);
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
    const from = Math.floor(e.at * before.text.length);
    all.push(replaceAll(before, i + 1, before.text.slice(0, from) + e.piece + before.text.slice(from + e.remove)).snapshot);
  });
  return all;
}

const told = (tokens: readonly IToken[], base = 0) => tokens.map((t) => `${base + t.startOffset} ${t.tokenType.name} ${t.image}`);

/** Is the text read block by block as it is read in one? In some broken texts a block ends where the whole would go on. */
function readsAsOne(of: Snapshot): boolean {
  const composed = blocksOf(of).flatMap(({ block, offset }) => told(lex(block.text).tokens, offset));
  return composed.join('\n') === told(lex(of.text).tokens).join('\n');
}

/** A version with its blocks: taken over from the version before, read afresh, and all in one where that is read as the blocks are. */
interface Version {
  readonly of: Snapshot;
  readonly blocks: readonly PlacedText[];
  readonly others: readonly (readonly PlacedText[])[];
}

const law = (check: (version: Version) => void, runs = 60): void =>
  fc.assert(
    fc.property(start, fc.array(edit, { maxLength: 6 }), (text, edits) => {
      for (const of of versions(text, edits)) {
        const fresh = blocksOf(snapshot(URI, 0, of.text));
        check({ of, blocks: blocksOf(of), others: readsAsOne(of) ? [fresh, asOne(of.text)] : [fresh] });
      }
    }),
    { numRuns: runs },
  );

/** The answer is the same for the blocks of a version, however they were read. */
const same = ({ blocks, others }: Version, answer: (blocks: readonly PlacedText[]) => unknown): void => {
  const composed = answer(blocks);
  for (const other of others) expect(answer(other)).toEqual(composed);
};

describe('composed of blocks, as of the whole text:', () => {
  it('reads sound texts as one', () => {
    for (const text of texts) expect(readsAsOne(snapshot(URI, 0, text))).toBe(true);
  });

  it('outline, folds and links', () =>
    law((version) => {
      same(version, documentSymbols);
      same(version, foldingRanges);
      same(version, (blocks) => documentLinks(blocks, (path) => path));
    }));

  it('colours in part', () =>
    law((version) => {
      const { length } = version.of.text;
      const range = rangeOf(version.of, Math.floor(length / 3), Math.floor(length / 2));
      same(version, (blocks) => colouring().within(blocks, imported, range));
    }));

  it('colours, in full and as what has changed', () => {
    const colours = colouring();
    const history = tokenHistory();
    let shown: SemanticTokens | undefined;
    law((version) => {
      const newest = colours.colours(version.blocks, imported);
      const numbers = encoded(newest);
      for (const other of version.others) expect(encoded(colouring().colours(other, imported))).toEqual(numbers);
      const answer: SemanticTokens | SemanticTokensDelta = shown ? history.delta(URI, shown.resultId!, newest) : history.full(URI, newest);
      shown = { resultId: answer.resultId!, data: 'data' in answer ? answer.data : applied(shown!.data, answer) };
      expect(shown.data).toEqual(numbers);
    });
  });

  it('what is around the cursor', () =>
    law((version) => {
      // Where a body is not closed, the whole leaves open whether it ends before or behind what follows it.
      const open = lex(version.of.text).tokens.some((t) => t.image === '');
      const compared = open ? { ...version, others: version.others.slice(0, 1) } : version;
      for (let offset = 0; offset <= version.of.text.length; offset += 17) same(compared, (blocks) => around(cursorAt(blocks, offset)));
    }, 20));

  it('the format', () =>
    law((version) =>
      same(version, (blocks) =>
        formatLines(
          blocks.map((b) => b.block),
          (block) => lex(block.text),
          true,
        ),
      ),
    ));

  it('the format of a range: the edits of the whole that lie in it', () =>
    law(({ of, blocks }) => {
      const all = formatEdits(of);
      if (all.length === 0 && blocks.some(({ block }) => formatSysd(block.text) === undefined)) return;
      for (let line = 0; line < of.document.lineCount; line += 6) {
        const range = { start: { line, character: 0 }, end: { line: line + 2, character: 0 } };
        const inside = all.filter(({ range: { start, end } }) => start.line >= line && end.line <= line + 3 && start.line <= line + 2);
        expect(formatEdits(of, range)).toEqual(inside);
      }
    }, 20));
});

/** A cursor without what depends on where its tokens count from. */
function around({ tokens: _tokens, text: _text, base, before, continued, blocks, ...rest }: Cursor) {
  const of = (tokens: readonly IToken[]) => told(tokens, base);
  return { ...rest, before: of(before), continued: continued && of(continued), blocks: blocks.map((b) => of(b.header)) };
}

/** Numbers after edits, as an editor makes them: positions count in the numbers before. */
function applied(data: readonly number[], { edits }: SemanticTokensDelta): number[] {
  const result = [...data];
  for (const { start, deleteCount, data: added = [] } of edits.toReversed()) result.splice(start, deleteCount, ...added);
  return result;
}

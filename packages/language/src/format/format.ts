import { type Lexed, lex } from '../lsp/text/lex.ts';
import type { TextBlock } from '../lsp/text/partition.ts';
import { alignLines, type FormattedLine } from './align.ts';
import { layoutOf, OUTSIDE, sameTokens } from './layout.ts';

/**
 * Formats a text: two spaces a level, one space between words, trailing comments and the columns of neighbouring one-line declarations
 * aligned, at most one empty line, one line end at the end. Line breaks stay where the author put them. Idempotent, and the tokens of
 * the result are those of the text; a text with brackets that do not match, or with characters that the language does not know, comes
 * back as it is (undefined).
 */
export function formatSysd(text: string): string | undefined {
  const lines = formatLines([{ text, lines: 0 }], (block) => lex(block.text), true);
  return lines?.map((line) => `${line}\n`).join('');
}

const EMPTY: FormattedLine = { indent: 0, cells: [], kind: '' };

/** The lines of blocks that follow each other, formatted. `read` gives the tokens of one. At the end of a file no empty line is left. */
export function formatLines(blocks: readonly TextBlock[], read: (block: TextBlock) => Lexed, atEnd: boolean): string[] | undefined {
  const formatted: FormattedLine[] = [];
  /** Blocks whose tokens depend on how they are aligned, with their lines. */
  const open: { readonly block: TextBlock; readonly from: number; readonly to: number }[] = [];
  let nesting = OUTSIDE;
  for (const block of blocks) {
    const layout = layoutOf(block, nesting, read);
    if (!layout) return undefined;
    nesting = layout.end;
    const from = formatted.length;
    for (const line of layout.lines) {
      const above = formatted.at(-1);
      if (line) formatted.push(line);
      else if (above && above !== EMPTY) formatted.push(EMPTY);
    }
    if (layout.openString) open.push({ block, from, to: formatted.length });
  }
  if (nesting.depth !== 0) return undefined;
  if (atEnd && formatted.at(-1) === EMPTY) formatted.pop();
  const lines = alignLines(formatted);
  const kept = open.every(({ block, from, to }) => sameTokens(read(block), lex(lines.slice(from, to).join('\n'))));
  return kept ? lines : undefined;
}

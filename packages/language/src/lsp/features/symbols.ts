import type { DocumentSymbol } from 'vscode-languageserver';
import type { PlacedText } from '../text/partition.ts';
import { factsOf } from './blocks/facts.ts';
import { moved } from './move.ts';

/** The outline: declarations with their bodies nested, read off the tokens so that it stands while the text is broken. */
export function documentSymbols(blocks: readonly PlacedText[]): DocumentSymbol[] {
  const all: DocumentSymbol[] = [];
  for (const { block, line } of blocks) {
    const facts = factsOf(block);
    const { outline } = facts;
    if (outline.symbols.length === 0) continue;
    if (outline.line !== line) facts.outline = { line, symbols: lowered(outline.symbols, line - outline.line) };
    for (const symbol of facts.outline.symbols) all.push(symbol);
  }
  return all;
}

const lowered = (symbols: readonly DocumentSymbol[], lines: number): DocumentSymbol[] =>
  symbols.map((symbol) => ({
    ...symbol,
    range: moved(symbol.range, lines),
    selectionRange: moved(symbol.selectionRange, lines),
    children: lowered(symbol.children ?? [], lines),
  }));

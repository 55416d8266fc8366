import type { DocumentSymbol } from 'vscode-languageserver';
import { EMPTY_SCOPE, type Scope, scopeOfTokens } from '../../completion/scope.ts';
import { blockTokens } from '../../text/block-tokens.ts';
import { positionsIn, type TextBlock } from '../../text/partition.ts';
import { type Folds, foldsOf, NO_FOLDS } from './folds.ts';
import { type ImportPath, importsOf } from './imports.ts';
import { outlineOf } from './outline.ts';

/** What requests over the whole file need of a block. All is read off its tokens at once, as these are not kept. */
export interface BlockFacts {
  /** The outline of the block where it stood last, by its first line: moved when it is asked for at another. */
  outline: { readonly line: number; readonly symbols: readonly DocumentSymbol[] };
  readonly folds: Folds;
  readonly imports: readonly ImportPath[];
  /** Names that it declares. */
  readonly declared: Scope;
}

/** Most blocks are connections, of which there is nothing to tell: they share this. */
const NOTHING: BlockFacts = { outline: { line: 0, symbols: [] }, folds: NO_FOLDS, imports: [], declared: EMPTY_SCOPE };

const known = new WeakMap<TextBlock, BlockFacts>();

export function factsOf(block: TextBlock): BlockFacts {
  let facts = known.get(block);
  if (!facts) {
    facts = compute(block);
    known.set(block, facts);
  }
  return facts;
}

function compute(block: TextBlock): BlockFacts {
  const { tokens, comments } = blockTokens(block);
  const position = positionsIn(block.text);
  const symbols = outlineOf(tokens, position);
  const folds = foldsOf(block.text, tokens, comments, position);
  const imports = importsOf(tokens, position);
  const declared = scopeOfTokens(tokens);
  if (symbols.length === 0 && folds === NO_FOLDS && imports.length === 0 && declared === EMPTY_SCOPE) return NOTHING;
  return { outline: { line: 0, symbols }, folds, imports, declared };
}

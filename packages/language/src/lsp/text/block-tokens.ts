import { type Lexed, lex } from './lex.ts';
import { blockAt, type PlacedText, type TextBlock } from './partition.ts';

/** Tokens are large, so those of few blocks are kept: those around the cursor, which several requests read after each keystroke. */
const MOST = 32;
const kept = new Map<TextBlock, Lexed>();

/** Tokens and comments of a block, with offsets relative to it. */
export function blockTokens(block: TextBlock): Lexed {
  const lexed = kept.get(block) ?? lex(block.text);
  // The order of a Map is that of insertion: what was used last stands last.
  kept.delete(block);
  kept.set(block, lexed);
  const [oldest] = kept.keys();
  if (oldest && kept.size > MOST) kept.delete(oldest);
  return lexed;
}

/** The block at an offset with its tokens, and the offset in it. */
export function tokensAt(blocks: readonly PlacedText[], offset: number): Lexed & { readonly placed: PlacedText; readonly within: number } {
  const placed = blockAt(blocks, offset);
  return { ...blockTokens(placed.block), placed, within: offset - placed.offset };
}

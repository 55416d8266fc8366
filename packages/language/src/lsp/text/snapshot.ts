import { type Range, TextDocument } from 'vscode-languageserver-textdocument';
import { blockTokens } from './block-tokens.ts';
import { cut } from './cut-stub.ts';
import type { Lexed } from './lex.ts';
import { blockAt, type PlacedText, positionAt } from './partition.ts';

/**
 * A document at one version. Never changes: what is computed from it is kept with it (`remember`), so that a request right after a
 * keystroke, diagnostics and hover share one reading of the newest text.
 */
export interface Snapshot {
  readonly uri: string;
  /** Version that the editor gave; null for a file that is not open. */
  readonly version: number | null;
  readonly text: string;
  readonly document: TextDocument;
}

/** Blocks of the version before each snapshot that has not been cut into blocks itself yet. */
const earlier = new WeakMap<Snapshot, readonly PlacedText[]>();

/** @param before an older version of the same document, whose blocks are taken over where their text is unchanged */
export function snapshot(uri: string, version: number | null, text: string, before?: Snapshot): Snapshot {
  const made = { uri, version, text, document: TextDocument.create(uri, 'sysd', version ?? 0, text) };
  const known = before && (remembered(before, cutOf) ?? earlier.get(before));
  if (known) earlier.set(made, known);
  return made;
}

const memory = new WeakMap<Snapshot, Map<unknown, unknown>>();

/** The result of `compute` for this snapshot, computed once. */
export function remember<T>(of: Snapshot, compute: (of: Snapshot) => T): T {
  let known = memory.get(of);
  if (!known) {
    known = new Map();
    memory.set(of, known);
  }
  if (!known.has(compute)) known.set(compute, compute(of));
  return known.get(compute) as T;
}

const remembered = <T>(of: Snapshot, compute: (of: Snapshot) => T): T | undefined => memory.get(of)?.get(compute) as T | undefined;

/** The blocks that make up the text. */
export function blocksOf(of: Snapshot): readonly PlacedText[] {
  return remember(of, cutOf);
}

function cutOf(of: Snapshot): readonly PlacedText[] {
  const before = earlier.get(of);
  earlier.delete(of);
  return cut(of.text, before);
}

/** The block at an offset with its tokens, and the offset in it. */
export function tokensAt(of: Snapshot, offset: number): Lexed & { readonly placed: PlacedText; readonly within: number } {
  const placed = blockAt(blocksOf(of), offset);
  return { ...blockTokens(placed.block), placed, within: offset - placed.offset };
}

/** Range of two offsets (UTF-16 code units), which may lie outside the text. */
export function rangeOf(of: Snapshot, start: number, end: number): Range {
  const blocks = blocksOf(of);
  return { start: positionAt(blocks, start), end: positionAt(blocks, end) };
}

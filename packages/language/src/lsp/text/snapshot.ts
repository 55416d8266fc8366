import { type Range, TextDocument } from 'vscode-languageserver-textdocument';
import { type ParsedText, type PlacedBlock, parseText } from '../../parse.ts';
import { positionAt } from './partition.ts';

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

/** For a snapshot that has not been parsed yet, the newest version of its document that has been. */
const earlier = new WeakMap<Snapshot, ParsedText>();

/**
 * @param before the version before of the same document: what has not changed since keeps its trees. Each version is parsed at most once, and
 * the versions in their order: one that has been replaced before it was parsed knows nothing of older ones.
 */
export function snapshot(uri: string, version: number | null, text: string, before?: Snapshot): Snapshot {
  const made = { uri, version, text, document: TextDocument.create(uri, 'sysd', version ?? 0, text) };
  const known = before && ((memory.get(before)?.get(parse) as ParsedText | undefined) ?? earlier.get(before));
  if (known) earlier.set(made, known);
  if (before) earlier.delete(before);
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

/** The text as it is parsed: once for all who ask. */
export function parsedOf(of: Snapshot): ParsedText {
  return remember(of, parse);
}

function parse(of: Snapshot): ParsedText {
  const before = earlier.get(of);
  earlier.delete(of);
  return parseText(of.text, before, undefined, of.uri);
}

/** The blocks that make up the text. */
export function blocksOf(of: Snapshot): readonly PlacedBlock[] {
  return parsedOf(of).blocks;
}

/** Range of two offsets (UTF-16 code units), which may lie outside the text. */
export function rangeOf(of: Snapshot, start: number, end: number): Range {
  const blocks = blocksOf(of);
  return { start: positionAt(blocks, start), end: positionAt(blocks, end) };
}

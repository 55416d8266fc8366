import { type Range, TextDocument } from 'vscode-languageserver-textdocument';
import { type Lexed, lex } from './lex.ts';

/**
 * A document at one version. Never changes: what is computed from it is kept with it (`remember`), so that a request right after a
 * keystroke, diagnostics and hover share one lexing of the newest text.
 */
export interface Snapshot {
  readonly uri: string;
  /** Version that the editor gave; null for a file that is not open. */
  readonly version: number | null;
  readonly text: string;
  readonly document: TextDocument;
}

export function snapshot(uri: string, version: number | null, text: string): Snapshot {
  return { uri, version, text, document: TextDocument.create(uri, 'sysd', version ?? 0, text) };
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

/** Tokens as the grammar sees them, and comments, each in text order. */
export function tokensOf(of: Snapshot): Lexed {
  return remember(of, lexed);
}

const lexed = (of: Snapshot) => lex(of.text);

/** Range of two offsets (UTF-16 code units), which may lie outside the text. */
export function rangeOf(of: Snapshot, start: number, end: number): Range {
  return { start: of.document.positionAt(start), end: of.document.positionAt(end) };
}

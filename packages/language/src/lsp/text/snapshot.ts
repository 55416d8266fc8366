import { type Range, TextDocument } from 'vscode-languageserver-textdocument';
import type { PlacedBlock } from '../../parse.ts';
import { type SourceFile, sourceFile } from '../../project/source-file.ts';
import { linesOf } from './lines.ts';

/**
 * A document at one version. Never changes: what is computed from it is kept with it (`remember`), so that a request right after a
 * keystroke, diagnostics and hover share one reading of the newest text.
 */
export interface Snapshot {
  readonly uri: string;
  /** Version that the editor gave; null for a file that is not open. */
  readonly version: number | null;
  /** Put together when it is first asked for: O(text). What works block by block does not need it. */
  readonly text: string;
  /** Its lines. */
  readonly document: TextDocument;
}

/** A snapshot of a text that is known as a whole; it is parsed when that is first needed. */
export function snapshot(uri: string, version: number | null, text: string): Snapshot {
  let lines: TextDocument | undefined;
  return {
    uri,
    version,
    text,
    get document() {
      const known = sources.get(this);
      if (known) return linesOfSnapshot(this, known);
      lines ??= TextDocument.create(uri, 'sysd', version ?? 0, text);
      return lines;
    },
  };
}

/** A snapshot of a text that is parsed already. */
export function parsedSnapshot(version: number | null, source: SourceFile): Snapshot {
  const made: Snapshot = {
    uri: source.uri,
    version,
    get text() {
      return source.text;
    },
    get document() {
      return linesOfSnapshot(this, source);
    },
  };
  sources.set(made, source);
  return made;
}

const sources = new WeakMap<Snapshot, SourceFile>();

/** The text parsed, once. */
export function sourceOf(of: Snapshot): SourceFile {
  let known = sources.get(of);
  if (!known) {
    known = sourceFile(of.uri, of.text);
    sources.set(of, known);
  }
  return known;
}

export const isParsed = (of: Snapshot): boolean => sources.has(of);

const documents = new WeakMap<Snapshot, TextDocument>();

function linesOfSnapshot(of: Snapshot, { parsed }: SourceFile): TextDocument {
  let known = documents.get(of);
  if (!known) {
    known = linesOf(parsed, of.uri, of.version ?? 0);
    documents.set(of, known);
  }
  return known;
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

/** The blocks that make up the text. */
export function blocksOf(of: Snapshot): readonly PlacedBlock[] {
  return sourceOf(of).parsed.blocks;
}

/** Range of two offsets (UTF-16 code units), which may lie outside the text. */
export function rangeOf(of: Snapshot, start: number, end: number): Range {
  return { start: of.document.positionAt(start), end: of.document.positionAt(end) };
}

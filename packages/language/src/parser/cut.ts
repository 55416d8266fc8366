import type { IToken } from 'chevrotain';
import { blockStarts } from './blocks.ts';
import { type Chunk, chunkEnd, chunkOf } from './chunks.ts';
import type { Edit } from './edit.ts';

/** How a text is cut. */
export interface Cut {
  readonly chunks: readonly Chunk[];
  /** Index of the chunk with which each block begins. */
  readonly starts: readonly number[];
}

/** A cut that was made from an older one. */
export interface Recut extends Cut {
  /** Chunks at the beginning and at the end that are those of the older one. */
  readonly head: number;
  readonly tail: number;
  /** Chunks that have been lexed, by index. */
  readonly lexed: ReadonlyMap<number, Lexed>;
}

export interface Lexed {
  readonly text: string;
  readonly tokens: readonly IToken[];
}

export const NO_CUT: Cut = { chunks: [], starts: [] };

/**
 * Cuts a text that differs from an older one by an edit. Whether a chunk begins at a line depends on nothing before the chunk above it: so
 * cutting begins one chunk above the edit, and ends where a chunk behind the edit begins that began there before.
 */
export function recut(older: Cut, olderText: string, text: string, edit: Edit, lex: (from: number, to: number) => Lexed): Recut {
  const { chunks } = older;
  let touched = 0;
  let begin = 0;
  let above = 0;
  while (touched + 1 < chunks.length && begin + chunks[touched]!.length <= edit.start) {
    above = begin;
    begin += chunks[touched++]!.length;
  }
  const head = Math.max(0, touched - 1);
  const known = knownChunks(chunks, olderText, head, above, edit.oldEnd);
  const shift = edit.newEnd - edit.oldEnd;
  const fresh: Chunk[] = [];
  const lexed = new Map<number, Lexed>();
  let at = above;
  let old = head;
  let oldAt = above;
  while (at < text.length) {
    if (at >= edit.newEnd) {
      while (old < chunks.length && oldAt < at - shift) oldAt += chunks[old++]!.length;
      if (old < chunks.length && oldAt === at - shift) break;
    }
    const end = chunkEnd(text, at);
    let chunk = known?.get(text.slice(at, end));
    if (!chunk) {
      const read = lex(at, end);
      lexed.set(head + fresh.length, read);
      chunk = chunkOf(end - at, read.tokens);
    }
    fresh.push(chunk);
    at = end;
  }
  if (at >= text.length) old = chunks.length;
  const all = [...chunks.slice(0, head), ...fresh, ...chunks.slice(old)];
  return { chunks: all, starts: blockStarts(all), head, tail: chunks.length - old, lexed };
}

/** Where an edit spans many chunks (a rename, a formatted file), most of them are in it unchanged: they need not be lexed. */
function knownChunks(chunks: readonly Chunk[], text: string, first: number, offset: number, end: number): Map<string, Chunk> | undefined {
  const known = new Map<string, Chunk>();
  for (let i = first, at = offset; i < chunks.length && at < end; i++) {
    const chunk = chunks[i]!;
    known.set(text.slice(at, at + chunk.length), chunk);
    at += chunk.length;
  }
  return known.size > 2 ? known : undefined;
}

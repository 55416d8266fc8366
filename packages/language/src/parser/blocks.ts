import type { Chunk } from './chunks.ts';

/**
 * Joins chunks to blocks: a chunk belongs to the block before it where a brace, a parenthesis or a list is open between them. A brace that is
 * never closed does not swallow what follows: from the chunk that leaves it open on, braces join nothing.
 */
export interface Joiner {
  /** Whether the block goes on behind this chunk, which is the next one. */
  joins(chunk: Chunk): boolean;
  /** The next chunk is a plain one, and no block is open. */
  pass(): void;
}

/** It leaves nothing open and closes nothing, as nearly every chunk. */
export function isPlain(chunk: Chunk): boolean {
  return chunk.opens === 0 && chunk.closes === 0 && chunk.parenthesesOpen === 0 && !chunk.comma;
}

/** @param unclosed what `unclosedFinder` gives for the same chunks */
export function joiner(unclosed: number): Joiner {
  let index = 0;
  let depth = 0;
  let parentheses = 0;
  return {
    joins(chunk) {
      depth = index++ < unclosed ? Math.max(0, depth - chunk.closes) + chunk.opens : 0;
      parentheses = (chunk.resets ? 0 : Math.max(0, parentheses - chunk.parenthesesClosed)) + chunk.parenthesesOpen;
      if (depth > 0 || parentheses > 0 || chunk.comma) return true;
      parentheses = 0;
      return false;
    },
    pass() {
      index++;
    },
  };
}

/** Finds the chunk with the outermost brace that is open at the end of the file. */
export function unclosedFinder() {
  let index = 0;
  let depth = 0;
  let left = 0;
  return {
    add({ closes, opens }: Chunk): void {
      const within = Math.max(0, depth - closes);
      if (within === 0 && opens > 0) left = index;
      depth = within + opens;
      index++;
    },
    /** The next chunk is a plain one. */
    pass(): void {
      index++;
    },
    /** Its index; infinite where there is none. */
    result: (): number => (depth > 0 ? left : Number.POSITIVE_INFINITY),
  };
}

import type { Chunk } from './chunks.ts';

/**
 * Where blocks begin, as indices of chunks: a chunk belongs to the block before it where a brace, a parenthesis or a list is open between
 * them. If a brace is never closed, it does not swallow what follows: from the chunk that leaves it open on, braces join nothing.
 * One pass, O(chunks).
 */
export function blockStarts(chunks: readonly Chunk[]): number[] {
  const starts: number[] = [];
  const unclosed = firstUnclosed(chunks);
  let depth = 0;
  let parentheses = 0;
  let joins = false;
  for (let i = 0; i < chunks.length; i++) {
    const chunk = chunks[i]!;
    if (!joins) {
      starts.push(i);
      parentheses = 0;
    }
    depth = i < unclosed ? Math.max(0, depth - chunk.closes) + chunk.opens : 0;
    parentheses = (chunk.resets ? 0 : Math.max(0, parentheses - chunk.parenthesesClosed)) + chunk.parenthesesOpen;
    joins = depth > 0 || parentheses > 0 || chunk.comma;
  }
  return starts;
}

/** Index of the chunk with the outermost brace that is open at the end of the file. */
function firstUnclosed(chunks: readonly Chunk[]): number {
  let depth = 0;
  let left = 0;
  for (let i = 0; i < chunks.length; i++) {
    const { closes, opens } = chunks[i]!;
    const within = Math.max(0, depth - closes);
    if (within === 0 && opens > 0) left = i;
    depth = within + opens;
  }
  return depth > 0 ? left : Number.POSITIVE_INFINITY;
}

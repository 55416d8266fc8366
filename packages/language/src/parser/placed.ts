import { firstWhere } from '@sysd/core';

/** A stretch of whole lines of a file, where it stands. The stretches of a file are all of its text, in order. */
export interface Placed<B> {
  readonly block: B;
  /** Offset of its first character in the file. */
  readonly offset: number;
  /** Line breaks in the file before it. */
  readonly line: number;
}

/** Index of the last block that begins at or before an offset or a line; 0 where there is none. O(log blocks). */
export function lastAt(blocks: readonly Placed<unknown>[], at: number, by: 'offset' | 'line' = 'offset'): number {
  return Math.max(0, firstWhere(blocks.length, (i) => blocks[i]![by] > at) - 1);
}

/** How many blocks two versions share at their beginning and at their end. */
export function sharedBlocks(
  older: readonly Placed<unknown>[],
  newer: readonly Placed<unknown>[],
): { readonly head: number; readonly tail: number } {
  const most = Math.min(older.length, newer.length);
  let head = 0;
  while (head < most && (older[head] === newer[head] || older[head]!.block === newer[head]!.block)) head++;
  let tail = 0;
  while (tail < most - head && older[older.length - 1 - tail]!.block === newer[newer.length - 1 - tail]!.block) tail++;
  return { head, tail };
}

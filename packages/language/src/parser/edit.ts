/** A stretch of an older text, `start` to `oldEnd`, stands from `start` to `newEnd` in the newer one; the rest is the same. */
export interface Edit {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Lengths of what two texts share at their beginning and at their end. O(of these lengths). */
export function sharedEnds(older: string, newer: string): { readonly head: number; readonly tail: number } {
  const most = Math.min(older.length, newer.length);
  let head = 0;
  while (head < most && older.charCodeAt(head) === newer.charCodeAt(head)) head++;
  let tail = 0;
  while (tail < most - head && older.charCodeAt(older.length - 1 - tail) === newer.charCodeAt(newer.length - 1 - tail)) tail++;
  return { head, tail };
}

export function editBetween(older: string, newer: string): Edit {
  const { head, tail } = sharedEnds(older, newer);
  return { start: head, oldEnd: older.length - tail, newEnd: newer.length - tail };
}

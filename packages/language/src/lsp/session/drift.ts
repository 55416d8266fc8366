/**
 * Where a stretch of an older text stands in a newer one. Both share a beginning and an end; what lies between has been edited. A stretch
 * that the edit touches has no place any more.
 */
export type Drift = (start: number, end: number) => { readonly start: number; readonly end: number } | undefined;

/** Lengths of what two texts share at their beginning and at their end. O(of these lengths). */
export function sharedEnds(older: string, newer: string): { readonly head: number; readonly tail: number } {
  const most = Math.min(older.length, newer.length);
  let head = 0;
  while (head < most && older.charCodeAt(head) === newer.charCodeAt(head)) head++;
  let tail = 0;
  while (tail < most - head && older.charCodeAt(older.length - 1 - tail) === newer.charCodeAt(newer.length - 1 - tail)) tail++;
  return { head, tail };
}

export function driftBetween(older: string, newer: string): Drift {
  if (older === newer) return (start, end) => ({ start, end });
  const { head, tail } = sharedEnds(older, newer);
  const shift = newer.length - older.length;
  return (start, end) => {
    if (end <= head) return { start, end };
    if (start >= older.length - tail) return { start: start + shift, end: end + shift };
    return undefined;
  };
}

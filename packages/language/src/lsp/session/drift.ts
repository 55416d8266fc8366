import { sharedEnds } from '../../parser/edit.ts';

/**
 * Where a stretch of an older text stands in a newer one. Both share a beginning and an end; what lies between has been edited. A stretch
 * that the edit touches has no place any more.
 */
export type Drift = (start: number, end: number) => { readonly start: number; readonly end: number } | undefined;

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

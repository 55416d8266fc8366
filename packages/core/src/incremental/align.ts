/** Keys further than this from their place before are told as gone and come again. */
const FAR = 16;

/** Where keys stand that are in one of two lists only, or in another order: indices of the newer list, and the older one's by key. */
export interface Differences {
  readonly came: readonly number[];
  readonly left: Map<string, number>;
}

/**
 * Goes through two lists of keys side by side: `same` is told of pairs that stand in the same order in both, all others came and left; a key
 * that has moved did both. Compares identities only, O(keys). Not always the fewest changes, but what is told as the same is.
 */
export function align(older: readonly string[], newer: readonly string[], same: (i: number, j: number) => void): Differences {
  const came: number[] = [];
  const left = new Map<string, number>();
  const leave = (j: number): void => void left.set(older[j] as string, j);
  let [end, oldEnd] = [newer.length, older.length];
  while (end > 0 && oldEnd > 0 && newer[end - 1] === older[oldEnd - 1]) {
    end--;
    oldEnd--;
  }
  let [i, j] = [0, 0];
  while (i < end && j < oldEnd) {
    if (newer[i] === older[j]) same(i++, j++);
    else {
      const step = nearest(older, newer, i, j, end, oldEnd);
      for (let k = 0; k < step.came; k++) came.push(i++);
      for (let k = 0; k < step.left; k++) leave(j++);
    }
  }
  while (i < end) came.push(i++);
  while (j < oldEnd) leave(j++);
  while (i < newer.length) same(i++, j++);
  return { came, left };
}

/** How many keys have come and left until both lists go on with the same one; one each where that is not soon. */
function nearest(older: readonly string[], newer: readonly string[], i: number, j: number, end: number, oldEnd: number) {
  for (let k = 1; k <= FAR; k++) {
    if (i + k < end && newer[i + k] === older[j]) return { came: k, left: 0 };
    if (j + k < oldEnd && newer[i] === older[j + k]) return { came: 0, left: k };
  }
  return { came: 1, left: 1 };
}

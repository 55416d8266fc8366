/**
 * Index of the first of `length` items for which the predicate is true, by binary search; `length` where there is none. Once true it must stay
 * true. O(log length).
 */
export function firstWhere(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

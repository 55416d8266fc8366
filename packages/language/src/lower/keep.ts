/**
 * What was there before, where it says the same as what has been made anew: results that hold it stay as they are. Spans say the same where
 * they lie in the same block.
 */
export function keep<T>(before: T, now: T): T {
  return same(before, now) ? before : now;
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((x, i) => same(x, b[i]));
  if (a instanceof Map) {
    if (!(b instanceof Map) || a.size !== b.size) return false;
    const others = b.entries();
    for (const [key, value] of a) {
      const other = others.next().value as [unknown, unknown];
      if (other[0] !== key || !same(value, other[1])) return false;
    }
    return true;
  }
  if (b instanceof Map || Array.isArray(b) || Object.getPrototypeOf(a) !== Object.prototype) return false;
  const keys = Object.keys(a) as (keyof typeof a)[];
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && (isPlace(key) ? a[key] === b[key] : same(a[key], b[key])))
  );
}

/** Blocks move; that they are others matters, not where they are. */
const isPlace = (key: string): boolean => key === 'block';

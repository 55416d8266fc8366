/**
 * Where two results differ, as a path; undefined where they are the same, down to the order of maps. Blocks of text must be the same
 * objects. Pairs that were compared before are not compared again: figures share their inputs.
 */
export function difference(a: unknown, b: unknown, path = '', seen = new Map<object, Set<object>>()): string | undefined {
  if (Object.is(a, b)) return undefined;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return `${path}: ${String(a)} and ${String(b)}`;
  const others = seen.get(a) ?? new Set();
  seen.set(a, others);
  if (others.has(b)) return undefined;
  others.add(b);
  if (isMap(a) && isMap(b)) return difference([...a], [...b], path, seen);
  if (Array.isArray(a) !== Array.isArray(b)) return `${path}: a list and none`;
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = new Set([...Object.keys(x), ...Object.keys(y)]);
  for (const key of keys) {
    if (Object.hasOwn(x, key) !== Object.hasOwn(y, key)) return `${path}.${key}: only in one`;
    if (key === 'block' && x[key] !== y[key]) return `${path}.block: not the same object`;
    const found = difference(x[key], y[key], `${path}.${key}`, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isMap = (value: object): value is ReadonlyMap<string, unknown> => 'entries' in value && 'size' in value;

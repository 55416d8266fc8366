/** Whether two lists have the same items, by identity. */
export function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Whether two sets have the same members, whatever their order. */
export function sameMembers<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const member of a) if (!b.has(member)) return false;
  return true;
}

/** Deeper than any result needs; what is deeper counts as different, which is always safe. */
const DEEPEST = 40;

/** Whether two pieces of plain data say the same. Blocks of source text are compared by identity: they move each by itself. */
export function sameData(a: unknown, b: unknown, depth = 0): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || depth > DEEPEST) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!sameData(a[i], b[i], depth + 1)) return false;
    return true;
  }
  if (a instanceof Map) return b instanceof Map && a.size === b.size && sameData([...a], [...b], depth + 1);
  if (Object.getPrototypeOf(a) !== Object.prototype || Object.getPrototypeOf(b) !== Object.prototype) return false;
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(x);
  if (keys.length !== Object.keys(y).length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(y, key)) return false;
    if (key === 'block' ? x[key] !== y[key] : !sameData(x[key], y[key], depth + 1)) return false;
  }
  return true;
}

/** Whether two objects have the same fields, by identity. */
export function sameFields<T extends object>(a: T, b: T): boolean {
  const keys = Object.keys(a) as (keyof T)[];
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/** `before` where the other list has the same items. */
export function keepItems<T>(before: readonly T[], now: readonly T[]): readonly T[] {
  return sameItems(before, now) ? before : now;
}

/** `before` where the other set has the same members. */
export function keepMembers<T>(before: ReadonlySet<T>, now: ReadonlySet<T>): ReadonlySet<T> {
  return sameMembers(before, now) ? before : now;
}

/** `before` where the other says the same. */
export function keepData<T>(before: T, now: T): T {
  return sameData(before, now) ? before : now;
}

/** The list with those items of `before` that are the same at the same place; `before` itself where all are. */
export function keepEach<T>(before: readonly T[], now: readonly T[], same: (a: T, b: T) => boolean = sameData): readonly T[] {
  return keepItems(
    before,
    now.map((item, i) => (i < before.length && same(before[i] as T, item) ? (before[i] as T) : item)),
  );
}

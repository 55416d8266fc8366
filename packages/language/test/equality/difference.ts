import { absolute, type Span, TextMap } from '@sysd/core';

/** Where two results differ first, in reading order. */
export interface Difference {
  readonly path: string;
  readonly left: string;
  readonly right: string;
}

/**
 * Compares two results as plain data: spans by where they stand in their file now, Maps and Sets with their order, everything else by value.
 * Results share parts (a figure is an input of many), so that each pair of objects is looked at once. There are no cycles.
 */
export function firstDifference(left: unknown, right: unknown): Difference | undefined {
  return differ(left, right, new Map());
}

/** What each object has been compared with last. */
type Seen = Map<object, object>;

function differ(left: unknown, right: unknown, seen: Seen): Difference | undefined {
  if (Object.is(left, right)) return undefined;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return unequal(left, right);
  if (seen.get(left) === right) return undefined;
  seen.set(left, right);
  if (Array.isArray(left)) return Array.isArray(right) ? differInOrder(left, right, seen) : unequal(left, right);
  if (isMap(left)) return isMap(right) ? differInOrder([...left], [...right], seen) : unequal(left, right);
  if (left instanceof Set) return right instanceof Set ? differInOrder([...left], [...right], seen) : unequal(left, right);
  if (isSpan(left) && isSpan(right)) return differInKeys(absolute(left), absolute(right), seen);
  if (Array.isArray(right) || isMap(right) || right instanceof Set) return unequal(left, right);
  return differInKeys(left as Keyed, right as Keyed, seen);
}

const isMap = (value: unknown): value is ReadonlyMap<string, unknown> => value instanceof Map || value instanceof TextMap;

type Keyed = Readonly<Record<string, unknown>>;

function differInKeys(left: Keyed, right: Keyed, seen: Seen): Difference | undefined {
  for (const key of Object.keys(left)) {
    const found = differ(left[key], right[key], seen);
    if (found) return { ...found, path: `.${key}${found.path}` };
  }
  // `{ a: undefined }` says the same as `{}`.
  const more = Object.keys(right).find((key) => right[key] !== undefined && !Object.hasOwn(left, key));
  return more === undefined ? undefined : { ...unequal(undefined, right[more]), path: `.${more}` };
}

function differInOrder(left: readonly unknown[], right: readonly unknown[], seen: Seen): Difference | undefined {
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const found = differ(left[i], right[i], seen);
    if (found) return { ...found, path: `[${nameOf(left[i], i)}]${found.path}` };
  }
  if (left.length === right.length) return undefined;
  const i = Math.min(left.length, right.length);
  return { ...unequal(left[i], right[i]), path: `[${i}] (${left.length} and ${right.length} of them)` };
}

/** An index, with the id or rule of what stands there. */
function nameOf(value: unknown, index: number): string {
  if (Array.isArray(value) && typeof value[0] === 'string' && value.length === 2) return value[0];
  if (typeof value !== 'object' || value === null) return String(index);
  const { id, rule, type } = value as Keyed;
  const name = [id, rule, type].find((n) => typeof n === 'string');
  return name === undefined ? String(index) : `${index} ${name}`;
}

const unequal = (left: unknown, right: unknown): Difference => ({ path: '', left: shown(left), right: shown(right) });

export function isSpan(value: unknown): value is Span {
  if (typeof value !== 'object' || value === null) return false;
  const { block, start, end } = value as Partial<Span>;
  return typeof block === 'object' && block !== null && 'uri' in block && typeof start === 'number' && typeof end === 'number';
}

const LONGEST = 600;

function shown(value: unknown): string {
  const text =
    JSON.stringify(value, (_, v: unknown) => (isSpan(v) ? absolute(v) : isMap(v) || v instanceof Set ? [...v] : v)) ?? 'undefined';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

import { align } from './align.ts';

/** A patch larger than this is worked into a map of its own: rarely, so that what a version costs stays small. */
const LARGEST_PATCH = 100;

const GONE = Symbol('gone');

/**
 * An immutable map in the order of its keys, made for many versions that each differ little from the one before: they share a map, and each has
 * the list of its keys and values and a small patch. A version costs two lists (copied, not hashed) and what has changed.
 */
export class TextMap<V> implements ReadonlyMap<string, V> {
  /** Keys and values in order, index by index. */
  readonly ids: readonly string[];
  readonly list: readonly V[];
  readonly #shared: ReadonlyMap<string, V>;
  readonly #patch: ReadonlyMap<string, V | typeof GONE>;

  private constructor(
    ids: readonly string[],
    list: readonly V[],
    shared: ReadonlyMap<string, V>,
    patch: ReadonlyMap<string, V | typeof GONE>,
  ) {
    this.ids = ids;
    this.list = list;
    this.#shared = shared;
    this.#patch = patch;
  }

  /** @param ids all different; one value for each */
  static of<V>(ids: readonly string[], list: readonly V[]): TextMap<V> {
    const shared = new Map<string, V>();
    for (let i = 0; i < ids.length; i++) shared.set(ids[i] as string, list[i] as V);
    return new TextMap(ids, list, shared, new Map());
  }

  /** The next version; this one where nothing differs. O(keys) comparisons of identity, and what has changed. */
  next(ids: readonly string[], list: readonly V[]): TextMap<V> {
    const { gone, set, moved } = differencesOf(this.ids, this.list, ids, list);
    if (gone.length === 0 && set.length === 0) return moved ? new TextMap(ids, list, this.#shared, this.#patch) : this;
    if (this.#patch.size + gone.length + set.length > LARGEST_PATCH) return TextMap.of(ids, list);
    const patch = new Map(this.#patch);
    for (const key of gone) patch.set(key, GONE);
    for (const i of set) patch.set(ids[i] as string, list[i] as V);
    return new TextMap(ids, list, this.#shared, patch);
  }

  get size(): number {
    return this.ids.length;
  }

  get(key: string): V | undefined {
    const patched = this.#patch.size > 0 ? this.#patch.get(key) : undefined;
    if (patched === undefined) return this.#shared.get(key);
    return patched === GONE ? undefined : (patched as V);
  }

  has(key: string): boolean {
    const patched = this.#patch.get(key);
    return patched === undefined ? this.#shared.has(key) : patched !== GONE;
  }

  forEach(visit: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (let i = 0; i < this.ids.length; i++) visit(this.list[i] as V, this.ids[i] as string, this);
  }

  keys(): MapIterator<string> {
    return this.ids.values() as MapIterator<string>;
  }

  values(): MapIterator<V> {
    return this.list.values() as MapIterator<V>;
  }

  *entries(): MapIterator<[string, V]> {
    for (let i = 0; i < this.ids.length; i++) yield [this.ids[i] as string, this.list[i] as V];
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  get [Symbol.toStringTag](): string {
    return 'TextMap';
  }
}

/** What leads from keys and values to others: keys that are gone, indices of new or other values, and whether kept keys have another order. */
function differencesOf<V>(
  oldIds: readonly string[],
  oldList: readonly V[],
  ids: readonly string[],
  list: readonly V[],
): { readonly gone: readonly string[]; readonly set: readonly number[]; readonly moved: boolean } {
  const set: number[] = [];
  const { came, left } = align(oldIds, ids, (i, j) => {
    if (list[i] !== oldList[j]) set.push(i);
  });
  let moved = false;
  for (const i of came) {
    const key = ids[i] as string;
    const at = left.get(key);
    if (at === undefined || oldList[at] !== list[i]) set.push(i);
    if (left.delete(key)) moved = true;
  }
  return { gone: [...left.keys()], set, moved };
}

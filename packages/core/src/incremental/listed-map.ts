const places = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** Where each id stands in the list; made once for a list, and only where it is asked for. */
export function placesOf(ids: readonly string[]): ReadonlyMap<string, number> {
  let found = places.get(ids);
  if (!found) {
    const made = new Map<string, number>();
    for (let i = 0; i < ids.length; i++) made.set(ids[i] as string, i);
    places.set(ids, made);
    found = made;
  }
  return found;
}

const lists = new WeakMap<ReadonlyMap<string, unknown>, readonly string[]>();

/** The keys of a map that does not change, in order; the same list whoever asks. */
export function idsOf(map: ReadonlyMap<string, unknown>): readonly string[] {
  if (map instanceof ListedMap) return map.ids;
  let found = lists.get(map);
  if (!found) {
    found = Array.from(map.keys());
    lists.set(map, found);
  }
  return found;
}

/** An immutable map over a list of ids and one of values: versions with the same ids share the list and how to find an id in it. */
export class ListedMap<V> implements ReadonlyMap<string, V> {
  readonly ids: readonly string[];
  readonly list: readonly V[];

  constructor(ids: readonly string[], list: readonly V[]) {
    this.ids = ids;
    this.list = list;
  }

  get size(): number {
    return this.ids.length;
  }

  get(key: string): V | undefined {
    const at = placesOf(this.ids).get(key);
    return at === undefined ? undefined : this.list[at];
  }

  has(key: string): boolean {
    return placesOf(this.ids).has(key);
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

  forEach(visit: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (let i = 0; i < this.ids.length; i++) visit(this.list[i] as V, this.ids[i] as string, this);
  }
}

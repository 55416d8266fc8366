import type { DerivedMap } from './derived-map.ts';
import { InputMap } from './input-map.ts';
import type { Recorder } from './recorder.ts';
import { keepEach, sameData, sameItems } from './same.ts';

/** What one subject has to say, by key. */
export type Pieces<T> = ReadonlyMap<string, readonly T[]>;

/** The pieces with those items of `before` that are the same; `before` itself where all are. Their order by key is of no account. */
export function keepPieces<T>(before: Pieces<T>, now: Pieces<T>, same: (a: T, b: T) => boolean = sameData): Pieces<T> {
  const kept = new Map<string, readonly T[]>();
  let all = before.size === now.size;
  for (const [key, items] of now) {
    const old = before.get(key);
    const list = old ? keepEach(old, items, same) : items;
    all &&= list === old;
    kept.set(key, list);
  }
  return all ? before : kept;
}

/** Adds an item to the list of a key. */
export function addTo<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** Lists by key that are put together from the pieces of several subjects, in their order: what all flows bring to each component. */
export class GatheredMap<T> extends InputMap<readonly T[]> {
  readonly #from: DerivedMap<Pieces<T>>;
  #at = -1;

  constructor(recorder: Recorder, from: DerivedMap<Pieces<T>>) {
    super(recorder);
    this.#from = from;
  }

  /** Puts the lists together again where a piece has changed. A list with the same items stays the same array. */
  gather(): void {
    if (this.#from.latest.since <= this.#at) return;
    this.#at = this.recorder.round;
    const lists = new Map<string, readonly T[]>();
    // Arrays of our own, which may be added to; one that belongs to a piece may not.
    const own = new Set<readonly T[]>();
    this.#from.each((piece) => {
      for (const [key, items] of piece) {
        const known = lists.get(key);
        if (!known) lists.set(key, items);
        else if (own.has(known)) for (const item of items) (known as T[]).push(item);
        else {
          const joined = [...known, ...items];
          own.add(joined);
          lists.set(key, joined);
        }
      }
    });
    for (const [key, items] of lists) {
      const before = this.plain.get(key);
      if (before && sameItems(before, items)) lists.set(key, before);
    }
    this.update(lists);
  }
}

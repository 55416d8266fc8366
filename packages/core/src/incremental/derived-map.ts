import { align } from './align.ts';
import { RecordedMap } from './recorded-map.ts';
import type { Cell, Reader, Recorder } from './recorder.ts';
import { TextMap } from './text-map.ts';

interface Memo<V> extends Reader {
  readonly key: string;
  value: V | undefined;
  reads: readonly Cell[];
  isNew: boolean;
}

/** What to keep of a result that was computed again: `before` where it says the same, so that what depends on it stays valid. */
export type Keep<V> = (before: V, now: V) => V;

const asComputed = <V>(_before: V, now: V): V => now;

/** Values that have changed beyond which the list of all is made anew rather than mended. */
const MANY = 50;

/** Results by subject, each kept as long as nothing that it was computed from has changed. */
export class DerivedMap<V> extends RecordedMap<V> {
  readonly #keep: Keep<V>;
  readonly #memos = new Map<string, Memo<V>>();
  #ids: readonly string[] = [];
  /** In the order of the ids. */
  #order: readonly Memo<V>[] = [];
  /** Of which something that it was computed from has changed, and how many of them have been seen to. */
  #stale: Memo<V>[] = [];
  #done = 0;
  #plain: TextMap<V> = TextMap.of<V>([], []);
  /** What `plain` does not show yet. */
  #changed: Memo<V>[] = [];
  #reordered = false;

  constructor(recorder: Recorder, keep: Keep<V> = asComputed) {
    super(recorder);
    this.#keep = keep;
  }

  get plain(): ReadonlyMap<string, V> {
    if (this.#reordered || this.#changed.length > MANY) {
      this.#plain = this.#plain.next(
        this.#ids,
        this.#order.map((memo) => memo.value as V),
      );
    } else if (this.#changed.length > 0) {
      const list = this.#plain.list.slice();
      for (const memo of this.#changed) list[this.#order.indexOf(memo)] = memo.value as V;
      this.#plain = this.#plain.next(this.#ids, list);
    }
    this.#reordered = false;
    this.#changed = [];
    return this.#plain;
  }

  /** Visits the results in order. Leaves no trace, and needs no map. */
  each(visit: (value: V, key: string) => void): void {
    for (const memo of this.#order) visit(memo.value as V, memo.key);
  }

  protected at(key: string): V | undefined {
    return this.#memos.get(key)?.value;
  }

  /** Brings the results of these subjects up to date, in this order, and drops all others. O(what has changed), but for new ids. */
  update(ids: readonly string[], run: (id: string) => V): void {
    while (this.step(ids, run));
  }

  /** The same for the next result that is out of date. Returns whether there was one: until then the results are not those of `ids`. */
  step(ids: readonly string[], run: (id: string) => V): boolean {
    if (ids !== this.#ids) this.#take(ids);
    // A result may read others of the same map: one that comes late makes those stale that have read it, and they come once more.
    while (this.#done < this.#stale.length) {
      const memo = this.#stale[this.#done++] as Memo<V>;
      if (!memo.isStale || memo.isGone) continue;
      this.#compute(memo, run);
      return true;
    }
    this.#stale = [];
    this.#done = 0;
    this.sweep();
    return false;
  }

  /** Nobody asks for these results any more: nothing is told of changes. */
  drop(): void {
    for (const memo of this.#order) memo.isGone = true;
  }

  #compute(memo: Memo<V>, run: (id: string) => V): void {
    memo.isStale = false;
    const { value, reads } = this.recorder.record(() => run(memo.key));
    this.recorder.subscribe(memo, reads, memo.reads);
    memo.reads = reads;
    const { isNew } = memo;
    memo.isNew = false;
    const kept = isNew ? value : this.#keep(memo.value as V, value);
    if (!isNew && kept === memo.value) return;
    memo.value = kept;
    this.#changed.push(memo);
    this.touch(memo.key);
  }

  readonly #becameStale = (reader: Reader): void => {
    this.#stale.push(reader as Memo<V>);
  };

  #take(ids: readonly string[]): void {
    const [before, old] = [this.#ids, this.#order];
    this.#ids = ids;
    const order: Memo<V>[] = new Array(ids.length);
    const { came, left } = align(before, ids, (i, j) => {
      order[i] = old[j] as Memo<V>;
    });
    if (came.length === 0 && left.size === 0) return;
    const fresh: Memo<V>[] = [];
    for (const i of came) {
      const key = ids[i] as string;
      const at = left.get(key);
      const known = at === undefined ? undefined : old[at];
      const memo = known ?? this.#newMemo(key);
      if (!known) {
        this.#memos.set(key, memo);
        fresh.push(memo);
      }
      left.delete(key);
      order[i] = memo;
    }
    for (const at of left.values()) {
      const memo = old[at] as Memo<V>;
      memo.isGone = true;
      this.#memos.delete(memo.key);
      this.touch(memo.key);
    }
    this.#order = order;
    this.#stale = [...fresh, ...this.#stale.slice(this.#done)];
    this.#done = 0;
    this.#reordered = true;
    this.touchKeys();
  }

  #newMemo(key: string): Memo<V> {
    return { key, value: undefined, reads: [], isNew: true, isStale: true, isGone: false, subscribed: 0, stale: this.#becameStale };
  }
}

const ONLY: readonly string[] = [''];

/** One result, kept in the same way. */
export class Derived<V> {
  readonly #map: DerivedMap<V>;

  constructor(recorder: Recorder, keep: Keep<V> = asComputed) {
    this.#map = new DerivedMap(recorder, keep);
  }

  /** The result. Reading it is recorded. */
  get value(): V {
    return this.#map.get('') as V;
  }

  drop(): void {
    this.#map.drop();
  }

  update(run: () => V): V {
    this.#map.update(ONLY, run);
    return this.value;
  }
}

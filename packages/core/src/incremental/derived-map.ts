import { ListedMap, placesOf } from './listed-map.ts';
import { RecordedMap } from './recorded-map.ts';
import { type Cell, isCurrent, type Recorder } from './recorder.ts';

interface Memo<V> {
  readonly key: string;
  value: V | undefined;
  reads: readonly Cell[];
  /** Round in which it was computed; -1 before that. */
  at: number;
}

/** What to keep of a result that was computed again: `before` where it says the same, so that what depends on it stays valid. */
export type Keep<V> = (before: V, now: V) => V;

const asComputed = <V>(_before: V, now: V): V => now;

/** Results by subject, each kept as long as nothing that it was computed from has changed. */
export class DerivedMap<V> extends RecordedMap<V> {
  readonly #keep: Keep<V>;
  #order: readonly Memo<V>[] = [];
  #ids: readonly string[] = [];
  /** What any of them has read from. */
  readonly #sources = new Set<{ readonly since: number }>();
  #checked = -1;
  #plain: ListedMap<V> | undefined;

  constructor(recorder: Recorder, keep: Keep<V> = asComputed) {
    super(recorder);
    this.#keep = keep;
  }

  get plain(): ListedMap<V> {
    this.#plain ??= new ListedMap(
      this.#ids,
      this.#order.map((memo) => memo.value as V),
    );
    return this.#plain;
  }

  /** Visits the results in order. Leaves no trace, and needs no map. */
  each(visit: (value: V, key: string) => void): void {
    for (const memo of this.#order) visit(memo.value as V, memo.key);
  }

  protected at(key: string): V | undefined {
    const at = placesOf(this.#ids).get(key);
    return at === undefined ? undefined : this.#order[at]?.value;
  }

  /** Brings the results of these subjects up to date, in this order, and drops all others. */
  update(ids: readonly string[], run: (id: string) => V): void {
    const { round } = this.recorder;
    if (ids !== this.#ids) this.#take(ids);
    else if (this.#nothingRead()) return;
    for (const memo of this.#order) {
      if (memo.at >= 0 && isCurrent(memo.reads, memo.at)) continue;
      const { value, reads } = this.recorder.record(() => run(memo.key));
      for (const cell of reads) this.#sources.add(cell.part);
      memo.reads = reads;
      const kept = memo.at < 0 ? value : this.#keep(memo.value as V, value);
      if (memo.at < 0 || kept !== memo.value) {
        memo.value = kept;
        this.touch(memo.key);
        this.#plain = undefined;
      }
      memo.at = round;
    }
    this.#checked = round;
    this.sweep();
  }

  #nothingRead(): boolean {
    for (const source of this.#sources) if (source.since > this.#checked) return false;
    return true;
  }

  /** Keeps the results of subjects that are there still; look-ups only between the first and the last difference of the ids. */
  #take(ids: readonly string[]): void {
    const before = this.#ids;
    const old = this.#order;
    const least = Math.min(ids.length, before.length);
    let start = 0;
    while (start < least && ids[start] === before[start]) start++;
    if (start === ids.length && start === before.length) {
      // The same ids, in a list of which others know where each stands.
      this.#ids = ids;
      this.#plain = undefined;
      return;
    }
    let [end, oldEnd] = [ids.length, before.length];
    while (end > start && oldEnd > start && ids[end - 1] === before[oldEnd - 1]) {
      end--;
      oldEnd--;
    }
    const between = new Map(old.slice(start, oldEnd).map((memo) => [memo.key, memo]));
    const made = ids.slice(start, end).map((key): Memo<V> => {
      const memo = between.get(key);
      between.delete(key);
      return memo ?? { key, value: undefined, reads: [], at: -1 };
    });
    this.#order = [...old.slice(0, start), ...made, ...old.slice(oldEnd)];
    this.#ids = ids;
    for (const key of between.keys()) this.touch(key);
    this.#plain = undefined;
    this.touchKeys();
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

  update(run: () => V): V {
    this.#map.update(ONLY, run);
    return this.value;
  }
}

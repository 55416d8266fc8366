import { idsOf, ListedMap } from './listed-map.ts';
import { RecordedMap } from './recorded-map.ts';

/** A recorded map that is given from outside, a new one for each version. */
export class InputMap<V> extends RecordedMap<V> {
  #map: ReadonlyMap<string, V> = new Map();
  /** Its keys in order: the same array as long as they are the same. */
  ids: readonly string[] = [];
  #values: readonly V[] = [];

  get plain(): ReadonlyMap<string, V> {
    return this.#map;
  }

  protected at(key: string): V | undefined {
    return this.#map.get(key);
  }

  /**
   * Takes the next version and finds what differs, by identity: one pass, and look-ups only between the first and the last difference
   * of the keys. `moved` is told of each key that has another value, is new or gone, or may have another place among the others.
   */
  update(next: ReadonlyMap<string, V>, moved: (key: string) => void = () => {}): void {
    if (next === this.#map) return;
    const before = this.#map;
    const [oldIds, oldValues] = [this.ids, this.#values];
    const ids = idsOf(next);
    const values = next instanceof ListedMap ? (next.list as readonly V[]) : Array.from(next.values());
    const change = (key: string): void => {
      this.touch(key);
      moved(key);
    };
    const least = Math.min(ids.length, oldIds.length);
    let start = 0;
    for (; start < least && ids[start] === oldIds[start]; start++) if (values[start] !== oldValues[start]) change(ids[start] as string);
    let [end, oldEnd] = [ids.length, oldIds.length];
    for (; end > start && oldEnd > start && ids[end - 1] === oldIds[oldEnd - 1]; end--, oldEnd--) {
      if (values[end - 1] !== oldValues[oldEnd - 1]) change(ids[end - 1] as string);
    }
    this.#map = next;
    this.#values = values;
    if (start < end || start < oldEnd) {
      for (let i = start; i < end; i++) {
        const key = ids[i] as string;
        if (before.get(key) === values[i] && before.has(key)) moved(key);
        else change(key);
      }
      for (let i = start; i < oldEnd; i++) {
        const key = oldIds[i] as string;
        if (!next.has(key)) change(key);
      }
      this.ids = ids;
      this.touchKeys();
    }
    this.sweep();
  }
}

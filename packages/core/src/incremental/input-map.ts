import { align } from './align.ts';
import { RecordedMap } from './recorded-map.ts';
import { TextMap } from './text-map.ts';

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
   * Takes the next version and finds what differs, by identity: one pass over both lists of keys. `moved` is told of each key that has another
   * value, is new or gone, or may have another place among the others.
   */
  update(next: ReadonlyMap<string, V>, moved: (key: string, how: Move) => void = () => {}): void {
    if (next === this.#map) return;
    const [oldIds, oldValues] = [this.ids, this.#values];
    const ids = next instanceof TextMap ? (next.ids as readonly string[]) : Array.from(next.keys());
    const values = next instanceof TextMap ? (next.list as readonly V[]) : Array.from(next.values());
    this.#map = next;
    this.#values = values;
    const change = (key: string, how: Move): void => {
      this.touch(key);
      moved(key, how);
    };
    const { came, left } = align(oldIds, ids, (i, j) => {
      if (values[i] !== oldValues[j]) change(ids[i] as string, 'changed');
    });
    if (came.length > 0 || left.size > 0) {
      for (const i of came) {
        const key = ids[i] as string;
        const at = left.get(key);
        if (at === undefined) change(key, 'new');
        else if (oldValues[at] !== values[i]) change(key, 'changed');
        else moved(key, 'moved');
        left.delete(key);
      }
      for (const key of left.keys()) change(key, 'gone');
      this.ids = ids;
      this.touchKeys();
    }
    this.sweep();
  }
}

/** What became of a key: it is there now, it no longer is, it has another value, or it may only stand elsewhere among the others. */
export type Move = 'new' | 'gone' | 'changed' | 'moved';

import { type Cell, newCell, type Recorder } from './recorder.ts';

/** Cells kept before a look for those that are of no use any more. */
const FEW = 1000;

/**
 * A map whose reading is recorded: a key with its value, the keys with their order, or all of it. It stays the same object while what
 * it holds changes with each version.
 */
export abstract class RecordedMap<V> implements ReadonlyMap<string, V> {
  protected readonly recorder: Recorder;
  /** `since`: the latest change of anything in it. */
  readonly latest = { since: 0 };
  readonly #cells = new Map<string, Cell>();
  readonly #keys = newCell();
  readonly #whole = newCell();
  #most = FEW;

  constructor(recorder: Recorder) {
    this.recorder = recorder;
  }

  /** As a plain map, the same object as long as nothing changes. Reading it leaves no trace. */
  abstract readonly plain: ReadonlyMap<string, V>;
  protected abstract at(key: string): V | undefined;

  get(key: string): V | undefined {
    if (this.recorder.recording) this.recorder.read(this.#cellOf(key));
    return this.at(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  get size(): number {
    return this.#inOrder().size;
  }

  keys(): MapIterator<string> {
    return this.#inOrder().keys();
  }

  values(): MapIterator<V> {
    return this.#all().values();
  }

  entries(): MapIterator<[string, V]> {
    return this.#all().entries();
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  forEach(visit: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }

  /** The value of a key is another one now. */
  protected touch(key: string): void {
    const cell = this.#cells.get(key);
    if (cell) this.recorder.changed(cell);
    this.recorder.changed(this.#whole);
    this.latest.since = this.recorder.round;
  }

  /** There are other keys now, or they have another order. */
  protected touchKeys(): void {
    this.recorder.changed(this.#keys);
    this.recorder.changed(this.#whole);
    this.latest.since = this.recorder.round;
  }

  /** Forgets cells of keys that are not there and that nobody reads any more, once they may be many (names that somebody typed letter by letter). */
  protected sweep(): void {
    if (this.#cells.size <= this.#most) return;
    for (const [key, cell] of this.#cells) {
      if (this.at(key) === undefined && !cell.readers?.some((reader) => !reader.isGone)) this.#cells.delete(key);
    }
    this.#most = Math.max(FEW, 2 * this.#cells.size);
  }

  #cellOf(key: string): Cell {
    let cell = this.#cells.get(key);
    if (!cell) {
      // Who reads it from now on has seen its present value.
      cell = newCell();
      this.#cells.set(key, cell);
    }
    return cell;
  }

  #inOrder(): ReadonlyMap<string, V> {
    this.recorder.read(this.#keys);
    return this.plain;
  }

  #all(): ReadonlyMap<string, V> {
    this.recorder.read(this.#whole);
    return this.plain;
  }
}

/** A result that was computed from cells: told when one of them gets another value. */
export interface Reader {
  /** Whether it is known to be out of date. */
  isStale: boolean;
  /** No longer asked for. */
  isGone: boolean;
  /** When it was entered with the cells that it has read. */
  subscribed: number;
  /** Called once when it becomes stale. */
  readonly stale: (reader: Reader) => void;
}

/** Something that a recorded computation can read. */
export interface Cell {
  /** When its readers were told last that it has another value. */
  told: number;
  /** The latest recording that has read it, so that none lists it twice. */
  mark: number;
  /** Results that have read its present value. Some may have been computed again without it since. */
  readers: Reader[] | undefined;
}

export const newCell = (): Cell => ({ told: 0, mark: 0, readers: undefined });

/** What a computation gave, and everything that it read: the record is made by the reading itself, so it cannot leave anything out. */
export interface Recorded<T> {
  readonly value: T;
  readonly reads: readonly Cell[];
}

/**
 * Notes which cells a computation reads. Results of later rounds are valid as long as none of these has got another value. One recorder
 * belongs to everything that follows the versions of one design.
 */
export class Recorder {
  /** Grows by one with each version. */
  round = 0;
  #reads: Cell[] | undefined;
  #trace = 0;
  /** Counts recordings, changes and subscriptions. */
  #last = 0;

  /** Whether anything notes reads now; outside of a recording reading leaves no trace. */
  get recording(): boolean {
    return this.#reads !== undefined;
  }

  read(cell: Cell): void {
    if (this.#reads === undefined || cell.mark === this.#trace) return;
    cell.mark = this.#trace;
    this.#reads.push(cell);
  }

  /** The cell has another value: whoever has read it is out of date. */
  changed(cell: Cell): void {
    cell.told = ++this.#last;
    const { readers } = cell;
    cell.readers = undefined;
    if (!readers) return;
    for (const reader of readers) {
      if (reader.isStale || reader.isGone) continue;
      reader.isStale = true;
      reader.stale(reader);
    }
  }

  record<T>(run: () => T): Recorded<T> {
    const [outer, trace] = [this.#reads, this.#trace];
    const reads: Cell[] = [];
    this.#reads = reads;
    this.#trace = ++this.#last;
    try {
      const value = run();
      // A list that has grown has room for sixteen more, and nearly every result reads less than that.
      return { value, reads: reads.slice() };
    } finally {
      this.#reads = outer;
      this.#trace = trace;
    }
  }

  /**
   * Has a reader told of changes of all cells that it has read now. `before` are those that it had read when it was computed last: it still
   * stands in the lists of those that have told nothing since.
   */
  subscribe(reader: Reader, reads: readonly Cell[], before: readonly Cell[]): void {
    const known = ++this.#last;
    for (const cell of before) if (cell.told < reader.subscribed) cell.mark = known;
    reader.subscribed = known;
    for (const cell of reads) {
      if (cell.mark === known) continue;
      const { readers } = cell;
      if (!readers) cell.readers = [reader];
      else if (readers.length < FEWEST) cell.readers = [...readers, reader];
      else {
        if (readers.length >= FEW && (readers.length & (readers.length - 1)) === 0) cell.readers = living(readers);
        cell.readers?.push(reader);
      }
    }
  }
}

/** Shorter lists of readers have no room to grow: most cells have two or three. */
const FEWEST = 8;
/** Lists of readers shorter than this are not looked through for those that are gone. */
const FEW = 64;

/** Each reader once, without those that are gone. */
const living = (readers: readonly Reader[]): Reader[] => [...new Set(readers)].filter((reader) => !reader.isGone);

/** Something that a recorded computation can read. */
export interface Cell {
  /** Round in which it got its present value. */
  since: number;
  /** The latest recording that has read it, so that none lists it twice. */
  mark: number;
  /** What it is a part of: `since` there is that of its latest part. Lets whole families of results be found valid at once. */
  readonly part: { since: number };
}

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

  record<T>(run: () => T): Recorded<T> {
    const [outer, trace] = [this.#reads, this.#trace];
    const reads: Cell[] = [];
    this.#reads = reads;
    this.#trace = ++this.#last;
    try {
      return { value: run(), reads };
    } finally {
      this.#reads = outer;
      this.#trace = trace;
    }
  }
}

/** Whether nothing that was read has got another value since. */
export function isCurrent(reads: readonly Cell[], round: number): boolean {
  for (let i = 0; i < reads.length; i++) if ((reads[i] as Cell).since > round) return false;
  return true;
}

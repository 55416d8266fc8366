/** No message waits longer for work that can be interrupted, ms; a single step may take longer. */
const SLICE = 10;

/** Runs work in slices, messages that have come meanwhile going first. Undefined where it is left: `goOn` is asked before each slice. */
export async function inSlices<T>(work: Generator<void, T>, goOn: () => boolean): Promise<T | undefined> {
  while (goOn()) {
    const begin = performance.now();
    do {
      const { done, value } = work.next();
      if (done) return value;
    } while (performance.now() - begin < SLICE);
    await new Promise<void>((resolve) => void setImmediate(resolve));
  }
  return undefined;
}

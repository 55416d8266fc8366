import { MOST_FAILED } from '@sysd/language/protocol';

/** What a person has failed in the drawing, with what was failed before, for undo. Each as after `fail` in a scenario. */
export class FailedSet {
  #failed: readonly string[];
  readonly #before: (readonly string[])[] = [];

  constructor(failed: readonly string[] = []) {
    this.#failed = failed;
  }

  get failed(): readonly string[] {
    return this.#failed;
  }

  get canUndo(): boolean {
    return this.#before.length > 0;
  }

  /** Restores `those`, which are what is down of one element, or fails `target` where there are none. */
  toggle(target: string, those: readonly string[]): void {
    const down = this.#failed.filter((one) => one === target || those.includes(one));
    this.#become(down.length > 0 ? this.#failed.filter((one) => !down.includes(one)) : [...this.#failed, target].slice(-MOST_FAILED));
  }

  /** Another extent of the same failure, at its place: `api 1` for `api`. */
  replace(target: string, by: string): void {
    this.#become([...new Set(this.#failed.map((one) => (one === target ? by : one)))]);
  }

  restoreAll(): void {
    if (this.#failed.length > 0) this.#become([]);
  }

  undo(): void {
    this.#failed = this.#before.pop() ?? this.#failed;
  }

  /** Starts anew with what somebody else has failed. */
  reset(failed: readonly string[]): void {
    this.#failed = failed;
    this.#before.length = 0;
  }

  /** What is no longer in the design, in what is failed and in what undo would bring back. */
  forget(gone: readonly string[]): void {
    const without = (list: readonly string[]) => list.filter((one) => !gone.includes(one));
    this.#failed = without(this.#failed);
    this.#before.splice(0, this.#before.length, ...this.#before.map(without));
  }

  #become(failed: readonly string[]): void {
    this.#before.push(this.#failed);
    this.#failed = failed;
  }
}

import type { Diagnostic } from '@sysd/core';

/** A fix that is not made, with the first of the errors that it would add. */
export interface Harmful<Fix> {
  readonly fix: Fix;
  readonly error: Diagnostic;
}

/** What can be made of a round of fixes. */
export interface Harmless<Fix, State> {
  readonly made: readonly Fix[];
  readonly left: readonly Harmful<Fix>[];
  /** With what is made, and nothing else. */
  readonly state: State;
}

/** What fixes do to a text. */
export interface Trial<Fix, State> {
  /** The text with these fixes and no others. */
  readonly with: (fixes: readonly Fix[]) => State;
  readonly errors: (state: State) => readonly Diagnostic[];
  /** Whether a fix is for an error, which should be gone with it. */
  readonly removesError: (fix: Fix) => boolean;
}

/**
 * The fixes that leave no more errors than there are without them, and nothing that is said twice, taken in their order. They are made together; where an error remains or comes
 * that should not, in halves, and so on: k harmful ones among n take O(k log n) trials.
 */
export function harmless<Fix, State>(fixes: readonly Fix[], before: State, trial: Trial<Fix, State>): Harmless<Fix, State> {
  const made: Fix[] = [];
  const left: Harmful<Fix>[] = [];
  let state = before;
  const add = (some: readonly Fix[]): void => {
    if (some.length === 0) return;
    const next = trial.with([...made, ...some]);
    const [had, has] = [trial.errors(state), trial.errors(next)];
    // One alone may bring to light as many errors as it removes; of several nobody could tell whose they are. What is then said twice it has made.
    const gone = some.length === 1 ? 0 : some.filter(trial.removesError).length;
    if (has.length <= had.length - gone && twice(has) <= twice(had)) {
      made.push(...some);
      state = next;
    } else if (some.length === 1) {
      const known = new Set(had.map(said));
      left.push({ fix: some[0] as Fix, error: has.find((e) => !known.has(said(e))) ?? (has.at(-1) as Diagnostic) });
    } else {
      const half = Math.ceil(some.length / 2);
      add(some.slice(0, half));
      add(some.slice(half));
    }
  };
  add(fixes);
  return { made, left, state };
}

const twice = (errors: readonly Diagnostic[]): number => errors.filter((e) => e.rule === 'duplicate-name').length;

const said = ({ span, rule, message }: Diagnostic): string => `${span.block.uri} ${rule} ${message}`;

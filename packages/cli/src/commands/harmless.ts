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
  /** The line of an error, the same in every state while `keepsLines`. */
  readonly lineOf: (state: State, error: Diagnostic) => string;
  readonly keepsLines: (fixes: readonly Fix[]) => boolean;
}

/**
 * The fixes that leave no more errors than there are without them, and nothing that is said twice, taken in their order. They are made together
 * where no line has more errors then, as a fix may bring another error of its line to light; else in halves, and so on: k harmful ones among n
 * take O(k log n) trials. Where lines come or go, together only if no error is new.
 */
export function harmless<Fix, State>(fixes: readonly Fix[], before: State, trial: Trial<Fix, State>): Harmless<Fix, State> {
  const made: Fix[] = [];
  const left: Harmful<Fix>[] = [];
  let state = before;
  const isHarmless = (some: readonly Fix[], next: State): boolean => {
    const [had, has] = [trial.errors(state), trial.errors(next)];
    if (twice(has) > twice(had)) return false;
    if (some.length === 1) return has.length <= had.length;
    const keyIn = (of: State) => (trial.keepsLines(some) ? (error: Diagnostic) => trial.lineOf(of, error) : said);
    return noneMore(counted(had.map(keyIn(state))), counted(has.map(keyIn(next))));
  };
  const add = (some: readonly Fix[]): void => {
    if (some.length === 0) return;
    const next = trial.with([...made, ...some]);
    if (isHarmless(some, next)) {
      made.push(...some);
      state = next;
    } else if (some.length === 1) {
      const known = new Set(trial.errors(state).map(said));
      const has = trial.errors(next);
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

function counted(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

const noneMore = (before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): boolean =>
  [...after].every(([key, count]) => count <= (before.get(key) ?? 0));

const twice = (errors: readonly Diagnostic[]): number => errors.filter((e) => e.rule === 'duplicate-name').length;

const said = ({ span, rule, message }: Diagnostic): string => `${span.block.uri} ${rule} ${message}`;

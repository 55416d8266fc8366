import { type Estimate, type Fix, type Improvement, isFigure, known, sameDimension } from '@sysd/core';
import { isAtMost } from '../availability/objectives.ts';

/** How designs are changed and judged; `S` is a design with whatever belongs to it. */
export interface Changes<S> {
  /** What could help, the likeliest first. */
  readonly fixes: (state: S) => readonly Fix[];
  /** The changed design; undefined where the change cannot be made or would be an error. */
  readonly apply: (state: S, fix: Fix) => S | undefined;
  readonly unavailability: (state: S) => Estimate;
  readonly availability: (state: S) => Estimate;
  /** What `to` costs more than `from`, money per second. */
  readonly cost: (from: S, to: S) => Estimate;
}

export interface SearchBudget {
  /** Changes that are tried of one design. */
  readonly fixes: number;
  /** Changes one after another. */
  readonly steps: number;
  /** Changed designs in all. */
  readonly designs: number;
}

export const SEARCH_BUDGET: SearchBudget = { fixes: 24, steps: 8, designs: 150 };

export interface SearchResult<S> {
  readonly changes: readonly Improvement[];
  readonly path: readonly Improvement[];
  /** The design after the path. */
  readonly end: S;
  readonly met: boolean;
  readonly cost: Estimate;
  readonly computed: number;
  readonly bounded: boolean;
}

interface Made<S> {
  readonly improvement: Improvement;
  readonly state: S;
  /** Place in the order of the changes. */
  readonly rank: number;
}

/** Less than this share of the unavailability is rounding, no gain. */
const LEAST_GAIN = 1e-9;
/** A step that gains less than this share of the unavailability, and does not reach the limit, ends the path: more of the same only adds machines. */
const LEAST_STEP = 0.05;

/**
 * Searches changes that bring the unavailability to at most `limit`. Each by itself; then a path, greedily: at each step, of the changes that
 * reach the limit the cheapest, else the one that gains most for what it costs (most, where a price is not known), down to small gains. Then
 * what the path can do without is taken out, the dearest first: no change of it can be left out, though another path may be cheaper. Yields
 * after each design that is computed. Deterministic; the budget counts designs, never time. Edits must name elements, no places in a text.
 */
export function* searchImprovements<S>(
  start: S,
  limit: number,
  changes: Changes<S>,
  budget: SearchBudget = SEARCH_BUDGET,
): Generator<void, SearchResult<S>> {
  let computed = 0;
  let bounded = false;
  const seen = new Map<string, S | undefined>();

  function* after(state: S, path: string, fix: Fix): Generator<void, S | undefined> {
    const key = `${path}\n${JSON.stringify(fix.edits)}`;
    if (seen.has(key)) return seen.get(key);
    if (computed >= budget.designs) {
      bounded = true;
      return undefined;
    }
    computed++;
    const made = changes.apply(state, fix);
    seen.set(key, made);
    yield;
    return made;
  }

  function* round(state: S, path: string): Generator<void, Made<S>[]> {
    const u = changes.unavailability(state);
    const fixes = changes.fixes(state);
    if (fixes.length > budget.fixes) bounded = true;
    const found: Made<S>[] = [];
    for (const [rank, fix] of fixes.slice(0, budget.fixes).entries()) {
      const made = yield* after(state, path, fix);
      const improvement = made === undefined ? undefined : improvementBy(fix, state, made, limit, changes);
      if (made === undefined || !improvement || !isFigure(u)) continue;
      if (improvement.unavailability.value < u.value * (1 - LEAST_GAIN)) found.push({ improvement, state: made, rank });
    }
    return found;
  }

  function* along(fixes: readonly Fix[]): Generator<void, Made<S>[] | undefined> {
    const steps: Made<S>[] = [];
    let [state, path] = [start, ''];
    for (const fix of fixes) {
      const made = yield* after(state, path, fix);
      const improvement = made === undefined ? undefined : improvementBy(fix, state, made, limit, changes);
      if (made === undefined || !improvement) return undefined;
      steps.push({ improvement, state: made, rank: steps.length });
      path += `\n${JSON.stringify(fix.edits)}`;
      state = made;
    }
    return steps;
  }

  function* withoutSuperfluous(steps: readonly Made<S>[], met: boolean): Generator<void, readonly Made<S>[]> {
    let path = steps;
    const end = steps.at(-1)?.improvement.unavailability.value ?? 1;
    const dearest = steps.toSorted((a, b) => byCost(b.improvement.cost, a.improvement.cost) || b.rank - a.rank);
    for (const { improvement } of dearest) {
      if (path.length < 2) break;
      const shorter = yield* along(path.map((s) => s.improvement.fix).filter((fix) => fix !== improvement.fix));
      const last = shorter?.at(-1)?.improvement;
      // Without the limit, only what a later step makes up for.
      if (shorter && last && (met ? last.met : last.unavailability.value <= end * (1 + LEAST_GAIN))) path = shorter;
    }
    return path;
  }

  const first = yield* round(start, '');
  let steps: readonly Made<S>[] = [];
  let state = start;
  for (let found = first; found.length > 0; ) {
    if (steps.length === budget.steps) {
      bounded = true;
      break;
    }
    const now = known(changes.unavailability(state)) ?? 1;
    const best = choose(found, now);
    if (!best) break;
    steps = [...steps, { ...best, rank: steps.length }];
    state = best.state;
    if (best.improvement.met) break;
    found = yield* round(state, steps.map((s) => `\n${JSON.stringify(s.improvement.fix.edits)}`).join(''));
  }
  const met = steps.at(-1)?.improvement.met ?? false;
  steps = yield* withoutSuperfluous(steps, met);
  const end = steps.at(-1)?.state ?? start;
  return {
    changes: first.toSorted(byGain).map((m) => m.improvement),
    path: steps.map((m) => m.improvement),
    end,
    met,
    cost: changes.cost(start, end),
    computed,
    bounded,
  };
}

function improvementBy<S>(fix: Fix, from: S, to: S, limit: number, changes: Changes<S>): Improvement | undefined {
  const [unavailability, availability] = [changes.unavailability(to), changes.availability(to)];
  if (!isFigure(unavailability) || !isFigure(availability)) return undefined;
  return { fix, availability, unavailability, cost: changes.cost(from, to), met: isAtMost(unavailability.value, limit) };
}

/** By falling gain (to nine figures: the rest is rounding), then the fewer edits, the lower cost, the order of the changes. */
function byGain<S>(a: Made<S>, b: Made<S>): number {
  const gained = ({ improvement }: Made<S>): number => Number(improvement.unavailability.value.toPrecision(9));
  return gained(a) - gained(b) || edits(a) - edits(b) || byCost(a.improvement.cost, b.improvement.cost) || a.rank - b.rank;
}

const edits = <S>(made: Made<S>): number => made.improvement.fix.edits.length;

/** Known costs first, the lower first. Currencies do not compare. */
function byCost(a: Estimate, b: Estimate): number {
  if (!isFigure(a) || !isFigure(b)) return Number(!isFigure(a)) - Number(!isFigure(b));
  return sameDimension(a.dimension, b.dimension) || a.value === 0 || b.value === 0 ? a.value - b.value : 0;
}

/** The next step from an unavailability of `now`. */
function choose<S>(all: readonly Made<S>[], now: number): Made<S> | undefined {
  const found = all.filter(({ improvement: { met, unavailability } }) => met || unavailability.value <= now * (1 - LEAST_STEP));
  const reaching = found.filter((m) => m.improvement.met);
  if (reaching.length > 0) return reaching.toSorted((a, b) => byCost(a.improvement.cost, b.improvement.cost) || byGain(a, b))[0];
  const costOf = (m: Made<S>): number | undefined => known(m.improvement.cost);
  const free = found.filter((m) => (costOf(m) ?? 1) <= 0);
  if (free.length > 0) return free.toSorted(byGain)[0];
  const costs = found.map((m) => m.improvement.cost);
  const [one] = costs;
  if (!one || !costs.every((cost) => isFigure(cost) && isFigure(one) && sameDimension(cost.dimension, one.dimension))) {
    return found.toSorted(byGain)[0];
  }
  // Orders of magnitude of downtime for the money.
  const worth = (m: Made<S>): number => Math.log(now / m.improvement.unavailability.value) / (costOf(m) as number);
  return found.toSorted((a, b) => worth(b) - worth(a) || byGain(a, b))[0];
}

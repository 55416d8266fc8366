import { notEstimated } from '@sysd/core';
import { type Estimated, firstProblem, isNotEstimated, nonNegative, share } from '../queueing/domain.ts';
import { boundedAttempts, type RetryBounds } from './retries.ts';

/** Calls of one kind to a service. */
export interface CallClass extends RetryBounds {
  /** First tries/s, at least 0. */
  readonly rate: number;
  /** Share of these calls that fails at an offered load (calls/s of all classes, retries included): 0 to 1, never falling as the load rises. */
  readonly failureAt: (offered: number) => number;
}

export interface RetryingClients {
  readonly classes: readonly CallClass[];
  /**
   * Calls/s up to which the share of each class that fails is convex in the load, and above which all calls fail, as in a queue with time-outs:
   * the fixpoints are then found in a few steps. Without it in rounds.
   */
  readonly convexBelow?: number;
}

export interface RetryEquilibria {
  /** Calls/s reached from a calm start: the least fixpoint. */
  readonly calm: number;
  /** Calls/s at which it stays after a disturbance in which everything failed: the greatest fixpoint. */
  readonly disturbed: number;
}

type Round = (offered: number) => number;

const MAX_ROUNDS = 10_000;

/** Rounds gain no more than this part: it has settled. */
const SETTLED = 1e-13;

/**
 * Load with retries, solved to the fixpoint λ' = Σ λᵢ·E[attempts(pᵢ(λ'))]: failures cause retries, retries cause load, load causes failures.
 * The right side rises with λ', so rounds from Σ λᵢ upwards reach the least fixpoint and from the load with all retries downwards the greatest
 * (Knaster–Tarski). Where they differ, the service is metastable: a trigger takes it from one to the other, and it stays there.
 * Source: Bronson et al., Metastable Failures in Distributed Systems, HotOS 2021.
 */
export function retryFixpoint({ classes, convexBelow }: RetryingClients): Estimated<RetryEquilibria> {
  const first = (p: number): number => classes.reduce((sum, c) => sum + c.rate * boundedAttempts(p, c), 0);
  const invalid =
    firstProblem(classes.flatMap((c) => [nonNegative('the load', c.rate), ...boundProblems(c)])) ??
    firstProblem([nonNegative('the load with all retries', first(1))]);
  if (invalid) return invalid;
  let failed: ReturnType<typeof firstProblem>;
  const round: Round = (offered) =>
    classes.reduce((sum, c) => {
      const p = c.failureAt(offered);
      failed ??= firstProblem([share(`the failure probability at ${offered}/s`, p)]);
      return sum + c.rate * boundedAttempts(failed ? 1 : p, c);
    }, 0);
  const [load, most] = [first(0), first(1)];
  const found =
    convexBelow === undefined || !(load < convexBelow) ? settled(load, most, round) : convex(classes, load, most, convexBelow, round);
  return failed ?? found;
}

const boundProblems = ({ retries, budget }: RetryBounds) => [
  nonNegative('the number of retries', retries),
  budget === undefined ? undefined : nonNegative('the budget', budget),
];

function settled(load: number, most: number, round: Round): Estimated<RetryEquilibria> {
  const calm = settle(load, round);
  if (isNotEstimated(calm)) return calm;
  const disturbed = settle(most, round);
  return isNotEstimated(disturbed) ? disturbed : { calm, disturbed };
}

function settle(start: number, round: Round): Estimated<number> {
  let offered = start;
  for (let i = 0; i < MAX_ROUNDS; i++) {
    const next = round(offered);
    if (Math.abs(next - offered) <= 1e-14 * next) return next;
    offered = next;
  }
  return notEstimated(
    `the load with retries does not settle within ${MAX_ROUNDS} rounds: it is at the edge of a collapse, near ${offered}/s`,
  );
}

/** Below the limit the round is convex but where a budget is used up, and so it is between those loads. */
function convex(classes: readonly CallClass[], load: number, most: number, limit: number, round: Round): Estimated<RetryEquilibria> {
  const top = Math.min(most, limit);
  const usedUp = classes.flatMap((c) => budgetUsedUp(c, load, top)).sort((a, b) => a - b);
  const ends = [load, ...usedUp, top];
  const pieces = ends.slice(1).map((to, i) => [ends[i] as number, to] as const);
  let calm: Estimated<number> | undefined;
  for (const [from, to] of pieces) calm ??= firstMeeting(from, to, round);
  calm ??= settle(top, round);
  if (isNotEstimated(calm)) return calm;
  const disturbed = most > limit ? settle(most, round) : lastMeeting(pieces, calm, round);
  if (isNotEstimated(disturbed)) return disturbed;
  // One fixpoint, found from both ends.
  return { calm, disturbed: disturbed <= calm * (1 + 10 * SETTLED) ? calm : disturbed };
}

/** The load from which on the budget of a class is used up, where it lies between two loads. */
function budgetUsedUp({ retries, budget, breaker, failureAt }: CallClass, from: number, to: number): number[] {
  if (budget === undefined || breaker || retries <= budget) return [];
  const isUsedUp = (offered: number): boolean => boundedAttempts(failureAt(offered), { retries }) >= 1 + budget;
  if (!isUsedUp(to)) return [];
  const at = lastBefore(from, to, (offered) => !isUsedUp(offered));
  return at > from && at < to ? [at] : [];
}

/** The last load, to the last digit, at which something holds that holds at `from` and, once it does not, no more. */
function lastBefore(from: number, to: number, holds: (offered: number) => boolean): number {
  let [low, high] = [from, to];
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Least fixpoint in a piece in which the round is convex. The line through two loads below it meets the diagonal no later than the round does, so a step
 * along it, or a round where that goes farther, never passes it; where the round no longer comes closer to the diagonal it never meets it.
 */
function firstMeeting(from: number, to: number, round: Round): number | undefined {
  let before = from;
  let gap = round(from) - from;
  if (gap <= SETTLED * from) return from;
  let at = from + gap;
  for (let i = 0; i < MAX_ROUNDS && at < to; i++) {
    const left = round(at) - at;
    if (left <= SETTLED * at) return at;
    const slope = (left - gap) / (at - before);
    if (!(slope < 0)) return undefined;
    [before, gap, at] = [at, left, Math.max(at + left, at - left / slope)];
  }
  return undefined;
}

/**
 * Greatest fixpoint: at the upper end of a convex piece the round is not above the diagonal, so it crosses it once where it is above at the lower end;
 * where the least fixpoint lies there, it is that.
 */
function lastMeeting(pieces: readonly (readonly [number, number])[], calm: number, round: Round): number {
  const above = (offered: number): boolean => round(offered) >= offered;
  const [from, to] = pieces.findLast(([start]) => start <= calm || above(start)) ?? (pieces[0] as readonly [number, number]);
  return from <= calm ? calm : lastBefore(from, to, above);
}

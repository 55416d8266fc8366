import { type NotEstimated, notEstimated } from '@sysd/core';

/** A result, or why there is none. The functions here never return NaN or an infinity and never throw. */
export type Estimated<T> = T | NotEstimated;

export function isNotEstimated(value: unknown): value is NotEstimated {
  return typeof value === 'object' && value !== null && 'notEstimated' in value;
}

/** What is wrong with an input, in words. */
type Problem = string | undefined;

/** Recursions over servers, places or clients stop here: 10^7 steps take about 0.1 s. */
export const MAX_STEPS = 1e7;

export function positive(name: string, value: number): Problem {
  return Number.isFinite(value) && value > 0 ? undefined : `${name} is ${value}: it must be a finite number above 0`;
}

export function nonNegative(name: string, value: number): Problem {
  return Number.isFinite(value) && value >= 0 ? undefined : `${name} is ${value}: it must be a finite number, 0 or more`;
}

/** A probability or share in [0, 1]. */
export function share(name: string, value: number): Problem {
  return value >= 0 && value <= 1 ? undefined : `${name} is ${value}: it must be from 0 to 1`;
}

/** A share in [0, 1): a quantile below the maximum. */
export function shareBelowOne(name: string, value: number): Problem {
  return value >= 0 && value < 1 ? undefined : `${name} is ${value}: it must be 0 or more and below 1`;
}

export function whole(name: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER): Problem {
  if (!Number.isInteger(value) || value < least) return `${name} is ${value}: it must be a whole number, ${least} or more`;
  return value <= most ? undefined : `${name} is ${value}: more than ${most} is not supported`;
}

/** The first problem as a reason, or undefined where the input is in the domain. */
export function firstProblem(problems: Iterable<Problem>): NotEstimated | undefined {
  for (const problem of problems) if (problem !== undefined) return notEstimated(problem);
  return undefined;
}

/** The result, unless a number in it overflowed. */
export function finite<T>(what: string, result: T): Estimated<T> {
  return isFiniteThroughout(result) ? result : notEstimated(`${what} is beyond the range of numbers for this input`);
}

function isFiniteThroughout(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(isFiniteThroughout);
}

import { type NotEstimated, notEstimated } from '@sysd/core';
import { type Estimated, finite, firstProblem, nonNegative, whole } from './domain.ts';
import { exactClasses, exactSteps } from './exact-classes.ts';
import { scaledClasses } from './scaled-classes.ts';

/** Users of one sort, who work, think, and work again. All lists are by station. */
export interface ClosedClass {
  /** N: a whole number from 0. */
  readonly population: number;
  /** Z: time of a cycle in which nothing is queued for (thinking, delays), s, at least 0. */
  readonly thinkTime: number;
  /** Time that a cycle is served at the station when nobody else is there, s. */
  readonly demands: readonly number[];
  /**
   * The part of it at that one of its equal servers which gets most, s, no more than the demand: all of it where the station is one
   * server, an r-th where a cycle goes to any of r.
   */
  readonly busiest: readonly number[];
  /** Work that a cycle leaves at that server for which nobody waits, s. */
  readonly background: readonly number[];
}

export interface ClosedClasses {
  readonly classes: readonly ClosedClass[];
  /** By station: utilisation of its busiest server by open traffic. */
  readonly open: readonly number[];
}

export interface ClosedClassesState {
  /** Exact for a network of product form, else Bard and Schweitzer's approximation. */
  readonly exact: boolean;
  /** By class: X, cycles/s, and by station how many times its demand a cycle takes there (1: nobody else is there). */
  readonly classes: readonly { readonly throughput: number; readonly stretch: readonly number[] }[];
}

/** States × classes × stations up to which the exact recursion is run: a few milliseconds. */
const MOST_EXACT = 300_000;
/** Rounds of halving that find a throughput to the last digits. */
const HALVINGS = 50;

/**
 * Closed network of several classes of users beside open traffic. Stations serve by processor sharing, or first come first served with one
 * exponential service time for all. Exact mean value analysis as long as the states are few, else the approximation of Bard and Schweitzer. Open
 * traffic leaves a station 1 − U of its time (Lazowska and others, Quantitative System Performance, 1984, chapter 7). Work that cycles
 * leave behind is open traffic in proportion to the throughput. Not estimated where open traffic fills a station that users go to.
 */
export function closedClasses(network: ClosedClasses): Estimated<ClosedClassesState> {
  const problem = problemOf(network);
  if (problem) return problem;
  return finite('the state of the network', within(network, solve(network)));
}

function solve(network: ClosedClasses): ClosedClassesState {
  const { classes, open } = network;
  const steps = exactSteps(network);
  if (classes.every((c) => c.background.every((b) => b === 0))) {
    return steps <= MOST_EXACT ? { exact: true, classes: exactClasses(network) } : { exact: false, classes: scaledClasses(network) };
  }
  const [only] = classes;
  if (!only || classes.length > 1 || steps * HALVINGS > MOST_EXACT) return { exact: false, classes: scaledClasses(network) };
  // The throughput at which the network gives that throughput, with the work that it leaves behind: the one falls as the other rises.
  const at = (x: number) => exactClasses({ classes, open: open.map((u, j) => u + x * (only.background[j] as number)) });
  let low = 0;
  let high = Math.min(
    ...open.map((u, j) => (1 - u) / ((only.background[j] as number) + (only.busiest[j] as number))),
    only.population / (only.thinkTime + only.demands.reduce((a, b) => a + b, 0)),
  );
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if ((at(middle)[0]?.throughput as number) > middle) low = middle;
    else high = middle;
  }
  return { exact: true, classes: at(low) };
}

/** No station is more than full: what rounding adds is taken off. */
function within({ classes, open }: ClosedClasses, state: ClosedClassesState): ClosedClassesState {
  const used = open.map((u, j) =>
    classes.reduce((n, c, k) => n + (state.classes[k]?.throughput as number) * ((c.busiest[j] as number) + (c.background[j] as number)), u),
  );
  const most = 1 - 1e-12;
  const factor = Math.min(1, ...used.map((u, j) => (u > most ? Math.max(0, most - (open[j] as number)) / (u - (open[j] as number)) : 1)));
  if (factor === 1) return state;
  return { ...state, classes: state.classes.map((c) => ({ ...c, throughput: c.throughput * factor })) };
}

function problemOf({ classes, open }: ClosedClasses): NotEstimated | undefined {
  const numbers = classes.flatMap((c, k) => [
    whole(`the population of class ${k + 1}`, c.population, 0),
    nonNegative(`the think time of class ${k + 1}`, c.thinkTime),
    ...[...c.demands, ...c.busiest, ...c.background].map((d) => nonNegative(`a demand of class ${k + 1}`, d)),
  ]);
  const problem = firstProblem([...numbers, ...open.map((u, j) => nonNegative(`the open load of station ${j + 1}`, u))]);
  if (problem) return problem;
  const full = open.findIndex((u, j) => u >= 1 - 1e-9 && classes.some((c) => (c.demands[j] as number) + (c.background[j] as number) > 0));
  if (full >= 0) return notEstimated(`station ${full + 1} is full of open traffic`);
  const idle = classes.findIndex((c) => c.thinkTime === 0 && c.demands.every((d) => d === 0));
  return idle < 0 ? undefined : notEstimated(`a cycle of class ${idle + 1} takes no time: without a think time its rate has no bound`);
}

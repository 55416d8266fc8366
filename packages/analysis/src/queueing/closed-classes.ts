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
  /** What reasons call them. */
  readonly named?: { readonly stations: readonly string[]; readonly classes: readonly string[] };
}

export interface ClosedClassesState {
  /** Exact for a network of product form, else Bard and Schweitzer's approximation. */
  readonly exact: boolean;
  /** By class: X, cycles/s, and by station how many times its demand a cycle takes there (1: nobody else is there). */
  readonly classes: readonly { readonly throughput: number; readonly stretch: readonly number[] }[];
}

/** States × classes × stations up to which the exact recursion is run: a few milliseconds. */
const MOST_EXACT = 300_000;
/** Up to here the law N = X × (Z + R) holds to a thousandth in double precision. */
const MOST_USERS = 1e11;
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
  const state = solve(asked(network));
  if (!state) return UNSETTLED;
  return finite('the state of the network', checked(network, state));
}

const UNSETTLED = notEstimated('the throughputs of users who meet do not settle in the approximation that their numbers take');
const stationName = ({ named }: ClosedClasses, j: number): string => named?.stations[j] ?? `station ${j + 1}`;
const className = ({ named }: ClosedClasses, k: number): string => named?.classes[k] ?? `class ${k + 1}`;

/** Stations that nobody waits for bound nobody, however full: what is left behind there does not matter to the classes. */
function asked(network: ClosedClasses): ClosedClasses {
  const { classes, open } = network;
  const used = open.map((_, j) => classes.some((c) => (c.demands[j] as number) > 0));
  if (used.every((u) => u)) return network;
  const kept = (values: readonly number[]) => values.map((v, j) => (used[j] ? v : 0));
  return {
    ...network,
    classes: classes.map((c) => ({ ...c, busiest: kept(c.busiest), background: kept(c.background) })),
    open: kept(open),
  };
}

function solve(network: ClosedClasses): ClosedClassesState | undefined {
  const { classes, open } = network;
  const scaled = (): ClosedClassesState | undefined => {
    const found = scaledClasses(network);
    return found && { exact: false, classes: found };
  };
  const steps = exactSteps(network);
  if (classes.every((c) => c.background.every((b) => b === 0))) {
    return steps <= MOST_EXACT ? { exact: true, classes: exactClasses(network) } : scaled();
  }
  const [only] = classes;
  if (!only || classes.length > 1 || steps * HALVINGS > MOST_EXACT) return scaled();
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

/**
 * The state, if it is one: each class is as many users as it has, and no station that somebody waits for is more than full. Work that some
 * leave behind without waiting for it may fill a station for others.
 */
function checked(network: ClosedClasses, state: ClosedClassesState): Estimated<ClosedClassesState> {
  const { classes, open } = network;
  const x = (k: number): number => state.classes[k]?.throughput as number;
  const waited = open.map((_, j) => classes.some((c) => (c.demands[j] as number) > 0));
  const full = open.findIndex((u, j) => {
    const left = classes.reduce((n, c, k) => ((c.demands[j] as number) > 0 ? n : n + x(k) * (c.background[j] as number)), u);
    return waited[j] && left >= 1 - 1e-9;
  });
  if (full >= 0)
    return notEstimated(`${stationName(network, full)} is over capacity by what users leave behind there without waiting for it`);
  const used = open.map((u, j) => classes.reduce((n, c, k) => n + x(k) * ((c.busiest[j] as number) + (c.background[j] as number)), u));
  const isLawful = classes.every(({ population, thinkTime, demands }, k) => {
    const time = demands.reduce((n, d, j) => n + d * (state.classes[k]?.stretch[j] as number), thinkTime);
    return population === 0 || Math.abs((x(k) * time) / population - 1) < 1e-3;
  });
  if (!isLawful || used.some((u, j) => waited[j] && u > 1 + 1e-3)) return UNSETTLED;
  // What rounding adds to a full station is taken off.
  const most = 1 - 1e-12;
  const factor = Math.min(1, ...used.map((u, j) => (waited[j] && u > most ? (most - (open[j] as number)) / (u - (open[j] as number)) : 1)));
  return factor === 1 ? state : { ...state, classes: state.classes.map((c) => ({ ...c, throughput: c.throughput * factor })) };
}

function problemOf(network: ClosedClasses): NotEstimated | undefined {
  const { classes, open } = network;
  const numbers = classes.flatMap((c, k) => [
    whole(`the population of ${className(network, k)}`, c.population, 0, MOST_USERS),
    nonNegative(`the think time of ${className(network, k)}`, c.thinkTime),
    ...[...c.demands, ...c.busiest, ...c.background].map((d) => nonNegative(`a demand of ${className(network, k)}`, d)),
  ]);
  const problem = firstProblem([...numbers, ...open.map((u, j) => nonNegative(`the open load of ${stationName(network, j)}`, u))]);
  if (problem) return problem;
  const full = open.findIndex((u, j) => u >= 1 - 1e-9 && classes.some((c) => (c.demands[j] as number) > 0));
  if (full >= 0) return notEstimated(`${stationName(network, full)} is full of open traffic`);
  const idle = classes.findIndex((c) => c.thinkTime === 0 && c.demands.every((d) => d === 0));
  return idle < 0
    ? undefined
    : notEstimated(`a cycle of ${className(network, idle)} takes no time: without a think time its rate has no bound`);
}

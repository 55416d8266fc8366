import type { ClosedClass, ClosedClasses, ClosedClassesState } from './closed-classes.ts';

/** Rounds in which the classes are solved, and rounds × classes × stations: some hundredths of a second. */
const ROUNDS = 300;
const MOST_WORK = 200_000;
/** Steps of the search of one throughput; it takes five to ten. */
const STEPS = 80;
const CLOSE = 1e-8;
/** Change of a throughput in the last round up to which the approximation, itself some per cent off, is settled. */
const SETTLED = 1e-3;
/** What is left of a full station. */
const LEAST = 1e-12;

type State = ClosedClassesState['classes'];

/**
 * Approximate mean value analysis for any population: who arrives sees the others' queues and (N − 1)/N of that of his own class. For one
 * class each queue follows from the throughput x, q = x·b·(1 + others) ÷ (1 − U − x·b·(N − 1)/N), so that x is found by one search, whatever N is;
 * several classes are solved in turn until nothing changes. Undefined where they go on
 * changing, or are too many.
 * Source: Schweitzer, Approximate Analysis of Multiclass Closed Networks of Queues, 1979; Bard, Some Extensions to Multiclass Queueing Network
 * Analysis, 1979.
 */
export function scaledClasses({ classes, open }: ClosedClasses): State | undefined {
  const stations = open.length;
  const queues = classes.map(() => new Float64Array(stations));
  const state = classes.map(() => ({ throughput: 0, stretch: open.map(() => 1) }));
  const rounds = classes.length === 1 ? 1 : Math.min(ROUNDS, Math.floor(MOST_WORK / (classes.length * Math.max(1, stations))));
  let change = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    change = 0;
    const [behind, used] = [
      queuesBehind(queues, stations),
      open.map((u, j) => classes.reduce((n, c, k) => n + left(c, state[k]?.throughput, j), u)),
    ];
    const before = new Float64Array(stations);
    classes.forEach((c, k) => {
      const was = state[k] as State[number];
      const others = before.map((q, j) => q + ((behind[k + 1] as Float64Array)[j] as number));
      const free = used.map((u, j) => Math.max(LEAST, 1 - (u - left(c, was.throughput, j))));
      const throughput = throughputOf(c, others, free, was.throughput);
      const stretch = stretchAt(c, others, free, throughput);
      change = Math.max(change, Math.abs(throughput - was.throughput) / (throughput || 1));
      state[k] = { throughput, stretch };
      for (let j = 0; j < stations; j++) {
        used[j] = (used[j] as number) + left(c, throughput - was.throughput, j);
        before[j] = (before[j] as number) + throughput * (c.busiest[j] as number) * (stretch[j] as number);
        (queues[k] as Float64Array)[j] = throughput * (c.busiest[j] as number) * (stretch[j] as number);
      }
    });
    if (rounds === 1 || change <= CLOSE) return state;
  }
  return change <= SETTLED ? state : undefined;
}

/** Utilisation of a station by what a class leaves behind there. */
const left = (c: ClosedClass, throughput: number | undefined, j: number): number => (throughput ?? 0) * (c.background[j] as number);

/** By class and station: the queues of that class and those after it, only added up. */
function queuesBehind(queues: readonly Float64Array[], stations: number): Float64Array[] {
  const sums: Float64Array[] = [new Float64Array(stations)];
  for (let k = queues.length - 1; k >= 0; k--) {
    const [after, own] = [sums[0] as Float64Array, queues[k] as Float64Array];
    sums.unshift(after.map((q, j) => q + (own[j] as number)));
  }
  return sums;
}

/** What a cycle of one more in the queue takes of the station, for the other users of the class. */
const taken = (c: ClosedClass, j: number): number =>
  (c.background[j] as number) + (Math.max(0, c.population - 1) / Math.max(1, c.population)) * (c.busiest[j] as number);

function stretchAt(c: ClosedClass, others: Float64Array, free: readonly number[], x: number): number[] {
  return free.map((f, j) => (1 + (others[j] as number)) / Math.max(LEAST, f - ((c.demands[j] as number) > 0 ? x * taken(c, j) : 0)));
}

/**
 * The x with x × (Z + Σ demand × stretch at x) = N, by Newton's method on the reciprocal, which is nearly a line where a station is nearly
 * full, kept between bounds that halve where it leaves them.
 */
function throughputOf(c: ClosedClass, others: Float64Array, free: readonly number[], near: number): number {
  const { population, thinkTime, demands } = c;
  if (population === 0) return 0;
  const asked = [...demands.keys()].filter((j) => (demands[j] as number) > 0);
  const takes = asked.map((j) => taken(c, j));
  const alone = asked.map((j) => (demands[j] as number) * (1 + (others[j] as number)));
  const room = asked.map((j) => free[j] as number);
  let low = 0;
  let high = population / (thinkTime + demands.reduce((n, d) => n + d, 0));
  takes.forEach((t, i) => {
    if (t > 0) high = Math.min(high, (room[i] as number) / t);
  });
  let x = near > 0 && near < high ? near : high / 2;
  for (let step = 0; step < STEPS; step++) {
    let [time, slope] = [thinkTime, 0];
    for (let i = 0; i < alone.length; i++) {
      const rest = (room[i] as number) - x * (takes[i] as number);
      const spent = (alone[i] as number) / rest;
      time += spent;
      slope += (spent * (takes[i] as number)) / rest;
    }
    const users = x * time;
    if (users < population) low = x;
    else high = x;
    const next = x + (users * (1 - users / population)) / (time + x * slope);
    const to = next > low && next < high ? next : (low + high) / 2;
    if (to === x || to === low || to === high) break;
    x = to;
  }
  return x;
}

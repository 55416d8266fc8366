/**
 * The distribution of a time (s) as an expression: what it is made of and how. Its parts are independent. Nothing is computed here; moments
 * and quantiles are taken of the whole.
 */
export type Distribution =
  | { readonly kind: 'constant'; readonly time: number }
  /** 0 with probability 1 − `probability`, else exponential with this mean: a wait in M/M/c; with probability 1 an exponential time. */
  | { readonly kind: 'exponential'; readonly probability: number; readonly mean: number }
  /**
   * 0 with probability 1 − `probability`, else j + 1 exponential times of mean `each` one after another, j < `places` with weights ratio^j: the wait of
   * those that M/M/c/K admits.
   */
  | {
      readonly kind: 'bounded-wait';
      readonly probability: number;
      readonly ratio: number;
      readonly places: number;
      readonly each: number;
    }
  /** The logarithm is normal with these parameters. */
  | { readonly kind: 'log-normal'; readonly mu: number; readonly sigma: number }
  /** One after another: convolution. */
  | { readonly kind: 'sum'; readonly parts: readonly Distribution[] }
  /** One of them, with these shares, which sum to 1. */
  | { readonly kind: 'mixture'; readonly parts: readonly Alternative[] }
  /** A whole number of them one after another: n-fold convolution. */
  | { readonly kind: 'repeated'; readonly of: Distribution; readonly times: number }
  /** All at once until the last is done: the product of their distribution functions. */
  | { readonly kind: 'slowest'; readonly parts: readonly Distribution[] }
  /** A whole number of them at once. */
  | { readonly kind: 'slowest-of'; readonly of: Distribution; readonly times: number }
  /** Given up after `limit`. */
  | { readonly kind: 'at-most'; readonly of: Distribution; readonly limit: number };

/** What is not made of others. */
export type SimpleTime = Extract<Distribution, { readonly kind: 'constant' | 'exponential' | 'log-normal' }>;

export const isSimple = (d: Distribution): d is SimpleTime => d.kind === 'constant' || d.kind === 'exponential' || d.kind === 'log-normal';

export interface Alternative {
  readonly share: number;
  readonly of: Distribution;
}

export const ZERO: SimpleTime = { kind: 'constant', time: 0 };

export function constant(time: number): SimpleTime {
  return time === 0 ? ZERO : { kind: 'constant', time };
}

/** @param mean at least 0 */
export function exponential(mean: number): SimpleTime {
  return waiting(1, mean);
}

/** 0 with probability 1 − p, else exponential: the wait in M/M/c, with Erlang C as p and S/(c − a) as mean. */
export function waiting(probability: number, mean: number): SimpleTime {
  return mean === 0 || probability === 0 ? ZERO : { kind: 'exponential', probability, mean };
}

/** The wait in M/M/c/K, with K − c places to wait, ratio a/c, and S/c as the mean time between two that leave. */
export function boundedWait(probability: number, ratio: number, places: number, each: number): Distribution {
  return probability === 0 || places === 0 ? ZERO : { kind: 'bounded-wait', probability, ratio, places, each };
}

/** Of the standard normal: Φ(2.3263…) = 0.99. */
const Z99 = 2.3263478740408408;

/** The log-normal with this median and 99th percentile; 0 < p50 ≤ p99. */
export function logNormal(p50: number, p99: number): SimpleTime {
  return p50 === p99 ? constant(p50) : { kind: 'log-normal', mu: Math.log(p50), sigma: Math.log(p99 / p50) / Z99 };
}

/** One after another. */
export function sum(parts: readonly Distribution[]): Distribution {
  const [fixed, rest] = split(parts, (a, b) => a + b, 0);
  if (rest.length === 0) return constant(fixed);
  if (fixed > 0) rest.push(constant(fixed));
  return only(rest) ?? { kind: 'sum', parts: rest };
}

/** One of them. Shares count by their proportion; those of 0 are left out. */
export function mixture(parts: readonly Alternative[]): Distribution {
  const taken = parts.filter((p) => p.share > 0);
  const [first] = taken;
  if (!first) return ZERO;
  const fixed = first.of.kind === 'constant' ? first.of.time : undefined;
  if (taken.every((p) => p.of === first.of || (p.of.kind === 'constant' && p.of.time === fixed))) return first.of;
  const all = taken.reduce((n, p) => n + p.share, 0);
  return { kind: 'mixture', parts: taken.map((p) => ({ share: p.share / all, of: p.of })) };
}

/** With that probability, else nothing. */
export function sometimes(probability: number, of: Distribution): Distribution {
  return mixture([
    { share: probability, of },
    { share: 1 - probability, of: ZERO },
  ]);
}

/** So many, one after another. Of 2.3 it is 2 or 3, so that there are 2.3 in the mean. */
export function repeated(of: Distribution, times: number): Distribution {
  return wholeTimes(times, (n) => {
    if (n === 0) return ZERO;
    if (of.kind === 'constant') return constant(of.time * n);
    return n === 1 ? of : { kind: 'repeated', of, times: n };
  });
}

/** All at once, until the last is done. */
export function slowest(parts: readonly Distribution[]): Distribution {
  const [fixed, rest] = split(parts, Math.max, 0);
  if (rest.length === 0) return constant(fixed);
  if (fixed > 0) rest.push(constant(fixed));
  return only(rest) ?? { kind: 'slowest', parts: rest };
}

/** So many at once, until the last is done. Of 2.3 it is 2 or 3. */
export function slowestOf(of: Distribution, times: number): Distribution {
  return wholeTimes(times, (n) => {
    if (n === 0) return ZERO;
    return n === 1 || of.kind === 'constant' ? of : { kind: 'slowest-of', of, times: n };
  });
}

/** Given up after that time. */
export function atMost(of: Distribution, limit: number): Distribution {
  return of.kind === 'constant' ? constant(Math.min(of.time, limit)) : { kind: 'at-most', of, limit };
}

function wholeTimes(times: number, exactly: (n: number) => Distribution): Distribution {
  const least = Math.floor(times);
  if (times === least) return exactly(least);
  return mixture([
    { share: least + 1 - times, of: exactly(least) },
    { share: times - least, of: exactly(least + 1) },
  ]);
}

/** Constants combined, and what is none. */
function split(
  parts: readonly Distribution[],
  combine: (a: number, b: number) => number,
  start: number,
): readonly [number, Distribution[]] {
  let fixed = start;
  const rest: Distribution[] = [];
  for (const part of parts) {
    if (part.kind === 'constant') fixed = combine(fixed, part.time);
    else rest.push(part);
  }
  return [fixed, rest];
}

const only = (parts: readonly Distribution[]): Distribution | undefined => (parts.length === 1 ? parts[0] : undefined);

/** What a distribution is made of directly. */
export function partsOf(d: Distribution): readonly Distribution[] {
  switch (d.kind) {
    case 'constant':
    case 'exponential':
    case 'bounded-wait':
    case 'log-normal':
      return [];
    case 'sum':
    case 'slowest':
      return d.parts;
    case 'mixture':
      return d.parts.map((p) => p.of);
    case 'repeated':
    case 'slowest-of':
    case 'at-most':
      return [d.of];
  }
}

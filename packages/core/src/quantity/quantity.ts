import type { Span } from '../source.ts';
import { combine, type Dimension, dimensionName, isCount, raise, sameDimension } from './dimension.ts';

/**
 * A number in base units (seconds, bytes, currency) with its dimension. `low` and `high` are the ends of a 90 % interval where the
 * author gave a range; `value` is then its middle.
 */
export interface Quantity {
  readonly value: number;
  readonly dimension: Dimension;
  readonly low?: number;
  readonly high?: number;
  /** As the author wrote it, for messages and derivations: `10/day`, `users.peak * 3`. */
  readonly text?: string;
  readonly span?: Span;
}

/** A result, or the reason why there is none. */
export type Computed = { readonly ok: true; readonly value: Quantity } | { readonly ok: false; readonly error: string };

const good = (value: Quantity): Computed => ({ ok: true, value });
const bad = (error: string): Computed => ({ ok: false, error });

export function quantity(value: number, dimension: Dimension, text?: string): Quantity {
  return text === undefined ? { value, dimension } : { value, dimension, text };
}

/** A range as a 90 % interval: the middle is the arithmetic mean of its ends. */
export function interval(low: Quantity, high: Quantity, text?: string): Computed {
  if (!sameDimension(low.dimension, high.dimension)) {
    return bad(`the ends of a range must measure the same thing: ${dimensionName(low.dimension)} and ${dimensionName(high.dimension)}`);
  }
  if (low.value > high.value) return bad('the range runs backwards: its first end is greater than its second');
  const value = low.value + (high.value - low.value) / 2;
  return good({ value, low: low.value, high: high.value, dimension: low.dimension, ...(text === undefined ? {} : { text }) });
}

const corners = (a: Quantity, b: Quantity, f: (x: number, y: number) => number): { low: number; high: number } | undefined => {
  if (a.low === undefined && b.low === undefined) return undefined;
  const values = [a.low ?? a.value, a.high ?? a.value].flatMap((x) => [b.low ?? b.value, b.high ?? b.value].map((y) => f(x, y)));
  return { low: Math.min(...values), high: Math.max(...values) };
};

const finite = (result: Quantity): Computed =>
  Number.isFinite(result.value) ? good(result) : bad('the result is not a finite number (division by zero, or too large)');

/** `a op b` with dimension check. Interval ends are combined as extremes of the corners (exact for monotone operations). */
export function operate(op: '+' | '-' | '*' | '/' | '^', a: Quantity, b: Quantity): Computed {
  switch (op) {
    case '+':
    case '-': {
      if (!sameDimension(a.dimension, b.dimension)) {
        const verb = op === '+' ? 'added to' : 'subtracted from';
        return bad(`${dimensionName(b.dimension)} cannot be ${verb} ${dimensionName(a.dimension)}`);
      }
      const f = (x: number, y: number) => (op === '+' ? x + y : x - y);
      return finite({ value: f(a.value, b.value), dimension: a.dimension, ...corners(a, b, f) });
    }
    case '*':
    case '/': {
      const f = (x: number, y: number) => (op === '*' ? x * y : x / y);
      return finite({ value: f(a.value, b.value), dimension: combine(a.dimension, b.dimension, op === '*' ? 1 : -1), ...corners(a, b, f) });
    }
    case '^': {
      if (!isCount(b.dimension)) return bad(`an exponent must be a plain number, not ${dimensionName(b.dimension)}`);
      return finite({ value: a.value ** b.value, dimension: raise(a.dimension, b.value), ...corners(a, b, (x, y) => x ** y) });
    }
  }
}

/** Functions of expressions, with their number of arguments. */
export const FUNCTIONS: ReadonlyMap<string, { readonly arguments: readonly [number, number]; readonly doc: string }> = new Map([
  ['ceil', { arguments: [1, 1], doc: 'the next whole number above' }],
  ['floor', { arguments: [1, 1], doc: 'the next whole number below' }],
  ['round', { arguments: [1, 1], doc: 'the nearest whole number' }],
  ['min', { arguments: [1, 16], doc: 'the least of its arguments' }],
  ['max', { arguments: [1, 16], doc: 'the greatest of its arguments' }],
  ['log2', { arguments: [1, 1], doc: 'logarithm to base 2 of a plain number' }],
  ['sqrt', { arguments: [1, 1], doc: 'square root' }],
]);

/** Applies a function of FUNCTIONS. `ceil`, `floor`, `round` and `log2` want plain numbers: `ceil(3.2 s)` would depend on the unit. */
export function apply(name: string, args: readonly Quantity[]): Computed {
  const known = FUNCTIONS.get(name);
  const first = args[0];
  if (!known || !first) return bad(`there is no function ${name}`);
  if (args.length < known.arguments[0] || args.length > known.arguments[1]) {
    return bad(
      `${name} takes ${known.arguments[0] === known.arguments[1] ? known.arguments[0] : 'one or more'} argument(s), not ${args.length}`,
    );
  }
  const map = (f: (x: number) => number, dimension: Dimension) =>
    finite({
      value: f(first.value),
      dimension,
      ...(first.low === undefined ? {} : { low: f(first.low), high: f(first.high ?? first.value) }),
    });
  switch (name) {
    case 'sqrt':
      return map(Math.sqrt, raise(first.dimension, 0.5));
    case 'min':
    case 'max': {
      const odd = args.find((a) => !sameDimension(a.dimension, first.dimension));
      if (odd) return bad(`${name} compares like with like: ${dimensionName(first.dimension)} and ${dimensionName(odd.dimension)}`);
      const f = name === 'min' ? Math.min : Math.max;
      const ranged = args.some((a) => a.low !== undefined);
      return finite({
        value: f(...args.map((a) => a.value)),
        dimension: first.dimension,
        ...(ranged ? { low: f(...args.map((a) => a.low ?? a.value)), high: f(...args.map((a) => a.high ?? a.value)) } : {}),
      });
    }
    default: {
      if (!isCount(first.dimension))
        return bad(`${name} wants a plain number, not ${dimensionName(first.dimension)}; divide by a unit first`);
      const f = { ceil: Math.ceil, floor: Math.floor, round: Math.round, log2: Math.log2 }[name as 'ceil'];
      return map(f, first.dimension);
    }
  }
}

/**
 * 1 − a share, of the decimal number that it is: 1 − 0.999 is 0.001, not 0.0010000000000000009. A number that was computed (1/3) has no short
 * decimal, and is subtracted as it is.
 */
export function complement(share: number): number {
  const decimals = /^0\.(\d{1,15})$/.exec(String(share))?.[1]?.length;
  return decimals === undefined ? 1 - share : Number((1 - share).toFixed(decimals));
}

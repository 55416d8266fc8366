import { didYouMean } from '../did-you-mean.ts';
import { COUNT, combine } from './dimension.ts';
import { type Computed, interval, type Quantity, quantity } from './quantity.ts';
import { findUnit, MULTIPLIERS, UNITS } from './units.ts';

const NUMBER = /^(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*([A-Za-z%]*)(?:\/([A-Za-z]+))?$/;

function parseOne(text: string): Computed {
  const match = NUMBER.exec(text);
  if (!match) return { ok: false, error: `"${text}" is not a quantity` };
  const number = Number(match[1]);
  let word = match[2] ?? '';
  const per = match[3];
  let factor = 1;
  let dimension = COUNT;
  // `100M`, `2 M`, `5k/s`: a multiplier alone, or before a unit (`3M/s`). `M` is never a unit, so nothing is ambiguous.
  if (word && !findUnit(word)) {
    const multiplier = MULTIPLIERS.get(word.charAt(0));
    if (multiplier !== undefined && (word.length === 1 || findUnit(word.slice(1)))) {
      factor = multiplier;
      word = word.slice(1);
    }
  }
  if (word) {
    const unit = findUnit(word);
    if (!unit) return unknownUnit(word);
    factor *= unit.factor;
    dimension = unit.dimension;
  }
  if (per !== undefined) {
    const unit = findUnit(per);
    if (!unit) return unknownUnit(per);
    factor /= unit.factor;
    dimension = combine(dimension, unit.dimension, -1);
  }
  // Dividing by a whole number is exact where multiplying by its rounded inverse is not: 70 % is 0.7.
  const inverse = 1 / factor;
  // 99.9 / 100 is 0.9990000000000001, but 99.9e-2 is 0.999.
  const share = word === '%' && per === undefined && factor === 0.01 ? Number(`${match[1]}e-2`) : Number.NaN;
  const value = Number.isFinite(share) ? share : factor < 1 && Number.isInteger(inverse) ? number / inverse : number * factor;
  if (!Number.isFinite(value)) return { ok: false, error: `"${text}" is too large` };
  return { ok: true, value: quantity(value, dimension, text) };
}

/** How people write units that have another name here; what begins with `/` follows the number at once. */
const SAID: ReadonlyMap<string, string> = new Map([
  ...['sec', 'secs', 'second', 'seconds'].map((w) => [w, 's'] as const),
  ...['msec', 'msecs', 'millis', 'milliseconds'].map((w) => [w, 'ms'] as const),
  ...['mins', 'minute', 'minutes'].map((w) => [w, 'min'] as const),
  ...['hr', 'hrs', 'hour', 'hours'].map((w) => [w, 'h'] as const),
  ...['d', 'days'].map((w) => [w, 'day'] as const),
  ...['byte', 'bytes'].map((w) => [w, 'B'] as const),
  ...['kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'].flatMap((w) =>
    [w, `${w}s`].map((said) => [said, `${w.charAt(0).toUpperCase()}B`] as const),
  ),
  ...['gig', 'gigs'].map((w) => [w, 'GB'] as const),
  ...['meg', 'megs'].map((w) => [w, 'MB'] as const),
  ...['K', 'M', 'G'].map((m) => [`${m}Bps`, `${m}B/s`] as const),
  ...['percent', 'pct'].map((w) => [w, '%'] as const),
  ...['dollar', 'dollars'].map((w) => [w, 'USD'] as const),
  ...['euro', 'euros'].map((w) => [w, 'EUR'] as const),
  ...['weeks', 'wk'].map((w) => [w, 'week'] as const),
  ...['months', 'mo'].map((w) => [w, 'month'] as const),
  ...['years', 'yr', 'yrs', 'y'].map((w) => [w, 'year'] as const),
  ...['rps', 'qps', 'tps'].map((w) => [w, '/s'] as const),
  ...['thousand', 'K'].map((w) => [w, 'k'] as const),
  ...['million', 'millions', 'mio', 'mil', 'mln'].map((w) => [w, 'M'] as const),
  ...['billion', 'billions', 'bn'].map((w) => [w, 'G'] as const),
]);

/** The unit or multiplier that a word is meant for: another name of it, or its misspelling. */
export function meantUnit(word: string): string | undefined {
  return (
    SAID.get(word) ??
    SAID.get(word.toLowerCase()) ??
    didYouMean(
      word,
      UNITS.map((u) => u.name),
    )
  );
}

/** What to write for a plain number and a word behind it that is no unit, if one can tell: `5 s` for `5` and `seconds`. */
export function meantQuantity(number: string, word: string): string | undefined {
  // `Gb` may be bits or bytes.
  if (!/^\d+(?:\.\d+)?$/.test(number) || /^[kKMGT]b$/.test(word)) return undefined;
  const unit = word.length > 1 || SAID.has(word) ? meantUnit(word) : undefined;
  return unit && `${number}${/^[/kMG%]$|^\//.test(unit) ? '' : ' '}${unit}`;
}

/** `99.9%` for the plain number `99.9`, which is too much for a share; undefined for what would be no share either. */
export function meantPercentage({ value, text = '' }: Pick<Quantity, 'value' | 'text'>): string | undefined {
  return value > 1 && value <= 100 && /^\d+(?:\.\d+)?$/.test(text) ? `${text}%` : undefined;
}

function unknownUnit(word: string): Computed {
  if (word === 'm') return { ok: false, error: 'unknown unit "m": a million is M, a minute min, a month month' };
  const near = word.length > 1 || SAID.has(word) ? meantUnit(word) : undefined;
  return { ok: false, error: `unknown unit "${word}"${near ? `; did you mean "${near}"?` : '; a number of things has no unit'}` };
}

/** Does the text end in a unit (so that a range's first end without one takes it over)? */
const hasUnit = (text: string): boolean => /[A-Za-z%]/.test(text.replace(/^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*/, ''));

/** Text of a range's first end with the unit that it takes over from the second one's `suffix`: `80M` and `M/day` give `80M/day`. */
function firstEnd(text: string, suffix: string): string {
  if (!hasUnit(text)) return text + suffix;
  if (!MULTIPLIERS.has(/[A-Za-z%/]*$/.exec(text)?.[0] ?? '')) return text;
  // It has a multiplier of its own, but no unit.
  const [word = '', per] = suffix.trim().split('/');
  const unit = !findUnit(word) && MULTIPLIERS.has(word.charAt(0)) ? word.slice(1) : word;
  return text + unit + (per === undefined ? '' : `/${per}`);
}

/**
 * Reads one quantity token of the language: `10`, `100M`, `2 MB/s`, `99.95%`, `3x`, `10..20 ms`, `80M..120M`.
 * In a range the unit of the second end is both ends' unless the first has its own.
 */
export function parseQuantity(text: string): Computed {
  const parts = text.split('..');
  if (parts.length === 1) return parseOne(text.trim());
  if (parts.length > 2) return { ok: false, error: `"${text}" is not a range: one ".." only` };
  const [lowText = '', highText = ''] = parts.map((p) => p.trim());
  const suffix = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(\s*[A-Za-z%/]*)$/.exec(highText)?.[1] ?? '';
  const low = parseOne(firstEnd(lowText, suffix));
  const high = parseOne(highText);
  if (!low.ok) return low;
  if (!high.ok) return high;
  return interval(low.value, high.value, text);
}

import { DAY, MONTH, YEAR } from './calendar.ts';
import { COUNT, DATA, type Dimension, EUR, TIME, USD } from './dimension.ts';

/** A unit of the language: what one of it is in base units (seconds, bytes, currency). */
export interface Unit {
  readonly name: string;
  readonly dimension: Dimension;
  readonly factor: number;
  readonly doc: string;
}

const unit = (name: string, dimension: Dimension, factor: number, doc: string): Unit => ({ name, dimension, factor, doc });

/** Every unit of the language, in the order in which completion offers them. */
export const UNITS: readonly Unit[] = [
  unit('ns', TIME, 1e-9, 'nanosecond'),
  unit('us', TIME, 1e-6, 'microsecond'),
  unit('ms', TIME, 1e-3, 'millisecond'),
  unit('s', TIME, 1, 'second'),
  unit('min', TIME, 60, 'minute'),
  unit('h', TIME, 3600, 'hour'),
  unit('day', TIME, DAY, 'day of 24 hours'),
  unit('week', TIME, 7 * DAY, 'week of 7 days'),
  unit('month', TIME, MONTH, 'month of 30 days'),
  unit('year', TIME, YEAR, 'year of 365 days'),
  unit('B', DATA, 1, 'byte'),
  unit('KB', DATA, 1e3, 'kilobyte, 1000 bytes'),
  unit('MB', DATA, 1e6, 'megabyte, 10^6 bytes'),
  unit('GB', DATA, 1e9, 'gigabyte, 10^9 bytes'),
  unit('TB', DATA, 1e12, 'terabyte, 10^12 bytes'),
  unit('PB', DATA, 1e15, 'petabyte, 10^15 bytes'),
  unit('EB', DATA, 1e18, 'exabyte, 10^18 bytes'),
  unit('KiB', DATA, 2 ** 10, 'kibibyte, 1024 bytes'),
  unit('MiB', DATA, 2 ** 20, 'mebibyte, 2^20 bytes'),
  unit('GiB', DATA, 2 ** 30, 'gibibyte, 2^30 bytes'),
  unit('TiB', DATA, 2 ** 40, 'tebibyte, 2^40 bytes'),
  unit('PiB', DATA, 2 ** 50, 'pebibyte, 2^50 bytes'),
  unit('EiB', DATA, 2 ** 60, 'exbibyte, 2^60 bytes'),
  unit('bit', DATA, 1 / 8, 'bit, an eighth of a byte'),
  unit('Kbit', DATA, 1e3 / 8, 'kilobit, 1000 bits'),
  unit('Mbit', DATA, 1e6 / 8, 'megabit, 10^6 bits'),
  unit('Gbit', DATA, 1e9 / 8, 'gigabit, 10^9 bits'),
  unit('Tbit', DATA, 1e12 / 8, 'terabit, 10^12 bits'),
  unit('bps', { ...DATA, time: -1 }, 1 / 8, 'bit per second'),
  unit('Kbps', { ...DATA, time: -1 }, 1e3 / 8, 'kilobit per second'),
  unit('Mbps', { ...DATA, time: -1 }, 1e6 / 8, 'megabit per second'),
  unit('Gbps', { ...DATA, time: -1 }, 1e9 / 8, 'gigabit per second'),
  unit('Tbps', { ...DATA, time: -1 }, 1e12 / 8, 'terabit per second'),
  unit('USD', USD, 1, 'US dollar'),
  unit('EUR', EUR, 1, 'euro'),
  unit('%', COUNT, 0.01, 'per cent: a hundredth'),
  unit('x', COUNT, 1, 'times: a ratio'),
];

const byName = new Map(UNITS.map((u) => [u.name, u]));

/** The unit of that exact spelling (case counts: `MB` is megabytes, `Mbit` megabits), or undefined. */
export function findUnit(name: string): Unit | undefined {
  return byName.get(name);
}

/** SI suffixes of numbers: `100M`, `20G`. */
export const MULTIPLIERS: ReadonlyMap<string, number> = new Map([
  ['k', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['T', 1e12],
]);

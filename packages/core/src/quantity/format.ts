import { DAY, MONTH, YEAR } from './calendar.ts';
import { BANDWIDTH, COUNT, DATA, type Dimension, dimensionName, EUR, RATE, sameDimension, TIME, USD } from './dimension.ts';

const SI: readonly [number, string][] = [
  [1e15, 'P'],
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
  [1, ''],
];
/** `5 E` would read as the beginning of a power of ten; `5 EB` does not. */
const SI_OF_UNITS: typeof SI = [[1e18, 'E'], ...SI];

/** Number with `digits` significant figures and without trailing zeros: 1157407.4 → "1160000" for 3. Whole parts are never cut. */
export function significant(value: number, digits: number): string {
  if (value === 0) return '0';
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const decimals = Math.max(0, Math.min(20, digits - 1 - magnitude));
  const text = value.toFixed(decimals);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Number as a power of ten: `5.76 × 10²⁵`, `1.2 × 10⁻⁵`, `10⁶`; `digits` significant figures without trailing zeros. */
export function scientific(value: number, digits: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(Math.max(0, digits - 1)).split('e');
  const power = [...exponent.replace('+', '')].map((c) => (c === '-' ? '⁻' : (SUPERSCRIPTS[Number(c)] ?? c))).join('');
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return short === '1' ? `10${power}` : `${short} × 10${power}`;
}

function scaled(value: number, digits: number, suffix: string): string {
  const size = Math.abs(value);
  // 999,960 with three figures would print as "1000 k", and 0.00099999999 as a power of ten: the step is chosen after rounding.
  const rounded = size === 0 ? 0 : Number(size.toPrecision(digits));
  const steps = suffix === '' ? SI : SI_OF_UNITS;
  if (size !== 0 && (rounded < 0.001 || rounded >= 1000 * (steps[0]?.[0] ?? 1)))
    return `${scientific(value, digits)}${suffix === '' ? '' : ` ${suffix}`}`;
  const [step, letter] = steps.find(([s]) => rounded >= s) ?? [1, ''];
  const unit = `${letter}${suffix}`;
  return `${significant(value / step, digits)}${unit === '' ? '' : ` ${unit}`}`;
}

/** The language writes KB with a capital, unlike the SI step `k` of plain numbers. */
const bytes = (value: number, digits: number): string => scaled(value, digits, 'B').replace(' kB', ' KB');

/** Bytes per second in bits, as network cards are sold: `1.39 Gbit/s`. */
export function formatBits(bytesPerSecond: number, digits = 3): string {
  return `${scaled(bytesPerSecond * 8, digits, 'bit').replace(' kbit', ' Kbit')}/s`;
}

const TIMES: readonly [number, string][] = [
  [YEAR, 'year'],
  [DAY, 'day'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
  [1e-3, 'ms'],
  [1e-6, 'us'],
  [1e-9, 'ns'],
];

function time(value: number, digits: number): string {
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-12) return `${scientific(value, digits)} s`;
  if (size >= 1e6 * YEAR) return `${scientific(value / YEAR, digits)} year`;
  const [step, unit] = TIMES.find(([s]) => Math.abs(value) >= s * 0.9999995) ?? [1e-9, 'ns'];
  return value === 0 ? '0 s' : `${significant(value / step, digits)} ${unit}`;
}

const RATE_UNITS: readonly [number, string][] = [
  [1, 's'],
  [60, 'min'],
  [3600, 'h'],
  [DAY, 'day'],
  [MONTH, 'month'],
  [YEAR, 'year'],
];

/** A rate in the first unit in which it is one or more: `12/s`, `6/h`, `10/day`; what is rarer than once a year by the year. */
function perUnit(perSecond: number, show: (value: number) => string, greatest = Math.abs(perSecond)): string {
  if (greatest === 0) return '0/s';
  const [times, unit] = RATE_UNITS.find(([n]) => greatest * n >= 0.9999995) ?? [YEAR, 'year'];
  return `${show(perSecond * times)}/${unit}`;
}

/** Two rates (1/s) that a sentence compares, both in the unit of the greater: `0.926/s` and `14.8/s`. */
export function comparedRates(a: number, b: number, digits = 3): readonly [string, string] {
  const greatest = Math.max(Math.abs(a), Math.abs(b));
  const text = (value: number): string => perUnit(value, (n) => scaled(n, digits, ''), greatest);
  return [text(a), text(b)];
}

/** A rate (1/s) as tables show it: `11,574.07/s`, `6/h`. */
export const groupedRate = (perSecond: number): string => perUnit(perSecond, grouped);

/**
 * A value in base units as people read it: `1.16 M/s`, `6/h`, `200 TB`, `10 ms`, `2.5 GB/s`, `120 USD`. `digits` significant figures (3).
 * Rounding happens here only; the model keeps exact numbers.
 */
export function formatQuantity(value: number, dimension: Dimension, digits = 3): string {
  if (sameDimension(dimension, COUNT)) return scaled(value, digits, '');
  if (sameDimension(dimension, RATE)) return perUnit(value, (n) => scaled(n, digits, ''));
  if (sameDimension(dimension, TIME)) return time(value, digits);
  if (sameDimension(dimension, DATA)) return bytes(value, digits);
  if (sameDimension(dimension, BANDWIDTH)) return `${bytes(value, digits)}/s`;
  if (sameDimension(dimension, USD)) return `${significant(value, digits)} USD`;
  if (sameDimension(dimension, EUR)) return `${significant(value, digits)} EUR`;
  const perTime: Dimension = { ...dimension, time: dimension.time + 1 };
  if (dimension.time === -1 && (sameDimension(perTime, USD) || sameDimension(perTime, EUR))) {
    return `${significant(value * MONTH, digits)} ${dimension.usd ? 'USD' : 'EUR'}/month`;
  }
  return `${scaled(value, digits, '')} ${dimensionName(dimension)}`;
}

/**
 * A ratio as a percentage: 0.7 → "70 %". Below 10 % two figures, above 1000 % as a multiple: "13.6×". What is nearly nothing: "< 0.001 %". Around
 * 100 % as many as tell it from 100 %: 1.0008 → "100.08 %".
 */
export function formatRatio(ratio: number): string {
  if (ratio >= 10) return `${rounded(ratio)}×`;
  if (ratio > 0 && ratio < 1e-5) return '< 0.001 %';
  const text = significant(ratio * 100, ratio < 0.0995 ? 2 : 3);
  if (text !== '100' || Math.abs(ratio - 1) < 1e-6) return `${text} %`;
  return `${significant(ratio * 100, 3 - Math.floor(Math.log10(Math.abs(ratio - 1) * 100)))} %`;
}

/** Digits of the unavailability that are shown: 99.940005 % for 5.9995 × 10⁻⁴. */
const UNAVAILABILITY_DIGITS = 5;

/** The availability to an unavailability as a percentage, with as many nines as tell what is missing to 100 %. */
export function formatAvailability(unavailability: number, digits = UNAVAILABILITY_DIGITS): string {
  if (unavailability <= 0) return '100 %';
  const magnitude = Math.floor(Math.log10(unavailability * 100));
  const decimals = Math.max(0, Math.min(12, digits - 1 - magnitude));
  const text = ((1 - unavailability) * 100).toFixed(decimals);
  // 1 − 10⁻¹⁶ is not 100 %.
  if (Number(text) === 100) return 'more than 99.999999999 %';
  return `${text.includes('.') ? text.replace(/\.?0+$/, '') : text} %`;
}

/** With thousands separators, at most two decimals and eight significant figures: 1157407.407 → "1,157,407.4", 11574.074 → "11,574.07". */
export function grouped(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.01) return scientific(value, 3);
  if (Math.abs(value) >= 1e15) return scientific(value, 4);
  const whole = Math.floor(Math.log10(Math.max(1, Math.abs(value)))) + 1;
  const decimals = Math.max(0, Math.min(2, 8 - whole));
  const [integer = '0', fraction] = value.toFixed(decimals).split('.');
  const separated = integer.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const rest = fraction?.replace(/0+$/, '');
  return rest ? `${separated}.${rest}` : separated;
}

/** An amount of money: `12,346 USD`, below a thousand with its cents. */
export const money = (value: number, { eur }: Dimension): string =>
  `${grouped(value >= 1000 ? Math.round(value) : value)} ${eur ? 'EUR' : 'USD'}`;

/** A factor of the traffic: 3.4 → "3.4x", 16800 → "16,800x", with three significant figures. */
export const formatTimes = (factor: number): string => `${factor >= 1000 ? rounded(factor) : significant(factor, 3)}x`;

/** Three significant figures with thousands separators; of 10¹⁵ and more as a power of ten. */
const rounded = (value: number): string => grouped(Number(value.toPrecision(3)));

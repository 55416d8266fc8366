/**
 * Exponents of the base dimensions: time (seconds), data (bytes), money (each currency its own: they do not add up).
 * Counts, requests and ratios have no dimension. A request rate is `time: -1`.
 */
export interface Dimension {
  readonly time: number;
  readonly data: number;
  readonly usd: number;
  readonly eur: number;
}

const dimension = (time: number, data = 0, usd = 0, eur = 0): Dimension => ({ time, data, usd, eur });

export const COUNT: Dimension = dimension(0);
export const TIME: Dimension = dimension(1);
export const RATE: Dimension = dimension(-1);
export const DATA: Dimension = dimension(0, 1);
export const BANDWIDTH: Dimension = dimension(-1, 1);
export const USD: Dimension = dimension(0, 0, 1);
export const EUR: Dimension = dimension(0, 0, 0, 1);

export function sameDimension(a: Dimension, b: Dimension): boolean {
  return a.time === b.time && a.data === b.data && a.usd === b.usd && a.eur === b.eur;
}

export function isCount(a: Dimension): boolean {
  return sameDimension(a, COUNT);
}

/** Dimension of a product (`sign` 1) or quotient (`sign` -1). */
export function combine(a: Dimension, b: Dimension, sign: 1 | -1): Dimension {
  return dimension(a.time + sign * b.time, a.data + sign * b.data, a.usd + sign * b.usd, a.eur + sign * b.eur);
}

/** Dimension of a power. Exponents of dimensions may become fractions (`sqrt`), which is right for intermediate results. */
export function raise(a: Dimension, exponent: number): Dimension {
  return dimension(a.time * exponent, a.data * exponent, a.usd * exponent, a.eur * exponent);
}

const NAMES: readonly [Dimension, string][] = [
  [COUNT, 'a count'],
  [TIME, 'a time'],
  [RATE, 'a rate (per time)'],
  [DATA, 'an amount of data'],
  [BANDWIDTH, 'data per time'],
  [USD, 'money (USD)'],
  [EUR, 'money (EUR)'],
  [dimension(-1, 0, 1), 'money per time (USD)'],
  [dimension(-1, 0, 0, 1), 'money per time (EUR)'],
];

/** A name for messages: "a time", "data per time", or the exponents (`s^2·B`). */
export function dimensionName(a: Dimension): string {
  const known = NAMES.find(([d]) => sameDimension(d, a));
  if (known) return known[1];
  const parts: [string, number][] = [
    ['B', a.data],
    ['s', a.time],
    ['USD', a.usd],
    ['EUR', a.eur],
  ];
  return parts
    .filter(([, n]) => n !== 0)
    .map(([unit, n]) => (n === 1 ? unit : `${unit}^${n}`))
    .join('·');
}

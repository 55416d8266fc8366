import { BANDWIDTH, COUNT, DATA, type Dimension, dimensionName, EUR, RATE, sameDimension, scientific, TIME, USD } from '@sysd/core';

const UNITS: readonly [Dimension, string][] = [
  [COUNT, '1'],
  [RATE, '1/s'],
  [TIME, 's'],
  [DATA, 'B'],
  [BANDWIDTH, 'B/s'],
  [USD, 'USD'],
  [EUR, 'EUR'],
  [{ ...USD, time: -1 }, 'USD/s'],
  [{ ...EUR, time: -1 }, 'EUR/s'],
];

/** Base unit of a dimension for the JSON outputs: `1/s`, `B`, `1` for counts and ratios. */
export function baseUnit(dimension: Dimension): string {
  return UNITS.find(([d]) => sameDimension(d, dimension))?.[1] ?? dimensionName(dimension);
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

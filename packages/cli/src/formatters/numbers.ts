import { BANDWIDTH, COUNT, DATA, type Dimension, dimensionName, EUR, RATE, sameDimension, TIME, USD } from '@sysd/core';

export { grouped } from '@sysd/core';

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

import {
  COUNT,
  type Dimension,
  formatQuantity,
  formatRatio,
  groupedRate,
  isFigure,
  type Measure,
  type MeasureName,
  money,
} from '@sysd/core';
import { grouped } from './numbers.ts';
import type { Part } from './parts.ts';

export const dash = '–';

/** What is measured, in the words of the estimate's tables. */
const MEASURE_WORDS: Readonly<Record<MeasureName, string>> = {
  rate: 'average rate',
  'rate-at-peak': 'peak rate',
  utilization: 'utilisation at peak',
  'instances-needed': 'instances needed',
  'stored-per-day': 'stored a day, all copies',
  retained: 'retained',
  'cost-per-month': 'cost a month',
};

/** A value of a measure as people read it. */
export function measureValue(name: MeasureName, value: number, dimension: Dimension = COUNT): string {
  switch (name) {
    case 'rate':
    case 'rate-at-peak':
      return groupedRate(value);
    case 'utilization':
      return formatRatio(value);
    case 'instances-needed':
      return grouped(Math.round(value)); // whole, but for quantiles between two samples
    case 'stored-per-day':
    case 'retained':
      return formatQuantity(value, { time: 0, data: 1, usd: 0, eur: 0 }, 4);
    case 'cost-per-month':
      return money(value, dimension);
  }
}

/** The same, or a dash where it is not estimated. */
export function measureText({ name, estimate }: Measure): string {
  return isFigure(estimate) ? measureValue(name, estimate.value, estimate.dimension) : dash;
}

/** Which measure it is: `utilization of api`, and of the whole design `instances-needed`. */
export const measureKey = ({ element, name }: Pick<Measure, 'element' | 'name'>): string =>
  element === undefined ? name : `${name} of ${element}`;

/** Why numbers are missing, each reason once; nothing where none is. */
export function missingParts(measures: Iterable<Measure>): Part[] {
  const all = new Set<string>();
  for (const { estimate } of measures) if (!isFigure(estimate)) all.add(estimate.notEstimated);
  const lines = [...all].filter((reason) => ![...all].some((other) => other.startsWith(`${reason} `)));
  return lines.length > 0 ? [{ heading: `Not estimated (${dash})`, lines }] : [];
}

/** In a column of a table: `api: utilisation`, and of the whole design `all: instances needed`. */
export const measureTitle = ({ element, name }: Pick<Measure, 'element' | 'name'>): string => `${element ?? 'all'}: ${MEASURE_WORDS[name]}`;

/** Those that tables show: averages follow from the peaks, and rates of components from those of the flows. */
export function tellingMeasures(measures: readonly Measure[]): Measure[] {
  const sized = new Set(measures.flatMap((m) => (m.name === 'utilization' ? [m.element] : [])));
  return measures.filter(
    ({ name, element }) => name !== 'rate' && !(name === 'rate-at-peak' && element !== undefined && sized.has(element)),
  );
}

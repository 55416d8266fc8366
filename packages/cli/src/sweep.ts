import { headroomOf, loadAnalyser, measuresOf } from '@sysd/analysis';
import {
  BANDWIDTH,
  COUNT,
  DATA,
  type Design,
  type Dimension,
  dimensionName,
  EUR,
  type Headroom,
  isProperty,
  isWholeNumber,
  type Measure,
  parseQuantity,
  propertySchema,
  RATE,
  sameDimension,
  TIME,
  USD,
} from '@sysd/core';
import type { LowerOptions } from '@sysd/language';
import { designReader } from './designs.ts';
import { CouldNotRun } from './fail.ts';

/** A value that runs over a range: `users.daily-active=1M..1G:13`. */
export interface SweepSpec {
  /** As in a scenario: `users.daily-active`, a let, `Post.at`. */
  readonly path: string;
  readonly dimension: Dimension;
  /** In base units, from the lower to the upper end. */
  readonly values: readonly [number, ...number[]];
  /** What stands behind the number: `each`, `across us`. */
  readonly suffix: string;
  readonly scale: 'log' | 'linear';
}

export interface SweepPoint {
  readonly value: number;
  readonly design: Design;
  readonly measures: readonly Measure[];
  readonly headroom: readonly Headroom[];
}

export interface Sweep {
  readonly spec: SweepSpec;
  /** One for each value. */
  readonly points: readonly [SweepPoint, ...SweepPoint[]];
}

const STEPS = 13; // four to a power of ten over 1M..1G
const MOST_STEPS = 500;
const EXAMPLE =
  'write users.daily-active=1M..1G, with a number of steps users.daily-active=1M..1G:25, evenly spaced users.peak=1..10:10:linear';

/** Reads `PATH=LOW..HIGH[:STEPS][:linear]`; the steps are evenly spaced on a logarithmic scale unless `linear` or an end is 0. */
export function readSweep(text: string): SweepSpec {
  const fail = (message: string): never => {
    throw new CouldNotRun(`--sweep ${text}: ${message}`);
  };
  const equals = text.indexOf('=');
  if (equals < 1) return fail(`a sweep names what runs over which range: ${EXAMPLE}`);
  const path = text.slice(0, equals).trim();
  const [written = '', ...options] = text
    .slice(equals + 1)
    .split(':')
    .map((part) => part.trim());
  const { low, high, dimension, suffix } = rangeOf(written) ?? fail(`"${written}" is no range: ${EXAMPLE}`);
  if (low === high) return fail(`the two ends are the same: there is nothing between ${written}`);
  let steps = STEPS;
  let linear = low <= 0;
  for (const option of options) {
    if (option === 'linear') linear = true;
    else if (option === 'log' && low <= 0) return fail('a logarithmic scale does not reach 0; begin above it, or write :linear');
    else if (/^\d+$/.test(option) && Number(option) >= 2 && Number(option) <= MOST_STEPS) steps = Number(option);
    else if (option !== 'log') return fail(`"${option}" is no number of steps (2 to ${MOST_STEPS}) and no scale (log, linear): ${EXAMPLE}`);
  }
  const at = (i: number): number => {
    const share = i / (steps - 1);
    if (i === 0 || i === steps - 1) return i === 0 ? low : high;
    return Number((linear ? low + (high - low) * share : low * (high / low) ** share).toPrecision(12));
  };
  const values = Array.from({ length: steps }, (_, i) => (takesWhole(path) ? Math.round(at(i)) : at(i)));
  if (baseText(low, dimension) === undefined) return fail(`${dimensionName(dimension)} cannot be swept`);
  const [first = low, ...more] = new Set(values);
  return { path, dimension, suffix, values: [first, ...more], scale: linear ? 'linear' : 'log' };
}

/** The longest beginning that is a range, and the words behind it. */
function rangeOf(text: string): { low: number; high: number; dimension: Dimension; suffix: string } | undefined {
  const words = text.split(/\s+/);
  for (let n = words.length; n > 0; n--) {
    const parsed = parseQuantity(words.slice(0, n).join(' '));
    if (!parsed.ok || parsed.value.low === undefined || parsed.value.high === undefined) continue;
    const { low, high, dimension } = parsed.value;
    return { low, high, dimension, suffix: words.slice(n).join(' ') };
  }
  return undefined;
}

/** Whether the property at the end of a path wants whole numbers, as `replicas` does. */
function takesWhole(path: string): boolean {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return path.includes('.') && isProperty(name) && isWholeNumber(propertySchema(name).phrase);
}

const UNIT_TEXTS: readonly [Dimension, string][] = [
  [COUNT, ''],
  [RATE, '/s'],
  [TIME, ' s'],
  [DATA, ' B'],
  [BANDWIDTH, ' B/s'],
  [USD, ' USD'],
  [EUR, ' EUR'],
  [{ ...USD, time: -1 }, ' USD/s'],
  [{ ...EUR, time: -1 }, ' EUR/s'],
];

/** A number in base units as text of the language; undefined for dimensions that it has no units for. */
function baseText(value: number, dimension: Dimension): string | undefined {
  const unit = UNIT_TEXTS.find(([d]) => sameDimension(d, dimension))?.[1];
  return unit === undefined ? undefined : `${value}${unit}`;
}

/** Evaluates a design at each value, by the same lowering and analysis as with `--set`. */
export function sweep(uri: string, spec: SweepSpec, options: LowerOptions): Sweep {
  const read = designReader(uri);
  const analyse = loadAnalyser();
  const point = (value: number): SweepPoint => {
    const setting = `${spec.path}=${baseText(value, spec.dimension)}${spec.suffix === '' ? '' : ` ${spec.suffix}`}`;
    const design = read({ ...options, set: [...(options.set ?? []), setting] });
    const analysis = analyse(design);
    return { value, design, measures: measuresOf(design, analysis), headroom: headroomOf(design, analysis.traffic) };
  };
  const [first, ...others] = spec.values;
  return { spec, points: [point(first), ...others.map(point)] };
}

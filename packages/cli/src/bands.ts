import {
  type Band,
  bandOf,
  type DistributionName,
  distributionOf,
  latinHypercube,
  loadAnalyser,
  measuresOf,
  quantileOf,
  ranksOf,
  varianceShare,
} from '@sysd/analysis';
import { type Design, type Dimension, isFigure, type Measure } from '@sysd/core';
import { type Lowered, type LowerOptions, sampledLowering, type UncertainInput } from '@sysd/language';
import { designOf, isError, NotInDesign } from './designs.ts';
import { CouldNotRun } from './fail.ts';
import { shortName } from './files.ts';
import { measureKey } from './formatters/measures.ts';

/** A result over the samples. */
export interface MeasureBand {
  /** As it is with the middle of each range. */
  readonly measure: Measure;
  readonly dimension: Dimension;
  readonly band: Band;
  /** Part of the variance that each input accounts for by itself, indexed like the inputs. */
  readonly shares: readonly number[];
}

export interface Bands {
  readonly design: Design;
  readonly samples: number;
  readonly seed: number;
  readonly inputs: readonly (UncertainInput & { readonly distribution: DistributionName })[];
  /** Results that the inputs change, in the order of the estimate. */
  readonly measures: readonly MeasureBand[];
  /** Results that are not known in some samples, with the reason of the first of them. */
  readonly unknown: readonly { readonly measure: Measure; readonly samples: number; readonly reason: string }[];
  /** Components that are over capacity in some samples, with the share of the samples. */
  readonly overCapacity: readonly { readonly component: string; readonly share: number }[];
  /** Expectations, with the share of the samples in which each holds. */
  readonly expectations: readonly { readonly text: string; readonly holds: number }[];
}

/** The same samples each time: the same design, the same bands. */
const SEED = 1;

/**
 * Evaluates a design with other numbers in place of its ranges, sample after sample (a Latin hypercube), by the same lowering and analysis.
 *
 * @param options those by which it was lowered
 */
export function bands(lowered: Lowered, samples: number, options: LowerOptions): Bands {
  const { design, inputs, sample } = sampler(lowered, options);
  if (inputs.length === 0)
    throw new NotInDesign({
      message:
        'nothing is uncertain: write the range of a number that is not known better, such as daily-active: 80M..120M (its 90 % interval), or give one with --set users.daily-active=80M..120M',
      file: shortName(design.uri),
    });
  const analyse = loadAnalyser();
  const measuresIn = (of: Design) => measuresOf(of, analyse(of));
  const rows = new Map(
    measuresIn(design).map((measure) => [measureKey(measure), { measure, values: new Float64Array(samples).fill(Number.NaN), reason: '' }]),
  );
  const values = inputs.map(() => new Float64Array(samples));
  const holding = design.expectations.map(() => 0);
  latinHypercube(samples, inputs.length, SEED).forEach((point, i) => {
    const numbers = inputs.map((input, k) => quantileOf(input, point[k] ?? 0.5));
    numbers.forEach((value, k) => {
      (values[k] as Float64Array)[i] = value;
    });
    const one = sample(numbers);
    one.expectations.forEach((e, k) => {
      if (e.holds) holding[k] = (holding[k] ?? 0) + 1;
    });
    for (const { estimate, ...measure } of measuresIn(one)) {
      const row = rows.get(measureKey(measure));
      if (!row) continue;
      if (isFigure(estimate)) row.values[i] = estimate.value;
      else row.reason ||= estimate.notEstimated;
    }
  });
  const inputRanks = values.map(ranksOf);
  const measures: MeasureBand[] = [];
  const unknown: Bands['unknown'][number][] = [];
  const overCapacity: Bands['overCapacity'][number][] = [];
  for (const { measure, values: found, reason } of rows.values()) {
    const missing = found.filter(Number.isNaN).length;
    if (missing > 0) {
      if (missing < samples || isFigure(measure.estimate)) unknown.push({ measure, samples: missing, reason });
      continue;
    }
    if (measure.name === 'utilization' && measure.element !== undefined) {
      const over = found.filter((u) => u > 1 + 1e-9).length;
      if (over > 0) overCapacity.push({ component: measure.element, share: over / samples });
    }
    const [low, high] = [Math.min(...found), Math.max(...found)];
    if (!isFigure(measure.estimate) || high - low <= 1e-9 * Math.abs(high)) continue;
    const ranks = ranksOf(found);
    measures.push({
      measure,
      dimension: measure.estimate.dimension,
      band: bandOf(found),
      shares: inputRanks.map((input) => varianceShare(input, ranks)),
    });
  }
  return {
    design,
    samples,
    seed: SEED,
    inputs: inputs.map((input) => ({ ...input, distribution: distributionOf(input) })),
    measures,
    unknown,
    overCapacity,
    expectations: design.expectations.map((e, k) => ({ text: e.text, holds: (holding[k] ?? 0) / samples })),
  };
}

/** A design whose ranges may be given other numbers, sample after sample. */
interface Sampler {
  /** As written: of each range its middle. */
  readonly design: Design;
  readonly inputs: readonly UncertainInput[];
  /** The design with a number for each input, in their order. */
  readonly sample: (values: readonly number[]) => Design;
}

function sampler({ project }: Lowered, options: LowerOptions): Sampler {
  const { base, inputs, lower } = sampledLowering(project, options);
  const design = designOf(base, options);
  const sample = (values: readonly number[]): Design => {
    const lowered = lower(values);
    const wrong = lowered.diagnostics.find(isError);
    if (!wrong) return lowered.design;
    const numbers = inputs.map((input, i) => `${input.name} = ${Number((values[i] ?? 0).toPrecision(4))}`).join(', ');
    throw new CouldNotRun(`${shortName(design.uri)} has an error with ${numbers}: ${wrong.message}`);
  };
  return { design, inputs, sample };
}

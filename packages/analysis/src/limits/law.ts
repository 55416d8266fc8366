import { type Dimension, type Estimate, type Figure, isFigure } from '@sysd/core';
import { compute } from '../figure/make.ts';
import { type Estimated, isNotEstimated } from '../queueing/domain.ts';

/** A figure by a law that may refuse its inputs: then its reason is given. */
export function byLaw(
  label: string,
  formula: string,
  inputs: readonly Estimate[],
  dimension: Dimension,
  law: (...values: number[]) => Estimated<number>,
): Estimate {
  if (inputs.every(isFigure)) {
    const result = law(...(inputs as readonly Figure[]).map((i) => i.value));
    return isNotEstimated(result) ? result : compute(label, formula, inputs, dimension, () => result);
  }
  return compute(label, formula, inputs, dimension, () => Number.NaN);
}

/** The greatest of those that are known; the reason of the first where none is. */
export function greatest(label: string, formula: string, parts: readonly Estimate[], none: Estimate): Estimate {
  const known = parts.filter(isFigure);
  const first = known[0];
  if (!first) return parts[0] ?? none;
  return compute(label, formula, known, first.dimension, (...values) => Math.max(...values));
}

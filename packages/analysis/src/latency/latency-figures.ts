import { type Estimate, type Figure, notEstimated, TIME } from '@sysd/core';
import { isNotEstimated } from '../queueing/domain.ts';
import type { Timed } from './composition.ts';
import { summarize } from './distribution/quantiles.ts';
import { QUANTILES } from './objectives.ts';

/** Figures beyond this many digits would say more than is known. */
const DIGITS = 5;

/** Mean and quantiles of a time, s, with how they are computed and from what. */
export function latencyFigures(
  time: Timed,
  what: string,
  formulas: { readonly mean: string; readonly quantile: string },
  inputs: readonly Figure[],
): Record<'mean' | keyof typeof QUANTILES, Estimate> {
  if (isNotEstimated(time)) {
    const no = notEstimated(time.notEstimated);
    return { mean: no, p50: no, p95: no, p99: no };
  }
  const { mean, quantiles } = summarize(time, Object.values(QUANTILES));
  const [p50, p95, p99] = quantiles as [number, number, number];
  const figure = (name: string, value: number, formula: string): Estimate =>
    Number.isFinite(value)
      ? { value: Number(value.toPrecision(DIGITS)), dimension: TIME, label: `${name} latency of ${what}`, formula, inputs }
      : notEstimated(`the ${name} of ${what} is beyond 10^13 s`);
  return {
    mean: figure('mean', mean, formulas.mean),
    p50: figure('p50', p50, formulas.quantile),
    p95: figure('p95', p95, formulas.quantile),
    p99: figure('p99', p99, formulas.quantile),
  };
}

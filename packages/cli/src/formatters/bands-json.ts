import { isFigure } from '@sysd/core';
import type { Bands } from '../bands.ts';
import { baseUnit } from './numbers.ts';

/** Bands as plain data in base units (`schemas/bands.schema.json`). */
export function bandsJson({ design, samples, seed, inputs, measures, unknown, overCapacity, expectations }: Bands): object {
  return {
    version: 1,
    system: design.id,
    ...(design.scenario === undefined ? {} : { scenario: design.scenario }),
    ...(design.set === undefined ? {} : { set: design.set }),
    ...(design.horizon ? { in: { value: design.horizon.value, unit: 's' } } : {}),
    ...(design.traffic === undefined ? {} : { traffic: design.traffic }),
    samples,
    seed,
    inputs: inputs.map(({ name, text, low, high, dimension, distribution }) => ({
      name,
      text,
      low,
      high,
      unit: baseUnit(dimension),
      distribution,
    })),
    measures: measures.map(({ measure, dimension, band, shares }) => ({
      ...(measure.element === undefined ? {} : { element: measure.element }),
      name: measure.name,
      unit: baseUnit(dimension),
      ...(isFigure(measure.estimate) ? { value: measure.estimate.value } : {}),
      ...band,
      shares: Object.fromEntries(inputs.map((input, i) => [input.name, shares[i] ?? 0])),
    })),
    unknown: unknown.map(({ measure, samples: n, reason }) => ({
      ...(measure.element === undefined ? {} : { element: measure.element }),
      name: measure.name,
      samples: n,
      reason,
    })),
    overCapacity,
    expectations: expectations.map(({ text, holds }) => ({ expression: text, holds })),
  };
}

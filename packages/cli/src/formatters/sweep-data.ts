import { isFigure, type Measure } from '@sysd/core';
import { csv } from '../csv.ts';
import type { Sweep } from '../sweep.ts';
import { estimateIn } from './derivation.ts';
import { measureKey } from './measures.ts';
import { baseUnit } from './numbers.ts';
import { overCapacity } from './sweep-parts.ts';

/** The sweep as plain data in base units (`schemas/sweep.schema.json`). */
export function sweepJson({ spec, points }: Sweep): object {
  const measure = (m: Measure) => ({
    ...(m.element === undefined ? {} : { element: m.element }),
    name: m.name,
    ...estimateIn(undefined, m.estimate),
  });
  const [first] = points;
  return {
    version: 1,
    system: first?.design.id ?? '',
    ...(first?.design.scenario === undefined ? {} : { scenario: first.design.scenario }),
    ...((first?.design.set ?? []).length > 1 ? { set: first?.design.set?.slice(0, -1) } : {}),
    ...(first?.design.horizon ? { in: { value: first?.design.horizon.value, unit: 's' } } : {}),
    ...(first?.design.traffic === undefined ? {} : { traffic: first.design.traffic }),
    path: spec.path,
    unit: baseUnit(spec.dimension),
    ...(spec.suffix === '' ? {} : { suffix: spec.suffix }),
    scale: spec.scale,
    points: points.map((point) => ({
      value: point.value,
      ...(point.headroom[0] ? { firstToSaturate: point.headroom[0].component } : {}),
      overCapacity: overCapacity(point),
      measures: point.measures.map(measure),
    })),
  };
}

/** The sweep as CSV: a line a value, a column a measure in base units; empty where not estimated. */
export function sweepCsv({ spec, points }: Sweep): string {
  const keys = [...new Set(points.flatMap((p) => p.measures.map(measureKey)))];
  const header = [spec.path, 'first to saturate', 'over capacity', ...keys];
  const rows = points.map((point) => {
    const byKey = new Map(point.measures.map((m) => [measureKey(m), m.estimate]));
    const values = keys.map((key) => {
      const estimate = byKey.get(key);
      return isFigure(estimate) ? estimate.value : '';
    });
    return [point.value, point.headroom[0]?.component ?? '', overCapacity(point).join(' '), ...values];
  });
  return csv([header, ...rows]);
}

import { type Estimate, formatQuantity, formatRatio, isFigure, RATE, type Stability, significant } from '@sysd/core';
import type { NamedEstimate } from './estimate-figures.ts';
import type { Part } from './parts.ts';

const ratio = (estimate: Estimate | undefined): string => (isFigure(estimate) ? formatRatio(estimate.value) : '');

/** What retries make of the components that are called with them; nothing where nobody retries. */
export function stabilityParts(stability: readonly Stability[]): Part[] {
  if (stability.length === 0) return [];
  const header = [
    'Retries',
    'state',
    'utilisation\nat peak',
    'attempts\nif all fail',
    'load\nif all fail',
    'vulnerable\nabove',
    'tips when\nso many fail',
    'or the load\ngrows by',
  ];
  const rows = stability.map((s) => [
    s.component,
    s.state,
    formatRatio(s.utilization.value),
    significant(s.attempts.value, 3),
    ratio(s.disturbed),
    isFigure(s.threshold) ? formatQuantity(s.threshold.value, RATE, 3) : '–',
    ratio(s.tipping),
    ratio(s.surge),
  ]);
  return [{ table: { header, rows, align: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right'] } }];
}

/** The same as plain data (`schemas/estimate.schema.json`). */
export function stabilityJson(stability: readonly Stability[], figure: (estimate: Estimate) => object): object[] {
  return stability.map(({ component, state, utilization, attempts, disturbed, threshold, tipping, surge }) => ({
    component,
    state,
    utilization: figure(utilization),
    attempts: figure(attempts),
    disturbed: figure(disturbed),
    threshold: figure(threshold),
    ...(tipping ? { tipping: figure(tipping) } : {}),
    ...(surge ? { surge: figure(surge) } : {}),
  }));
}

/** Figures with their names, for `--explain` and CSV. */
export function stabilityFigures(stability: readonly Stability[]): NamedEstimate[] {
  return stability.flatMap(({ component: element, ...s }) => [
    { element, quantity: 'attempts per call when all fail', estimate: s.attempts },
    { element, quantity: 'load over capacity when all calls fail', estimate: s.disturbed },
    { element, quantity: 'calls above which retries make it vulnerable', estimate: s.threshold },
    ...(s.tipping ? [{ element, quantity: 'share of failing calls that tips it', estimate: s.tipping }] : []),
    ...(s.surge ? [{ element, quantity: 'growth of the load that tips it', estimate: s.surge }] : []),
  ]);
}

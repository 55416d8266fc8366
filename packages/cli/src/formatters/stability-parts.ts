import {
  type Estimate,
  formatQuantity,
  formatRatio,
  isFigure,
  known,
  RATE,
  type SettledRetries,
  type Stability,
  significant,
} from '@sysd/core';
import type { NamedEstimate } from './estimate-figures.ts';
import { grouped } from './numbers.ts';
import type { Part } from './parts.ts';

const ratio = (estimate: Estimate | undefined): string => (isFigure(estimate) ? formatRatio(estimate.value) : '');

/** What retries make of the components that are called with them; nothing where nobody retries. */
export function stabilityParts(stability: readonly Stability[], missing: Missing): Part[] {
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
  const first: Part = { table: { header, rows, align: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right'] } };
  const lines = stability.flatMap(({ component, scaledTo }) =>
    scaledTo === undefined ? [] : [`${component}: over the capacity of all ${grouped(scaledTo)} instances of its range.`],
  );
  return [first, ...(lines.length > 0 ? [{ lines }] : []), ...settledParts(stability, missing)];
}

type Missing = (estimate: Estimate, show: (value: number) => string) => string;

/** Where retries and failures settle; nothing where nobody retries. */
function settledParts(stability: readonly Stability[], missing: Missing): Part[] {
  const header = [
    'With retries it settles',
    'at calls',
    'utilisation',
    'attempts',
    'that fail',
    'after a disturbance\nat calls',
    'utilisation',
    'attempts',
    'that fail',
  ];
  const cells = ({ load, utilization, attempts, failing }: SettledRetries): string[] => [
    missing(load, (value) => formatQuantity(value, RATE, 3)),
    missing(utilization, formatRatio),
    missing(attempts, (value) => significant(value, 3)),
    missing(failing, formatRatio),
  ];
  const rows = stability.map((s) => [s.component, ...cells(s.calm), ...cells(s.afterDisturbance)]);
  const lines = stability
    .filter(collapses)
    .map(
      ({ component, calm }) =>
        `${component}: even from a calm start, time-outs and their retries fill it (${missing(calm.utilization, formatRatio)}): a longer timeout, fewer retries or more capacity.`,
    );
  return [{ table: { header, rows } }, ...(lines.length > 0 ? [{ lines }] : [])];
}

/** It is below its capacity, and above it with the retries of what times out. */
const collapses = ({ utilization, calm }: Stability): boolean => utilization.value < 1 && (known(calm.utilization) ?? 0) >= 1;

/** The same as plain data (`schemas/estimate.schema.json`). */
export function stabilityJson(stability: readonly Stability[], figure: (estimate: Estimate) => object): object[] {
  const settled = ({ load, utilization, attempts, failing }: SettledRetries): object => ({
    load: figure(load),
    utilization: figure(utilization),
    attempts: figure(attempts),
    failing: figure(failing),
  });
  return stability.map(
    ({ component, state, utilization, scaledTo, attempts, disturbed, threshold, tipping, surge, calm, afterDisturbance }) => ({
      component,
      state,
      utilization: figure(utilization),
      ...(scaledTo === undefined ? {} : { scaledTo }),
      attempts: figure(attempts),
      disturbed: figure(disturbed),
      threshold: figure(threshold),
      ...(tipping ? { tipping: figure(tipping) } : {}),
      ...(surge ? { surge: figure(surge) } : {}),
      calm: settled(calm),
      afterDisturbance: settled(afterDisturbance),
    }),
  );
}

/** Figures with their names, for `--explain` and CSV. */
export function stabilityFigures(stability: readonly Stability[]): NamedEstimate[] {
  return stability.flatMap(({ component: element, ...s }) => [
    { element, quantity: 'attempts per call when all fail', estimate: s.attempts },
    { element, quantity: 'load over capacity when all calls fail', estimate: s.disturbed },
    { element, quantity: 'calls above which retries make it vulnerable', estimate: s.threshold },
    ...(s.tipping ? [{ element, quantity: 'share of failing calls that tips it', estimate: s.tipping }] : []),
    ...(s.surge ? [{ element, quantity: 'growth of the load that tips it', estimate: s.surge }] : []),
    ...settledFigures(element, s.calm, 'from a calm start'),
    ...settledFigures(element, s.afterDisturbance, 'after a disturbance'),
  ]);
}

const settledFigures = (element: string, s: SettledRetries, from: string): NamedEstimate[] => [
  { element, quantity: `calls with retries, ${from}`, estimate: s.load },
  { element, quantity: `load over capacity with retries, ${from}`, estimate: s.utilization },
  { element, quantity: `attempts per call, ${from}`, estimate: s.attempts },
  { element, quantity: `share of the attempts that fails, ${from}`, estimate: s.failing },
];

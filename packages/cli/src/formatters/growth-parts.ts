import {
  type Analysis,
  DATA,
  type Design,
  type Estimate,
  formatQuantity,
  formatRatio,
  formatTimes,
  type Growth,
  known,
  TIME,
} from '@sysd/core';
import { horizonText } from './design-title.ts';
import type { Part } from './parts.ts';

const YEARS = [1, 3, 5];
const afterYears = (years: number): string => `in ${years} year${years === 1 ? '' : 's'}`;

/** Shows an estimate, or a dash and its reason below the tables. */
type Show = (estimate: Estimate, show: (value: number) => string) => string;

/** What growth makes of the design in time; nothing where nothing grows. */
export function growthParts(design: Design, analysis: Analysis, growth: Growth | undefined, shown: Show): Part[] {
  if (!growth) return stillness(design);
  const sources = growth.sources.map(({ component, perYear }) => [
    component,
    formatRatio(perYear.value),
    ...YEARS.map((years) => formatTimes((1 + perYear.value) ** years)),
  ]);
  const saturations = growth.saturations.map((s) => [s.component, when(s.toTarget), when(s.toFull)]);
  const stocks = growth.stocks.map(({ store, after }) => {
    const disk = analysis.limits.get(store)?.disk;
    const fills = design.components.get(store)?.properties.has('disk') ? disk : undefined;
    const full = fills && (fills.fullIn === undefined ? 'never' : shown(fills.fullIn, time));
    return [store, ...after.map(({ held }) => shown(held, bytes)), full ?? ''];
  });
  const tables: Part[] = [{ table: { header: ['Growth', 'a year', ...YEARS.map(afterYears)], rows: sources } }];
  if (saturations.length > 0)
    tables.push({ table: { header: ['First to saturate', 'at target in', 'full in'], rows: saturations } }, { lines: [sentence(growth)] });
  if (stocks.length > 0)
    tables.push({ table: { header: ['Stored with all copies', ...YEARS.map(afterYears), 'disks full in'], rows: stocks } });
  return tables;
}

/** Why a later time is as today, where that was asked about. */
function stillness({ horizon, flows, components }: Design): Part[] {
  if (!horizon || [...flows.values()].some((flow) => components.get(flow.source)?.properties.has('growth'))) return [];
  return [
    { lines: [`No source of a flow has growth: as much starts ${horizonText(horizon)} as today. Say how it grows: growth: 50%/year.`] },
  ];
}

const time = (value: number): string => formatQuantity(value, TIME);
const bytes = (value: number): string => formatQuantity(value, DATA, 4);

function when(estimate: Estimate): string {
  const value = known(estimate);
  return value === undefined ? 'never' : value === 0 ? 'now' : time(value);
}

function sentence({ saturations: [first] }: Growth): string {
  const full = known(first?.toFull);
  if (!first || full === undefined) return 'With this growth none of them saturates.';
  if (full === 0) return `${first.component} is over capacity already.`;
  const target = known(first.toTarget) ?? 0;
  const passes = target === 0 ? 'it is above its target already' : `above its target in ${time(target)}`;
  return `First to saturate: ${first.component}, in ${time(full)} (${passes}).`;
}

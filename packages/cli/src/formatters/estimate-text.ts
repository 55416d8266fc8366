import { costOf, headroomOf } from '@sysd/analysis';
import {
  type Analysis,
  BROKERS,
  type Component,
  type ComponentLoad,
  type Design,
  type Estimate,
  effective,
  type Figure,
  formatQuantity,
  formatRatio,
  isFigure,
  propertySchema,
  STORES,
  type StorageEntry,
} from '@sysd/core';
import { costText } from './cost-text.ts';
import { derivationLines } from './derivation.ts';
import { designTitle } from './design-title.ts';
import { headroomText } from './headroom-text.ts';
import { grouped } from './numbers.ts';
import { table } from './table.ts';

const DAY = 86_400;
const dash = '–';

/** Collects the reasons why numbers are missing, so that each is said once below the tables. */
class Missing {
  readonly #all = new Set<string>();

  /** Without those that another one says too and adds to: `api has no cpu-time and no capacity`. */
  get reasons(): string[] {
    const all = [...this.#all];
    return all.filter((reason) => !all.some((other) => other.startsWith(`${reason} `)));
  }

  text(estimate: Estimate, show: (value: number) => string): string {
    if (isFigure(estimate)) return show(estimate.value);
    this.#all.add(estimate.notEstimated.replace(/^not estimated: /, ''));
    return dash;
  }
}

const perSecond = (value: number) => `${grouped(value)}/s`;
const perDay = (value: number) => formatQuantity(value * DAY, { time: 0, data: 0, usd: 0, eur: 0 }, 6);
const bytes = (value: number) => formatQuantity(value, { time: 0, data: 1, usd: 0, eur: 0 }, 4);

function flows(design: Design, analysis: Analysis, missing: Missing): string {
  const rows = [...design.flows.values()].map((flow) => {
    const demand = analysis.traffic.flows.get(flow.id)?.demand;
    const source = design.components.get(flow.source);
    const peak = source && effective(source.properties, 'peak');
    if (!demand) return [flow.id, dash, dash, dash, dash];
    return [
      flow.id,
      missing.text(demand.average, perDay),
      missing.text(demand.average, perSecond),
      missing.text(demand.peak, perSecond),
      peak ? `${peak.text}${peak.origin.kind === 'default' ? ' (default)' : ''}` : dash,
    ];
  });
  return table(['Flow', 'a day', 'average', 'at peak', 'peak/average'], rows, ['left', 'right', 'right', 'right', 'right']);
}

/**
 * Reads and writes are told apart for what keeps data or messages; cores are counted where cpu-time is a property, unless a declared capacity
 * sizes the component instead. Elsewhere the cell stays empty.
 */
function componentRow(component: Component, load: ComponentLoad, missing: Missing): string[] {
  const keeps = STORES.includes(component.kind) || BROKERS.includes(component.kind);
  const byCpuTime = (propertySchema('cpu-time').on as readonly string[]).includes(component.kind);
  const computes = byCpuTime && (isFigure(load.cores) || !isFigure(load.utilization));
  return [
    load.component,
    missing.text(load.total.average, perSecond),
    missing.text(load.total.peak, perSecond),
    keeps ? missing.text(load.reads.average, perSecond) : '',
    keeps ? missing.text(load.writes.average, perSecond) : '',
    computes ? missing.text(load.cores, grouped) : '',
    grouped(load.replicas),
    missing.text(load.replicasAtFull, grouped),
    missing.text(load.replicasNeeded, grouped),
    missing.text(load.utilization, formatRatio),
  ];
}

function components(design: Design, analysis: Analysis, missing: Missing): string {
  const rows = [...design.components.values()].flatMap((component) => {
    const load = analysis.traffic.components.get(component.id);
    return load && component.kind !== 'client' ? [componentRow(component, load, missing)] : [];
  });
  const header = [
    'Component',
    'average',
    'at peak',
    'reads',
    'writes',
    'cores',
    'instances',
    'needed at 100 %',
    'needed at target',
    'utilisation',
  ];
  return table(header, rows, ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right']);
}

function storage(design: Design, analysis: Analysis, missing: Missing): string | undefined {
  const row = (entry: StorageEntry) => [
    entry.element,
    missing.text(entry.perDay, bytes),
    missing.text(entry.perDayWithCopies, bytes),
    missing.text(entry.retained, bytes),
    missing.text(entry.retainedWithCopies, bytes),
  ];
  const rows = analysis.storage.entries.map(row);
  if (rows.length === 0) return undefined;
  const { durable } = analysis.storage;
  if (rows.length > 1 && isFigure(durable.perDay)) {
    const passing = analysis.storage.entries.some((e) => ['cache', 'stream'].includes(design.components.get(e.store)?.kind ?? ''));
    const label = passing ? 'all but caches and streams' : 'all stores';
    rows.push([label, bytes(durable.perDay.value), missing.text(durable.perDayWithCopies, bytes), '', '']);
  }
  return table(['Storage', 'a day', 'a day, all copies', 'retained', 'retained, all copies'], rows, [
    'left',
    'right',
    'right',
    'right',
    'right',
  ]);
}

function lets(design: Design): string | undefined {
  const rows = design.lets.map((l) => [
    l.id,
    l.value ? formatQuantity(l.value.value, l.value.dimension, 6) : dash,
    l.inputs.length > 0 ? l.text : '',
  ]);
  return rows.length > 0 ? table(['Constant', 'value', 'from'], rows, ['left', 'right', 'left']) : undefined;
}

function explanations(design: Design, analysis: Analysis): string {
  const named: [string, Estimate][] = [
    ...[...design.flows.keys()].flatMap((id): [string, Estimate][] => {
      const demand = analysis.traffic.flows.get(id)?.demand;
      return demand ? [[`flow ${id}, at peak`, demand.peak]] : [];
    }),
    ...[...analysis.traffic.components.values()].flatMap((load): [string, Estimate][] => [
      [`${load.component}, rate at peak`, load.total.peak],
      [`${load.component}, utilisation`, load.utilization],
      [`${load.component}, instances needed`, load.replicasNeeded],
    ]),
    ...headroomOf(design, analysis.traffic).map((h): [string, Estimate] => [`${h.component}, growth until it is full`, h.toFull]),
    ...analysis.storage.entries.map((e): [string, Estimate] => [`${e.element}, stored a day`, e.perDay]),
    ['stored a day in all', analysis.storage.durable.perDay],
    ...costOf(design, analysis).components.map((c): [string, Estimate] => [`${c.component}, cost a month`, c.perMonth]),
  ];
  const seen = new Set<Figure>();
  return named.flatMap(([title, e]) => (isFigure(e) ? [`${title}:`, ...derivationLines(e, '  ', seen)] : [])).join('\n');
}

/** The estimate as text: constants, flows, components, storage, expectations, and what could not be estimated and why. */
export function estimateText(design: Design, analysis: Analysis, options: { readonly explain: boolean }): string {
  const missing = new Missing();
  const parts = [
    designTitle(design),
    lets(design),
    design.flows.size > 0
      ? flows(design, analysis, missing)
      : 'No flow: nothing to estimate. A flow says who asks for what, and how often.',
    components(design, analysis, missing),
    headroomText(design, analysis),
    storage(design, analysis, missing),
    costText(design, costOf(design, analysis), (estimate) => missing.text(estimate, () => '')),
    design.expectations.length > 0
      ? design.expectations
          .map((e) => `expect ${e.text}: ${e.holds === undefined ? 'could not be computed' : e.holds ? 'holds' : 'does not hold'}`)
          .join('\n')
      : undefined,
    missing.reasons.length > 0 ? `Not estimated (${dash}):\n${missing.reasons.map((r) => `  ${r}`).join('\n')}` : undefined,
    options.explain ? `How each number came about:\n${explanations(design, analysis)}` : undefined,
  ];
  return `${parts.filter((p) => p !== undefined).join('\n\n')}\n`;
}

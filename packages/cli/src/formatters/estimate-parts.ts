import { clock, timeOfGreatest } from '@sysd/analysis';
import {
  type Analysis,
  BROKERS,
  type Component,
  type ComponentLoad,
  DAY,
  type DayTime,
  type Design,
  type Estimate,
  effective,
  type FlowDemand,
  formatQuantity,
  formatRatio,
  groupedRate,
  isFigure,
  known,
  propertySchema,
  STORES,
  type StorageEntry,
} from '@sysd/core';
import type { EstimateAnswer } from '../estimate-answer.ts';
import { closedParts } from './closed-parts.ts';
import { costParts } from './cost-parts.ts';
import { designTitle } from './design-title.ts';
import { fanOutParts } from './fan-out-parts.ts';
import { growthParts } from './growth-parts.ts';
import { headroomParts } from './headroom-parts.ts';
import { latencyParts } from './latency-parts.ts';
import { limitParts } from './limits-parts.ts';
import { grouped } from './numbers.ts';
import { about, type Part, type Told } from './parts.ts';
import { stabilityParts } from './stability-parts.ts';
import type { Table } from './table.ts';
import { waitingParts } from './waiting-parts.ts';

const dash = '–';

/** Collects the reasons why numbers are missing, so that each is said once below the tables. */
class Missing {
  readonly #all = new Set<string>();

  /** Without those that another one says too and adds to: `api has no cpu-time and no capacity`. */
  get reasons(): string[] {
    const all = [...this.#all];
    return all.filter((reason) => !all.some((other) => other.startsWith(`${reason} `)));
  }

  /** @param between what stands between several reasons, each of which is said by itself */
  text(estimate: Estimate, show: (value: number) => string, between?: string): string {
    if (isFigure(estimate)) return show(estimate.value);
    const reasons = between === undefined ? [estimate.notEstimated] : estimate.notEstimated.split(between);
    for (const reason of reasons) this.#all.add(reason.replace(/^not estimated: /, ''));
    return dash;
  }
}

const perDay = (value: number) => formatQuantity(value * DAY, { time: 0, data: 0, usd: 0, eur: 0 }, 6);
const bytes = (value: number) => formatQuantity(value, { time: 0, data: 1, usd: 0, eur: 0 }, 4);

/** How many times its average rate a flow has at peak, and at what time of the day where that is known. */
function peakText(source: Component | undefined, demand: FlowDemand): string | undefined {
  const over = source?.properties.has('profile') || source?.properties.has('schedule');
  if (demand.profile || over) {
    const [average, peak] = [known(demand.average), known(demand.peak)];
    const times = average && peak !== undefined ? `${grouped(peak / average)}x` : undefined;
    return times && demand.profile ? `${times}${atText(timeOfGreatest(demand.profile))}` : times;
  }
  const peak = source && effective(source.properties, 'peak');
  return peak && `${peak.text}${peak.origin.kind === 'default' ? ' (default)' : ''}`;
}

const atText = (time: DayTime | undefined): string => (time ? ` at ${clock(time)}` : '');

function flows(design: Design, analysis: Analysis, missing: Missing): Table {
  // Of users who think there are as many at peak as ever.
  const closed = new Set([...analysis.traffic.closed.values()].flatMap((c) => [...c.flows.map((f) => f.flow), ...c.following]));
  const rows = [...design.flows.values()].map((flow) => {
    const demand = analysis.traffic.flows.get(flow.id)?.demand;
    const source = design.components.get(flow.source);
    if (!demand) return [flow.id, dash, dash, dash, dash];
    return [
      flow.id,
      missing.text(demand.average, perDay),
      missing.text(demand.average, groupedRate),
      missing.text(demand.peak, groupedRate),
      closed.has(flow.id) ? '' : (peakText(source, demand) ?? dash),
    ];
  });
  return { header: ['Flow', 'a day', 'average rate', 'peak rate', 'peak/average'], rows };
}

/**
 * Reads and writes are told apart for what keeps data or messages; cores are counted where cpu-time is a property, unless a declared capacity
 * sizes the component instead. Elsewhere the cell stays empty.
 */
function componentRow(component: Component, load: ComponentLoad, missing: Missing): string[] {
  const keeps = STORES.includes(component.kind) || BROKERS.includes(component.kind);
  const byCpuTime = (propertySchema('cpu-time').on as readonly string[]).includes(component.kind);
  const { day } = load;
  const peak = missing.text(load.total.peak, groupedRate);
  const utilization = missing.text(load.utilization, formatRatio);
  const elsewhen = day && isFigure(load.utilization) && clock(day.busiest) !== clock(day.peak) ? atText(day.busiest) : '';
  const computes = byCpuTime && (isFigure(load.cores) || !isFigure(load.utilization));
  return [
    load.component,
    missing.text(load.total.average, groupedRate),
    isFigure(load.total.peak) ? `${peak}${atText(day?.peak)}` : peak,
    keeps ? missing.text(load.reads.average, groupedRate) : '',
    keeps ? missing.text(load.writes.average, groupedRate) : '',
    computes ? missing.text(load.cores, grouped) : '',
    grouped(load.replicas),
    missing.text(load.replicasAtFull, grouped),
    missing.text(load.replicasNeeded, grouped),
    `${utilization}${elsewhen}`,
  ];
}

function components(design: Design, analysis: Analysis, missing: Missing): Table {
  const rows = [...design.components.values()].flatMap((component) => {
    const load = analysis.traffic.components.get(component.id);
    return load && component.kind !== 'client' ? [componentRow(component, load, missing)] : [];
  });
  // Which of the columns are averages, and which are at peak.
  const header = [
    'Component',
    'average\nrate',
    'peak\nrate',
    'reads,\naverage',
    'writes,\naverage',
    'cores\nat peak',
    'instances',
    'needed at\npeak, 100 %',
    'needed at\npeak, target',
    'utilisation\nat peak',
  ];
  return { header, rows };
}

function storage(design: Design, analysis: Analysis, missing: Missing): Table | undefined {
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
  return { header: ['Storage', 'a day', 'a day, all copies', 'retained', 'retained, all copies'], rows };
}

function lets(design: Design): Table | undefined {
  const rows = design.lets.map((l) => [
    l.id,
    l.value ? formatQuantity(l.value.value, l.value.dimension, 6) : dash,
    l.inputs.length > 0 ? l.text : '',
  ]);
  return rows.length > 0 ? { header: ['Constant', 'value', 'from'], rows, align: ['left', 'right', 'left'] } : undefined;
}

/**
 * What the estimate says to people, whatever its form: constants, flows, users who think, latencies, components and their queues, headroom, what retries and the largest fan-outs make of it, storage, other limits, growth, cost,
 * expectations, and what could not be estimated and why.
 */
export function estimateParts({ design, analysis, latency, waiting, headroom, stability, fanOuts, growth, cost }: EstimateAnswer): Told {
  const missing = new Missing();
  const noFlow = { lines: ['No flow: nothing to estimate. A flow says who asks for what, and how often.'] };
  const parts: Part[] = [
    ...about('traffic', [
      ...tableOf(lets(design)),
      design.flows.size > 0 ? { table: flows(design, analysis, missing) } : noFlow,
      ...closedParts(analysis.traffic.closed.values(), (estimate, show) => missing.text(estimate, show, '; ')),
    ]),
    ...about(
      'latency',
      latencyParts(latency, (estimate, show) => missing.text(estimate, show, '; ')),
    ),
    ...about('sizes', [
      { table: components(design, analysis, missing) },
      ...waitingParts(waiting, (estimate, show) => missing.text(estimate, show)),
    ]),
    ...about('headroom', [
      ...headroomParts(headroom),
      ...stabilityParts(stability, (estimate, show) => missing.text(estimate, show)),
      ...fanOutParts(fanOuts, (estimate, show) => missing.text(estimate, show)),
    ]),
    ...about('storage', tableOf(storage(design, analysis, missing))),
    ...about('limits', limitParts(design, analysis, missing)),
    ...about(
      'growth',
      growthParts(design, analysis, growth, (estimate, show) => missing.text(estimate, show)),
    ),
    ...about(
      'cost',
      costParts(design, cost, (estimate, show) => missing.text(estimate, show)),
    ),
    ...about('expectations', expectationParts(design)),
  ];
  if (missing.reasons.length > 0) parts.push({ topic: 'missing', heading: `Not estimated (${dash})`, lines: missing.reasons });
  return { title: designTitle(design), parts };
}

const tableOf = (table: Table | undefined): Part[] => (table ? [{ table }] : []);

function expectationParts({ expectations }: Design): Part[] {
  const lines = expectations.map(
    (e) => `expect ${e.text}: ${e.holds === undefined ? 'could not be computed' : e.holds ? 'holds' : 'does not hold'}`,
  );
  return lines.length > 0 ? [{ lines }] : [];
}

import { type Design, type Estimate, type FlowLatency, formatQuantity, isFigure, type LatencySpan, TIME } from '@sysd/core';
import type { EstimateAnswer } from '../estimate-answer.ts';
import { latencyName } from './latency-parts.ts';
import { grouped } from './numbers.ts';
import { type Align, type Bar, type Table, tableText } from './table.ts';

const DASH = '–';

/** Bars are drawn for at most so many steps. */
const MOST_SPANS = 40;
const WIDTH = 30;

const duration = (seconds: number): string => formatQuantity(seconds, TIME);

/** What a request of a flow does, step by step. */
export interface Waterfall {
  readonly name: string;
  /** With the bar of each step on the time that the flow takes. */
  readonly table: Table;
  /** Steps that are not shown. */
  readonly more: number;
}

/** Waterfalls of all flows in which there is more than one step. */
export function waterfalls({ design, latency: { flows } }: EstimateAnswer): Waterfall[] {
  return flows.flatMap((flow) => (flow.waterfall.length > 1 ? [waterfall(design, flow)] : []));
}

/** With `--explain`: the same as text. */
export function waterfallText(answer: EstimateAnswer): string | undefined {
  const all = waterfalls(answer);
  if (all.length === 0) return undefined;
  return `Where the time goes, in the mean at peak:\n${all.map((w) => `${w.name}:\n${oneWaterfallText(w)}`).join('\n\n')}`;
}

/** One of them as text, with bars of blocks. */
export function oneWaterfallText({ table: { header, rows, bars = [] }, more }: Waterfall): string {
  const align = [...header.map((_, i): Align => (i === 0 ? 'left' : 'right')), 'left' as const];
  const drawn = { header: [...header, ''], rows: rows.map((row, i) => [...row, barText(bars[i])]), align };
  return `${tableText(drawn)}${more > 0 ? `\n… and ${grouped(more)} more` : ''}`;
}

function waterfall(design: Design, latency: FlowLatency): Waterfall {
  const { flow, waterfall: spans, mean } = latency;
  const end = Math.max(isFigure(mean) ? mean.value : 0, ...spans.map((s) => s.start + (s.duration ?? 0)));
  const hops = design.flows.get(flow)?.hops ?? [];
  const shown = spans.slice(0, MOST_SPANS);
  const rows = shown.map((span) => [
    `${'  '.repeat(Math.min(span.depth, 20))}${span.from === undefined ? span.component : `${hops[span.hop ?? -1]?.sync === false ? '~>' : '->'} ${span.component}`}`,
    visitsText(span),
    ms(span.network),
    ms(span.wait),
    ms(span.own),
    span.duration === undefined ? DASH : duration(span.duration),
  ]);
  const header = ['step', 'visits', 'network', 'wait', 'own', 'in all'];
  const bars = shown.map(({ start, duration: length = 0 }) =>
    end <= 0 || length <= 0 ? undefined : { from: start / end, to: (start + length) / end },
  );
  return { name: latencyName(latency), table: { header, rows, bars }, more: spans.length - shown.length };
}

/** Nobody waits for less than a microsecond. */
function ms(estimate: Estimate): string {
  if (!isFigure(estimate)) return DASH;
  return estimate.value < 1e-6 ? '' : duration(estimate.value);
}

const visitsText = ({ visits }: LatencySpan): string => (visits === undefined ? DASH : visits === 1 ? '' : grouped(visits));

function barText(bar: Bar | undefined): string {
  if (!bar) return '';
  const from = Math.min(WIDTH - 1, Math.floor(bar.from * WIDTH));
  const to = Math.max(from + 1, Math.min(WIDTH, Math.round(bar.to * WIDTH)));
  return `${' '.repeat(from)}${'█'.repeat(to - from)}`;
}

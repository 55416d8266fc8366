import { type Design, type Estimate, type FlowLatency, formatQuantity, isFigure, type LatencySpan, TIME } from '@sysd/core';
import type { EstimateAnswer } from '../estimate-answer.ts';
import { latencyName } from './latency-parts.ts';
import { grouped } from './numbers.ts';
import { type Align, tableText } from './table.ts';

const DASH = '–';

/** Bars are drawn for at most so many steps. */
const MOST_SPANS = 40;
const WIDTH = 30;

const duration = (seconds: number): string => formatQuantity(seconds, TIME);

/** With `--explain`: what a request does, step by step. */
export function waterfallText({ design, latency: { flows } }: EstimateAnswer): string | undefined {
  const parts = flows.flatMap((flow) => (flow.waterfall.length > 1 ? [`${latencyName(flow)}:\n${waterfall(design, flow)}`] : []));
  return parts.length > 0 ? `Where the time goes, in the mean at peak:\n${parts.join('\n\n')}` : undefined;
}

function waterfall(design: Design, { flow, waterfall: spans, mean }: FlowLatency): string {
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
    bar(span, end),
  ]);
  const header = ['step', 'visits', 'network', 'wait', 'own', 'in all', ''];
  const more = spans.length > shown.length ? `\n… and ${grouped(spans.length - shown.length)} more` : '';
  const align: Align[] = ['left', 'right', 'right', 'right', 'right', 'right', 'left'];
  return `${tableText({ header, rows, align })}${more}`;
}

/** Nobody waits for less than a microsecond. */
function ms(estimate: Estimate): string {
  if (!isFigure(estimate)) return DASH;
  return estimate.value < 1e-6 ? '' : duration(estimate.value);
}

const visitsText = ({ visits }: LatencySpan): string => (visits === undefined ? DASH : visits === 1 ? '' : grouped(visits));

function bar({ start, duration: length = 0 }: LatencySpan, end: number): string {
  if (end <= 0 || length <= 0) return '';
  const from = Math.min(WIDTH - 1, Math.floor((start / end) * WIDTH));
  const to = Math.max(from + 1, Math.min(WIDTH, Math.round(((start + length) / end) * WIDTH)));
  return `${' '.repeat(from)}${'█'.repeat(to - from)}`;
}

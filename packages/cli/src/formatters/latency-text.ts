import {
  type Design,
  type Estimate,
  type FlowLatency,
  formatQuantity,
  isFigure,
  type Latency,
  type LatencyObjective,
  type LatencySpan,
  TIME,
} from '@sysd/core';
import { grouped } from './numbers.ts';
import { table } from './table.ts';

const DASH = '–';

/** Bars of a waterfall are drawn for flows of at most so many steps. */
const MOST_SPANS = 40;
const WIDTH = 30;

export const duration = (seconds: number): string => formatQuantity(seconds, TIME);

const flowName = (latency: FlowLatency): string => `${latency.flow}${latency.completion ? ', completion' : ''}`;

/** Latency of each flow with its objectives; undefined where there is no flow. */
export function latencyText(
  { flows }: Latency,
  missing: (estimate: Estimate, show: (value: number) => string) => string,
): string | undefined {
  if (flows.length === 0) return undefined;
  const rows = flows.map((flow) => [
    flowName(flow),
    missing(flow.mean, duration),
    missing(flow.p50, duration),
    missing(flow.p95, duration),
    missing(flow.p99, duration),
    flow.objectives.map(objectiveText).join('; '),
  ]);
  const lines = [
    table(['Latency at peak', 'mean', 'p50', 'p95', 'p99', 'objectives'], rows, ['left', 'right', 'right', 'right', 'right', 'left']),
  ];
  const notes = notesOf(flows);
  if (notes.length > 0) lines.push(`Latencies leave out or assume:\n${notes.map((n) => `  ${n}`).join('\n')}`);
  return lines.join('\n\n');
}

function objectiveText({ objective, verdict }: LatencyObjective): string {
  const bound = objective.bound.text ?? duration(objective.bound.value);
  return `${objective.metric} ${objective.relation} ${bound} ${verdict === 'not-estimated' ? 'not estimated' : verdict}`;
}

/** What all flows leave out, each reason once with its elements. */
function notesOf(flows: readonly FlowLatency[]): string[] {
  const found = new Map<string, { readonly words: string; readonly elements: Set<string> }>();
  const add = (key: string, words: string, elements: readonly string[]): void => {
    const before = found.get(key) ?? { words, elements: new Set() };
    for (const element of elements) before.elements.add(element);
    found.set(key, before);
  };
  for (const flow of flows) {
    for (const { what, reason, elements } of flow.leftOut) {
      // Reasons that name one element say all themselves.
      const own = elements.some((e) => reason.includes(e));
      if (what === 'wait') add(own ? reason : `${what} ${reason}`, own ? `no wait: ${reason}` : `no wait for %: ${reason}`, elements);
      else if (what === 'network') add(`${what} ${reason}`, `no network to or from %: ${reason}`, elements);
      else add(`${what} ${reason}`, `no time to send what is sent over %: ${reason}`, elements);
    }
    if (flow.assumed.length > 0)
      add(
        'assumed',
        'latency of % is one number, taken as the mean of an exponential time (p99 = 4.6 × mean): p50 and p99 would say more',
        flow.assumed,
      );
  }
  return [...found.values()].map(({ words, elements }) => words.replace('%', [...elements].join(', ')));
}

/** With `--explain`: what a request does, step by step. */
export function waterfallText(design: Design, { flows }: Latency): string | undefined {
  const parts = flows.flatMap((flow) => (flow.waterfall.length > 1 ? [`${flowName(flow)}:\n${waterfall(design, flow)}`] : []));
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
  return `${table(header, rows, ['left', 'right', 'right', 'right', 'right', 'right', 'left'])}${more}`;
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

import { type Estimate, type FlowLatency, formatQuantity, type Latency, type LatencyObjective, type Objective, TIME } from '@sysd/core';
import { VERDICTS } from './availability-numbers.ts';
import type { Part } from './parts.ts';

const duration = (seconds: number): string => formatQuantity(seconds, TIME);

/** `PostTweet`, or `PostTweet, completion`. */
export const latencyName = (latency: FlowLatency): string => `${latency.flow}${latency.completion ? ', completion' : ''}`;

/** Latency of each flow with its objectives; nothing where there is no flow. */
export function latencyParts({ flows }: Latency, missing: (estimate: Estimate, show: (value: number) => string) => string): Part[] {
  if (flows.length === 0) return [];
  const row = (name: string, { mean, p50, p95, p99 }: Pick<FlowLatency, 'mean' | 'p50' | 'p95' | 'p99'>, objectives = '') => [
    name,
    missing(mean, duration),
    missing(p50, duration),
    missing(p95, duration),
    missing(p99, duration),
    objectives,
  ];
  const rows = flows.flatMap((flow) => [
    row(latencyName(flow), flow, flow.objectives.map(objectiveText).join('; ')),
    ...flow.afterQueues.map((after) => row(`${flow.flow}, from ${after.queue} on`, after)),
  ]);
  const table: Part = {
    table: {
      header: ['Latency at peak', 'mean', 'p50', 'p95', 'p99', 'objectives'],
      rows,
      align: ['left', 'right', 'right', 'right', 'right', 'left'],
    },
  };
  const notes = notesOf(flows);
  return notes.length > 0 ? [table, { heading: 'Latencies leave out or assume', lines: notes }] : [table];
}

const objectiveText = ({ objective, verdict }: LatencyObjective): string => `${timeObjective(objective)} ${VERDICTS[verdict]}`;

/** An objective for a time as it is written: `p99 <= 200 ms`, `rto <= 5 min`. */
export const timeObjective = ({ metric, relation, bound }: Objective): string =>
  `${metric} ${relation} ${bound.text ?? duration(bound.value)}`;

/** What all flows leave out, each reason once with its elements. */
function notesOf(flows: readonly FlowLatency[]): string[] {
  const found = new Map<string, { readonly words: string; readonly elements: Set<string> }>();
  const add = (key: string, words: string, elements: readonly string[]): void => {
    const before = found.get(key) ?? { words, elements: new Set() };
    for (const element of elements) before.elements.add(element);
    found.set(key, before);
  };
  /** Once for each flow, and for its completion only what is not said of the answer. */
  const sayOf = (flow: FlowLatency, elements: readonly string[], reason: string): void => {
    for (const element of elements) {
      const key = `${element} ${reason}`;
      if (!found.get(key)?.elements.has(flow.flow)) add(key, `%: ${element.replace('->', ' → ')} ${reason}`, [latencyName(flow)]);
    }
  };
  for (const flow of flows) {
    for (const { what, reason, elements } of flow.leftOut) {
      // Reasons that name one element say all themselves.
      const own = elements.some((e) => reason.includes(e));
      if (what === 'timeout' || what === 'refused') sayOf(flow, elements, reason);
      else if (what === 'wait') add(own ? reason : `${what} ${reason}`, own ? `no wait: ${reason}` : `no wait for %: ${reason}`, elements);
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

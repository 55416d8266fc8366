import { flowLatencies } from '@sysd/analysis';
import { type Flow, type FlowLatency, formatQuantity, isFigure, known, type LatencyContribution, TIME } from '@sysd/core';
import type { Assessment } from '../../assess.ts';
import { blocks, estimateText, plain } from './text.ts';

/** Flows of more steps take longer than one waits for a hover. */
const MOST_STEPS = 200;
const MOST_NAMED = 4;
const WORDS: Readonly<Record<LatencyContribution['what'], string>> = { own: 'work of', wait: 'wait for', network: 'network to' };

/** Latency of a flow at peak with what takes longest; nothing in a scenario with failures, of which `sysd estimate` tells. */
export function latencyText({ design, analysis }: Assessment, flow: Flow): string | undefined {
  if (flow.hops.length === 0 || flow.hops.length > MOST_STEPS || design.failed.length > 0) return undefined;
  return blocks('**Latency at peak**', ...flowLatencies({ design, traffic: analysis.traffic }, flow).map(ofOne));
}

const timesText = ({ mean, p50, p95, p99 }: Pick<FlowLatency, 'mean' | 'p50' | 'p95' | 'p99'>): string =>
  `p50 ${estimateText(p50)}, p95 ${estimateText(p95)}, p99 ${estimateText(p99)}; mean ${estimateText(mean)}`;

function ofOne(latency: FlowLatency): string {
  const { completion, mean, p99, leftOut } = latency;
  const what = completion ? 'completion' : 'answer';
  if ('notEstimated' in p99) {
    const parts = latency.afterQueues.map(
      (a) => `- ${plain(`from ${a.queue} on: ${isFigure(a.p99) ? timesText(a) : estimateText(a.p99)}`)}`,
    );
    return blocks(`${what}: ${plain(estimateText(p99))}`, parts.join('\n'));
  }
  const values = `${what}: ${timesText(latency)}`;
  const largest = latency.contributions.slice(0, MOST_NAMED).filter((c) => (known(c.time) ?? 0) >= (known(mean) ?? 0) / 100);
  return blocks(
    plain(values),
    leftOut
      .flatMap(({ what, elements, reason }) =>
        what === 'timeout' || what === 'refused' ? elements.map((e) => `- ${plain(`${e} ${reason}`)}`) : [],
      )
      .join('\n'),
    largest.map((c) => `- ${WORDS[c.what]} ${plain(c.component)}: ${formatQuantity(known(c.time) ?? 0, TIME)}`).join('\n'),
  );
}

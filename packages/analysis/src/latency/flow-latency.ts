import {
  type Estimate,
  type Figure,
  type Flow,
  type FlowLatency,
  formatRatio,
  isFigure,
  type LatencyContribution,
  type LeftOut,
  notEstimated,
  TIME,
} from '@sysd/core';
import { isNotEstimated } from '../queueing/domain.ts';
import { partsOf } from '../reliability/availability/later-work.ts';
import { type Composition, compose, type LatencyInput } from './composition.ts';
import { summarize } from './distribution/quantiles.ts';
import { lateCalls } from './late-calls.ts';
import { latencyObjectives, QUANTILES } from './objectives.ts';
import { waterfallOf } from './waterfall.ts';

/** Figures beyond this many digits would say more than is known. */
const DIGITS = 5;

/** A queue that refuses less changes no figure that is shown. */
const LEAST_REFUSED = 1e-3;

/**
 * Latency of a flow's answer or completion at peak load: distributions composed along its steps, never percentiles added. O(steps) transforms of
 * 4096 points for each grid on which a quantile lies; some milliseconds for a flow of ten steps.
 */
export function flowLatency(input: LatencyInput, flow: Flow, completion: boolean): FlowLatency {
  const composition = compose(input, flow, completion);
  const { spans, contributions, leftOut, assumed } = waterfallOf(input, flow, composition);
  const { whole } = composition;
  const what = completion ? `the completion of ${flow.id}` : flow.id;
  const figures = (): Record<'mean' | keyof typeof QUANTILES, Estimate> => {
    if (isNotEstimated(whole)) {
      const no = notEstimated(whole.notEstimated);
      return { mean: (completion ? undefined : closedMean(input, flow)) ?? no, p50: no, p95: no, p99: no };
    }
    const { mean, quantiles } = summarize(whole, Object.values(QUANTILES));
    const [p50, p95, p99] = quantiles as [number, number, number];
    const inputs = known(contributions);
    const figure = (name: string, value: number, formula: string): Estimate =>
      Number.isFinite(value)
        ? { value: Number(value.toPrecision(DIGITS)), dimension: TIME, label: `${name} latency of ${what}`, formula, inputs }
        : notEstimated(`the ${name} of ${what} is beyond 10^13 s`);
    const convolved = 'the times of its steps as distributions: one after another convolved, in parallel the slowest, else by their shares';
    return {
      mean: figure('mean', mean, 'the means of its steps, by how often they are taken'),
      p50: figure('p50', p50, convolved),
      p95: figure('p95', p95, convolved),
      p99: figure('p99', p99, convolved),
    };
  };
  const estimates = figures();
  return {
    flow: flow.id,
    completion,
    ...estimates,
    objectives: latencyObjectives(flow, completion, estimates),
    waterfall: spans,
    contributions,
    leftOut: isNotEstimated(whole) ? leftOut : [...leftOut, ...refusals(composition), ...lateCalls(input, flow, composition)],
    assumed,
  };
}

/** Where a queue refuses messages, the times are those of the others. */
function refusals({ own }: Composition): LeftOut[] {
  return [...own.values()].flatMap(({ bound }): LeftOut[] => {
    const share = bound?.state.lossProbability ?? 0;
    if (!bound || share < LEAST_REFUSED) return [];
    const reason = `refuses ${formatRatio(share)} of the messages: the times are those of the others`;
    return [{ what: 'refused', elements: [bound.queue], share, reason }];
  });
}

/** Of users who think, the response time of the closed system. */
function closedMean({ traffic }: LatencyInput, flow: Flow): Estimate | undefined {
  const at = traffic.closed.get(flow.source)?.flows.find((f) => f.flow === flow.id)?.responseTime;
  return isFigure(at) ? { ...at, label: `mean latency of ${flow.id}` } : undefined;
}

/** Latency of a flow's answer, and of its completion where something goes on after the answer. */
export function flowLatencies(input: LatencyInput, flow: Flow): FlowLatency[] {
  return partsOf(input.design, flow).map(({ completion }) => flowLatency(input, flow, completion));
}

const known = (contributions: readonly LatencyContribution[]): Figure[] => contributions.flatMap((c) => (isFigure(c.time) ? [c.time] : []));

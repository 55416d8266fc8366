import {
  type Estimate,
  type Figure,
  type Flow,
  type FlowLatency,
  formatRatio,
  isFigure,
  type LatencyContribution,
  type LeftOut,
} from '@sysd/core';
import { isNotEstimated } from '../queueing/domain.ts';
import { partsOf } from '../reliability/availability/later-work.ts';
import { afterQueues } from './after-queues.ts';
import { type Composition, compose, type LatencyInput } from './composition.ts';
import { lateCalls } from './late-calls.ts';
import { latencyFigures } from './latency-figures.ts';
import { latencyObjectives } from './objectives.ts';
import { waterfallOf } from './waterfall.ts';

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
  const estimates = {
    ...latencyFigures(
      whole,
      what,
      {
        mean: 'the means of its steps, by how often they are taken',
        quantile: 'the times of its steps as distributions: one after another convolved, in parallel the slowest, else by their shares',
      },
      known(contributions),
    ),
    ...(isNotEstimated(whole) && !completion ? ofUsersWhoThink(input, flow) : {}),
  };
  return {
    flow: flow.id,
    completion,
    ...estimates,
    afterQueues: completion && isNotEstimated(whole) ? afterQueues(input, flow, composition) : [],
    objectives: latencyObjectives(flow, completion, estimates),
    waterfall: spans,
    contributions,
    leftOut: [...leftOut, ...refusals(composition), ...lateCalls(input, flow, composition)],
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
function ofUsersWhoThink({ traffic }: LatencyInput, flow: Flow): { readonly mean?: Estimate } {
  const at = traffic.closed.get(flow.source)?.flows.find((f) => f.flow === flow.id)?.responseTime;
  return isFigure(at) ? { mean: { ...at, label: `mean latency of ${flow.id}` } } : {};
}

/** Latency of a flow's answer, and of its completion where something goes on after the answer. */
export function flowLatencies(input: LatencyInput, flow: Flow): FlowLatency[] {
  return partsOf(input.design, flow).map(({ completion }) => flowLatency(input, flow, completion));
}

const known = (contributions: readonly LatencyContribution[]): Figure[] => contributions.flatMap((c) => (isFigure(c.time) ? [c.time] : []));

import type { Flow, FlowLatency, LatencyObjective } from '@sysd/core';
import { isNotEstimated } from '../queueing/domain.ts';
import { compose, type LatencyInput } from './composition.ts';
import { quantileIsAtMost } from './distribution/moments.ts';
import { flowLatency } from './flow-latency.ts';
import { isLatencyMetric, QUANTILES } from './objectives.ts';

/** A latency objective that a flow misses at peak load. */
export interface MissedObjective extends LatencyObjective {
  readonly latency: FlowLatency;
  /** Also if each latency of one number were always the same: the miss does not rest on how its tail is taken. */
  readonly sure: boolean;
}

/** Flows of more steps are left to the command: their transforms take too long for a keystroke. */
const MOST_STEPS = 60;

/**
 * The latency objectives that a flow misses. Cheap where they are met with room to spare: mean and variance settle it; only else its
 * distribution is computed.
 */
export function missedObjectives(input: LatencyInput, flow: Flow): MissedObjective[] {
  if (flow.hops.length > MOST_STEPS) return [];
  return [false, true].flatMap((completion) => {
    if (!mayMiss(input, flow, completion)) return [];
    const latency = flowLatency(input, flow, completion);
    const missed = latency.objectives.filter((o) => o.verdict === 'missed');
    if (missed.length === 0) return [];
    const least = latency.assumed.length === 0 ? latency : flowLatency({ ...input, singles: 'constant' }, flow, completion);
    return missed.map((o): MissedObjective => {
      const sure = least.objectives.some((l) => l.objective === o.objective && l.verdict === 'missed');
      return { ...o, latency, sure };
    });
  });
}

function mayMiss(input: LatencyInput, flow: Flow, completion: boolean): boolean {
  const asked = flow.objectives.filter((o) => isLatencyMetric(o.metric) && o.completion === completion);
  if (asked.length === 0) return false;
  const { whole } = compose(input, flow, completion);
  if (isNotEstimated(whole)) return false;
  return asked.some(
    ({ metric, relation, bound }) =>
      isLatencyMetric(metric) && (relation === '>=' || quantileIsAtMost(whole, QUANTILES[metric]) > bound.value),
  );
}

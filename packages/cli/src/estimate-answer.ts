import { costOf, fanOutsOf, growthOf, headroomOf, latencyOf, stabilityOf, waitingOf } from '@sysd/analysis';
import type { Cost, Design, FanOut, Growth, Headroom, Latency, Stability, Waiting } from '@sysd/core';
import { type Assessment, assess } from '@sysd/language';

/** All that is estimated of a design. */
export interface EstimateAnswer extends Assessment {
  readonly latency: Latency;
  /** The queues behind the latencies. */
  readonly waiting: readonly Waiting[];
  /** The first component to saturate first. */
  readonly headroom: readonly Headroom[];
  /** What retries make of what is called with them. */
  readonly stability: readonly Stability[];
  /** Of the steps that say how often they repeat at most. */
  readonly fanOuts: readonly FanOut[];
  /** Absent where nothing grows. */
  readonly growth?: Growth;
  readonly cost: Cost;
}

export const estimateAnswer = (design: Design): EstimateAnswer => estimateOf(assess(design));

/** The same of a design that has been assessed. */
export function estimateOf(assessment: Assessment): EstimateAnswer {
  const { design, analysis } = assessment;
  const growth = growthOf(design);
  return {
    ...assessment,
    ...(growth ? { growth } : {}),
    latency: latencyOf(design),
    waiting: waitingOf(design, analysis.traffic),
    headroom: headroomOf(design, analysis.traffic),
    stability: stabilityOf(design, analysis.traffic),
    fanOuts: fanOutsOf(design, analysis.traffic),
    cost: costOf(design, analysis),
  };
}

import { latencyOf } from '@sysd/analysis';
import type { Design, Latency } from '@sysd/core';
import { type Assessment, assess } from '@sysd/language';

/** All that is estimated of a design. */
export interface EstimateAnswer extends Assessment {
  readonly latency: Latency;
}

export function estimateAnswer(design: Design): EstimateAnswer {
  return { ...assess(design), latency: latencyOf(design) };
}

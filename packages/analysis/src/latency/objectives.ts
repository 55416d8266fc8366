import { type Estimate, type Flow, isFigure, type LatencyObjective, type Objective, type Verdict } from '@sysd/core';

/** Quantiles are right to about 0.1 %: what is this close to its bound is not called a miss. */
export const ACCURACY = 1e-3;

/** The quantile that an objective speaks of: `p99` is 0.99. */
export const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/** Whether an objective is about a quantile of the latency. */
export const isLatencyMetric = (metric: Objective['metric']): metric is keyof typeof QUANTILES => Object.hasOwn(QUANTILES, metric);

/** The latency objectives of a flow's answer or completion against what it comes to. */
export function latencyObjectives(
  flow: Flow,
  completion: boolean,
  estimates: Readonly<Record<keyof typeof QUANTILES, Estimate>>,
): LatencyObjective[] {
  return flow.objectives.flatMap((objective): LatencyObjective[] => {
    const { metric } = objective;
    if (!isLatencyMetric(metric) || objective.completion !== completion) return [];
    const estimate = estimates[metric];
    return [{ objective, estimate, verdict: verdictOf(objective, estimate) }];
  });
}

function verdictOf({ relation, bound }: Objective, estimate: Estimate): Verdict {
  if (!isFigure(estimate)) return 'not-estimated';
  const met = relation === '<=' ? estimate.value <= bound.value * (1 + ACCURACY) : estimate.value >= bound.value * (1 - ACCURACY);
  return met ? 'met' : 'missed';
}

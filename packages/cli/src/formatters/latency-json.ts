import type { Estimate, Flow, FlowLatency, Latency } from '@sysd/core';

/** Latency of a flow's answer and completion as plain data, in s. */
export function latencyJson({ flows }: Latency, flow: Flow, figure: (estimate: Estimate) => object): object[] {
  return flows.filter((latency) => latency.flow === flow.id).map((latency) => entry(flow, latency, figure));
}

function entry(flow: Flow, latency: FlowLatency, figure: (estimate: Estimate) => object): object {
  const { completion, mean, p50, p95, p99 } = latency;
  return {
    of: completion ? 'completion' : 'answer',
    mean: figure(mean),
    p50: figure(p50),
    p95: figure(p95),
    p99: figure(p99),
    ...(latency.afterQueues.length === 0
      ? {}
      : {
          afterQueues: latency.afterQueues.map((after) => ({
            queue: after.queue,
            mean: figure(after.mean),
            p50: figure(after.p50),
            p95: figure(after.p95),
            p99: figure(after.p99),
          })),
        }),
    objectives: latency.objectives.map(({ objective, verdict }) => ({
      metric: objective.metric,
      relation: objective.relation,
      bound: objective.bound.value,
      verdict,
    })),
    waterfall: latency.waterfall.map(({ hop, from, component, depth, visits, start, duration, own, wait, network }) => ({
      ...(hop === undefined ? {} : { step: hop, waits: flow.hops[hop]?.sync ?? true }),
      ...(from === undefined ? {} : { from }),
      component,
      depth,
      ...(visits === undefined ? {} : { visits }),
      start,
      ...(duration === undefined ? {} : { duration }),
      network: figure(network),
      wait: figure(wait),
      own: figure(own),
    })),
    leftOut: latency.leftOut,
    assumed: latency.assumed,
  };
}

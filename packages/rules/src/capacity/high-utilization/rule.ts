import { isOverCapacity, maxUtilization, overCapacityText } from '@sysd/analysis';
import { type Component, type ComponentLoad, formatRatio, known } from '@sysd/core';
import { defineRule, type Input } from '../../rule.ts';
import { capacityAdvice } from '../../shared/capacity-advice.ts';
import { capacityFixes } from '../../shared/capacity-fixes.ts';
import { isHotShard } from '../../shared/hot-shard.ts';
import { declaredReplicas } from '../../shared/placement.ts';
import { upText } from '../../shared/up-text.ts';
import { visitorsOf } from '../../shared/visits.ts';

const api = (replicas: number) => `system Api

client users { peak: 1x }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api {
  replicas: ${replicas}
  cores: 4
  cpu-time: 10 ms
  health: http "/healthz" every 5 s
}

flow Call from users at 10000/s {
  users -> lb -> api
}
`;

interface Subject {
  readonly component: Component;
  readonly load: ComponentLoad;
}

export const highUtilization = defineRule({
  id: 'high-utilization',
  category: 'capacity',
  severity: 'warning',
  summary: 'A component that at peak is fuller than its `max-utilization`, but below 100 %, with all of its instances up.',
  why: 'It serves its peak as long as nothing is wrong. But waits grow as 1 / (1 − utilisation), a little more traffic than expected fills it, and it cannot lose an instance: what is left would be fuller still. So redundancy that stands in the text is none at peak. What waits for consumers of a queue is not lost, but after a failure the backlog goes down with what they can take besides the peak, 1 − utilisation of it.',
  doInstead:
    'Run as many instances as the peak needs at `max-utilization`, make a request cheaper, or cache. Where a fuller component is meant, because its load is steady or may wait, say so: `max-utilization: 90%`.',
  messages: {
    consumers: (d: { component: string; queue: string; utilization: string; limit: string; up: string; spare: string; advice: string }) =>
      `What comes to ${d.queue} at peak keeps ${d.component} busy at ${d.utilization} of what it can take, above its max-utilization of ${d.limit}, ${d.up}: a backlog is worked off with the ${d.spare} that are left. ${d.advice}`,
    high: (d: { what: string; up: string; advice: string }) => `${d.what}, ${d.up}. ${d.advice}`,
  },
  docs: {
    avoid: [{ title: '100 cores are busy, on 30 machines of four: 83 %', text: api(30) }],
    prefer: [{ title: 'At 70 % that is 36 machines, and one to spare', text: api(37) }],
    references: [
      { title: 'Kleinrock, Queueing Systems, vol. 1, 1975: the wait in M/M/c grows as 1 ÷ (1 − utilisation)' },
      {
        title: 'Azure Well-Architected Framework, reliability: plan for headroom',
        url: 'https://learn.microsoft.com/azure/well-architected/reliability/',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { analysis, design, index, report }) {
      const loads = analysis.traffic.components;
      const load = loads.get(component.id);
      const utilization = known(load?.utilization);
      // From 100 % on over-capacity says it.
      if (!load || utilization === undefined || utilization >= 1) return;
      if (!isOverCapacity(component, loads) || isHotShard(component, load)) return;
      const limit = maxUtilization(component);
      const advice = capacityAdvice(component, load);
      const { sharedQueue } = load;
      const up = upText(design);
      report({
        ...(sharedQueue && utilization > (known(limit) ?? 1)
          ? {
              message: 'consumers',
              data: {
                component: component.id,
                queue: sharedQueue.queue,
                utilization: formatRatio(utilization),
                limit: formatRatio(known(limit) ?? 1),
                up,
                spare: formatRatio(1 - utilization),
                advice,
              },
            }
          : {
              message: 'high',
              data: { what: overCapacityText({ component: component.id, utilization: load.utilization, limit }), up, advice },
            }),
        span: declaredReplicas(component)?.valueSpan ?? component.nameSpan,
        element: component.id,
        affects: visitorsOf(index, component.id),
        subject: { component, load },
      });
    },
  },
  fix: ({ component, load }: Subject, { design }: Input) => capacityFixes(design, component, load),
});

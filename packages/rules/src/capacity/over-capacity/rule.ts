import { type Component, type ComponentLoad, comparedRates, formatQuantity, formatRatio, known, RATE, significant } from '@sysd/core';
import { defineRule, type Input } from '../../rule.ts';
import { capacityAdvice } from '../../shared/capacity-advice.ts';
import { capacityFixes } from '../../shared/capacity-fixes.ts';
import { declaredSpan } from '../../shared/declared-span.ts';
import { hotShardAdvice, hotShardText, isShardOverCapacity } from '../../shared/hot-shard.ts';
import { declaredReplicas } from '../../shared/placement.ts';
import { visitorsOf } from '../../shared/visits.ts';

interface Over {
  readonly component: string;
  readonly utilization: string;
  readonly arrives: string;
  readonly capacity: string;
  readonly advice: string;
}

export const overCapacity = defineRule({
  id: 'over-capacity',
  category: 'capacity',
  severity: 'error',
  summary: 'A component that gets more requests at peak than its instances can serve.',
  why: 'At 100 % utilisation a queue grows without end: requests wait, time out and are sent again, which adds load. Waiting times grow long before that, as 1 / (1 − utilisation), which is why one plans for `max-utilization` (70 % unless said). Messages for consumers that cannot keep up wait in their queue, longer the longer the peak lasts.',
  doInstead:
    'Run as many instances as the peak needs at `max-utilization`, make a request cheaper, cache, or shard what only one instance can do (writes of a primary).',
  messages: {
    over: (d: Over) =>
      `${d.component} would run at ${d.utilization} its capacity at peak: ${d.arrives} arrive at each instance, which serves ${d.capacity}. ${d.advice}`,
    hotShard: (d: Over & { share: string; times: string; even: string }) =>
      `The hottest shard of ${d.component} would run at ${d.utilization} its capacity at peak: it gets ${d.share} of the requests for single keys, ${d.times} its part, and ${d.arrives} arrive at an instance of it, which serves ${d.capacity}. If all shards got the same, they would run at ${d.even}. ${d.advice}`,
    consumers: (d: Over & { queue: string; outcome: string }) =>
      `${d.component} cannot keep up with ${d.queue} at peak, at ${d.utilization} its capacity: ${d.arrives} come for each instance, which takes ${d.capacity}, ${d.outcome}. ${d.advice}`,
  },
  docs: {
    avoid: [
      {
        title: '10,000 requests a second of 10 ms each, on ten machines of four cores',
        text: `system Api

client users { peak: 1x }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api {
  replicas: 10
  cores: 4
  cpu-time: 10 ms
  health: http "/healthz" every 5 s
}

flow Call from users at 10000/s {
  users -> lb -> api
}
`,
      },
    ],
    prefer: [
      {
        title: '100 cores are busy; at 70 % that is 36 machines',
        text: `system Api

client users { peak: 1x }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api {
  replicas: 37
  cores: 4
  cpu-time: 10 ms
  health: http "/healthz" every 5 s
}

flow Call from users at 10000/s {
  users -> lb -> api
}
`,
      },
    ],
    references: [
      { title: 'Kleinrock, Queueing Systems, vol. 1, 1975: an M/M/c queue is stable below a utilisation of 1' },
      {
        title: 'Azure Well-Architected Framework, reliability: plan for headroom',
        url: 'https://learn.microsoft.com/azure/well-architected/reliability/',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { analysis, index, report }) {
      const load = analysis.traffic.components.get(component.id);
      const utilization = known(load?.utilization);
      if (!load || utilization === undefined || utilization < 1) return;
      const arrives = known(load.perInstance);
      const capacity = known(load.capacityPerInstance);
      const rates = arrives !== undefined && capacity !== undefined ? comparedRates(arrives, capacity) : undefined;
      const data = {
        component: component.id,
        utilization: utilization < 10 ? `${formatRatio(utilization)} of` : `${significant(utilization, 3)} times`,
        arrives: rates?.[0] ?? (arrives === undefined ? 'more requests' : formatQuantity(arrives, RATE)),
        capacity: rates?.[1] ?? (capacity === undefined ? 'fewer' : formatQuantity(capacity, RATE)),
        advice: capacityAdvice(component, load),
      };
      const where = { element: component.id, affects: visitorsOf(index, component.id), subject: { component, load } };
      const hot = isShardOverCapacity(load) ? hotShardText(component, load) : undefined;
      const span = declaredReplicas(component)?.valueSpan ?? component.nameSpan;
      if (hot) {
        const told = { ...data, ...hot, advice: hotShardAdvice(component, load) };
        report({ message: 'hotShard', data: told, span: declaredSpan(component, 'skew'), ...where });
      } else if (load.sharedQueue) {
        const { queue, maxLength } = load.sharedQueue;
        const outcome =
          maxLength || load.boundedQueues?.some((bounded) => bounded.queue === queue)
            ? `so that ${queue} fills up and refuses some of what comes`
            : `so that the backlog of ${queue} grows as long as it lasts`;
        report({ message: 'consumers', data: { ...data, queue, outcome }, span, ...where });
      } else report({ message: 'over', data, span, ...where });
    },
  },
  fix: ({ component, load }: { component: Component; load: ComponentLoad }, { design }: Input) => capacityFixes(design, component, load),
});

import { COUNT, type Component, comparedRates, type Fix, formatQuantity, known, type PartitionUse } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { counted } from '../../shared/counted.ts';
import { declaredSpan } from '../../shared/declared-span.ts';
import { visitorsOf } from '../../shared/visits.ts';

const clicks = (partitions: number) => `system Clicks

client users { daily-active: 10M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 24, cores: 4, cpu-time: 5 ms, health: http "/healthz" }
stream clicks: kafka { replicas: 3, min-in-sync: 2, partitions: ${partitions} }
worker counter { replicas: 8, cores: 2, cpu-time: 1 ms, health: http "/healthz" }

// 9,259 clicks a second at peak; a consumer counts 2,000.
flow Click from users at 40/day each {
  users -> lb -> api
  api ~> clicks publish 200 B
  clicks ~> counter
}
`;

interface Subject {
  readonly stream: Component;
  readonly use: PartitionUse;
  readonly needed: number;
}

export const partitionsInsufficient = defineRule({
  id: 'partitions-insufficient',
  category: 'capacity',
  severity: 'warning',
  summary: 'A stream with too few partitions for what is published, or for its consumers to keep up.',
  why: 'Partitions are what a stream works in parallel with. Each lies on one broker, which takes so much from producers, and is read by one consumer of a group, which works off so much. With p partitions a group does p times the work of one consumer and no more, however many of them run; what comes beyond that waits, longer and longer.',
  doInstead:
    'Take max(t ÷ p, t ÷ c) partitions: t is what is published at peak, p what one partition takes, c what one consumer works off. Take some more, since adding partitions later moves keys; or make a message cheaper to handle.',
  messages: {
    consumers: (d: { stream: string; partitions: string; group: string; rate: string; each: string; needed: string }) =>
      `${d.stream} has ${d.partitions}, each read by one instance of ${d.group}. An instance works off ${d.each}; the ${d.rate} at peak take ${d.needed}. Messages will wait longer and longer, however many instances run. Use ${d.needed} or more.`,
    producers: (d: { stream: string; partitions: string; needed: string }) =>
      `${d.stream} has ${d.partitions}, but what is published to it at peak takes ${d.needed} (partition-capacity). Use ${d.needed} or more.`,
  },
  docs: {
    avoid: [{ title: 'Two consumers can work, and five are needed', text: clicks(2) }],
    prefer: [{ title: 'Twelve partitions for eight consumers', text: clicks(12) }],
    references: [
      {
        title: 'Jun Rao, How to choose the number of topics/partitions in a Kafka cluster?, Confluent 2015: max(t/p, t/c)',
        url: 'https://www.confluent.io/blog/how-choose-number-topics-partitions-kafka-cluster/',
      },
      {
        title: 'AWS, Amazon Kinesis Data Streams quotas: 1,000 records or 1 MB a second for a shard',
        url: 'https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { analysis, index, report }) {
      const use = analysis.limits.get(component.id)?.partitions;
      const [partitions, needed] = [known(use?.partitions), known(use?.needed)];
      if (!use || partitions === undefined || needed === undefined || needed <= partitions) return;
      const place = {
        span: declaredSpan(component, 'partitions'),
        element: component.id,
        affects: visitorsOf(index, component.id),
        subject: { stream: component, use, needed },
      };
      const has = counted(partitions, 'partition');
      const takes = counted(needed, 'partition');
      const group = slowest(use, needed);
      if (!group) report({ message: 'producers', data: { stream: component.id, partitions: has, needed: takes }, ...place });
      else {
        const each = Math.min(...group.consumers.map((id) => known(analysis.traffic.components.get(id)?.capacityPerInstance) ?? Infinity));
        const [rate, one] = comparedRates(known(group.rate) ?? 0, each);
        const data = { stream: component.id, partitions: has, group: group.name, rate, each: one, needed: takes };
        report({ message: 'consumers', data, ...place });
      }
    },
  },
  fix({ stream, use, needed }: Subject): Fix[] {
    const partitions = Math.max(needed, ...use.groups.map((group) => Math.ceil(known(group.instances) ?? 0)));
    return [
      {
        title: `Give ${stream.id} ${formatQuantity(partitions, COUNT)} partitions`,
        preferred: true,
        edits: [{ kind: 'set-property', on: stream.id, property: 'partitions', value: String(partitions) }],
      },
    ];
  },
});

/** The group of consumers that needs so many partitions, if it is one. */
const slowest = (use: PartitionUse, needed: number) => use.groups.find((group) => known(group.partitions) === needed);

import { COUNT, type Component, type ConsumerGroup, type Fix, formatQuantity, known } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { counted } from '../../shared/counted.ts';
import { declaredSpan } from '../../shared/declared-span.ts';
import { listed } from '../../shared/load-text.ts';

const mails = (partitions: number) => `system Mails

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 4, cores: 4, cpu-time: 10 ms, health: http "/healthz" }
stream orders: kafka { replicas: 3, min-in-sync: 2, partitions: ${partitions} }
worker mailer { replicas: 8, cores: 1, cpu-time: 20 ms, health: http "/healthz" }

flow Order from users at 2/day each {
  users -> lb -> api
  api ~> orders publish 1 KB
  orders ~> mailer
}
`;

interface Subject {
  readonly stream: Component;
  readonly group: ConsumerGroup;
  readonly needed: number;
}

export const consumersExceedPartitions = defineRule({
  id: 'consumers-exceed-partitions',
  category: 'capacity',
  severity: 'warning',
  summary: 'A group of consumers with more instances than the stream has partitions.',
  why: 'Within a consumer group each partition is read by one instance. Instances beyond the number of partitions get none: they cost as much as the others and do nothing until one of those fails. A group that looks large enough can therefore be too slow.',
  doInstead:
    'Give the stream at least as many partitions as the group has instances, better a multiple, so that it can grow; or run fewer instances. More partitions later move keys to other partitions: messages of one key may then overtake each other.',
  messages: {
    idle: (d: { stream: string; partitions: string; group: string; instances: string; idle: string }) =>
      `${d.group} has ${d.instances}, but ${d.stream} has ${d.partitions}, and each is read by one instance of the group: ${d.idle} idle. Give ${d.stream} more partitions, or run fewer instances.`,
  },
  docs: {
    avoid: [{ title: 'Eight consumers, four partitions', text: mails(4) }],
    prefer: [{ title: 'A partition for each, and room to grow', text: mails(16) }],
    references: [
      {
        title: 'Apache Kafka documentation, Introduction to consumers: no more consumer instances in a group than partitions',
        url: 'https://kafka.apache.org/documentation/#intro_consumers',
      },
      {
        title: 'Jun Rao, How to choose the number of topics/partitions in a Kafka cluster?, Confluent 2015',
        url: 'https://www.confluent.io/blog/how-choose-number-topics-partitions-kafka-cluster/',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { analysis, design, report }) {
      const use = analysis.limits.get(component.id)?.partitions;
      const partitions = known(use?.partitions);
      if (!use || partitions === undefined) return;
      for (const group of use.groups) {
        const instances = known(group.instances);
        // Where more partitions are needed anyway, partitions-insufficient says so.
        if (instances === undefined || instances <= partitions || (known(use.needed) ?? 0) > partitions) continue;
        const idle = instances - partitions;
        report({
          message: 'idle',
          data: {
            stream: component.id,
            partitions: counted(partitions, 'partition'),
            group: group.consumers.length > 1 ? `group ${group.name} (${listed(group.consumers)})` : (group.consumers[0] ?? group.name),
            instances: counted(instances, 'instance'),
            idle: idle === 1 ? 'one is' : `${formatQuantity(idle, COUNT)} are`,
          },
          span: declaredSpan(component, 'partitions'),
          element: component.id,
          affects: group.consumers,
          related: group.consumers.flatMap((id) => {
            const consumer = design.components.get(id);
            return consumer ? [{ span: consumer.nameSpan, message: `${id} consumes ${component.id}` }] : [];
          }),
          subject: { stream: component, group, needed: known(use.needed) ?? 0 },
        });
      }
    },
  },
  fix({ stream, group, needed }: Subject): Fix[] {
    const instances = Math.ceil(known(group.instances) ?? 0);
    const partitions = Math.max(instances, needed);
    return [
      {
        title:
          partitions > instances
            ? `Give ${stream.id} ${counted(partitions, 'partition')}: so many take the peak`
            : `Give ${stream.id} ${counted(partitions, 'partition')}, one for each instance of ${group.name}`,
        preferred: true,
        edits: [{ kind: 'set-property', on: stream.id, property: 'partitions', value: String(partitions) }],
      },
    ];
  },
});

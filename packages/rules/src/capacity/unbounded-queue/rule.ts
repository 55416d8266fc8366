import { type Backlog, COUNT, type Component, effective, type Fix, formatQuantity, formatRatio, known, property, TIME } from '@sysd/core';
import { defineRule } from '../../rule.ts';

const mails = (worker: string, queue = '') => `system Mails

client users { peak: 1x }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 4, cores: 4, cpu-time: 5 ms, health: http "/healthz" }
queue mails: rabbitmq { replicas: 3${queue} }
worker mailer { ${worker}, cores: 1, cpu-time: 20 ms, health: http "/healthz" }

// 80 mails a second; a mailer sends 50.
flow Order from users at 80/s {
  users -> lb -> api
  api ~> mails publish 1 KB
  mails ~> mailer
}
`;

const HOUR = 3600;

interface Subject {
  readonly queue: Component;
  readonly backlog: Backlog;
}

export const unboundedQueue = defineRule({
  id: 'unbounded-queue',
  category: 'capacity',
  severity: 'warning',
  summary: 'A queue without `max-length` whose consumers have little to spare at peak.',
  why: 'Consumers that are nearly full work off slowly what has piled up while they were down or slow: after T minutes of outage it takes T × λ ÷ (C − λ). Until then every new message waits behind the old ones, and if the peak is a little higher than planned the queue never gets empty. A queue without a limit hides this: it takes messages until the memory or disk of the broker is full, and then it fails for everybody.',
  doInstead:
    'Give the consumers room (a utilisation below `max-utilization`), and the queue a `max-length` beyond which it refuses: the sender then knows, and can say so, shed load or try later.',
  messages: {
    unbounded: (d: { queue: string; consumer: string; used: string; outage: string; waiting: string; drain: string }) =>
      `${d.queue} has no max-length, and ${d.consumer} is at ${d.used} of what it can work off at peak: after an outage of ${d.outage} there wait ${d.waiting} messages, which take ${d.drain} to work off. Give ${d.consumer} more instances, or the queue a max-length at which the sender is told.`,
  },
  docs: {
    avoid: [{ title: 'Two mailers at 80 %: ten minutes of outage take 40 minutes to work off', text: mails('replicas: 2') }],
    prefer: [
      { title: 'Four mailers at 40 %: 7 minutes', text: mails('replicas: 4') },
      { title: 'An hour of messages, then the sender is told', text: mails('replicas: 4', ', max-length: 300k') },
    ],
    references: [
      {
        title: 'Google, Site Reliability Engineering, ch. 22, Addressing Cascading Failures: queue management',
        url: 'https://sre.google/sre-book/addressing-cascading-failures/',
      },
      {
        title: 'Amazon Builders’ Library, Avoiding insurmountable queue backlogs',
        url: 'https://aws.amazon.com/builders-library/avoiding-insurmountable-queue-backlogs/',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { analysis, design, report }) {
      if (component.kind !== 'queue' || property(component.properties, 'managed')?.value === 'yes') return;
      if (component.properties.has('max-length')) return;
      for (const backlog of analysis.limits.get(component.id)?.backlogs ?? []) {
        const [arrival, capacity, waiting, drain] = [backlog.arrival, backlog.capacity, backlog.waiting, backlog.drain].map(known);
        if (arrival === undefined || capacity === undefined || capacity <= 0 || waiting === undefined || drain === undefined) continue;
        const consumer = design.components.get(backlog.consumer);
        const limit = consumer && effective(consumer.properties, 'max-utilization')?.value.value;
        // Within the limit there is room; at 100 % and beyond over-capacity says what to do.
        if (limit === undefined || arrival / capacity <= limit * (1 + 1e-9)) continue;
        report({
          message: 'unbounded',
          data: {
            queue: component.id,
            consumer: backlog.consumer,
            used: formatRatio(arrival / capacity),
            outage: formatQuantity(backlog.outage.value, TIME),
            waiting: formatQuantity(waiting, COUNT),
            drain: formatQuantity(drain, TIME),
          },
          span: component.nameSpan,
          element: component.id,
          affects: [backlog.consumer],
          subject: { queue: component, backlog },
        });
      }
    },
  },
  fix({ queue, backlog }: Subject): Fix[] {
    const hour = (known(backlog.arrival) ?? 0) * HOUR;
    if (hour < 1) return [];
    const length = Math.ceil(Number(hour.toPrecision(2)));
    return [
      {
        title: `Let ${queue.id} hold ${formatQuantity(length, COUNT)} messages: an hour of the peak`,
        edits: [{ kind: 'set-property', on: queue.id, property: 'max-length', value: String(length) }],
      },
    ];
  },
});

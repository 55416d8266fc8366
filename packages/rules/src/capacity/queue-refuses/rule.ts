import { leastLength } from '@sysd/analysis';
import { COUNT, type Component, type Fix, formatQuantity, formatRatio, known, RATE } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { declaredSpan } from '../../shared/declared-span.ts';

const mails = (length: string, mailers = 6) => `system Mails

client users { peak: 1x }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 4, cores: 4, cpu-time: 5 ms, health: http "/healthz" }
queue mails: rabbitmq { replicas: 3, max-length: ${length} }
worker mailer { replicas: ${mailers}, cores: 1, cpu-time: 100 ms, health: http "/healthz" }

// 25 mails a second; a mailer sends 10.
flow Order from users at 25/s {
  users -> lb -> api
  api ~> mails publish 1 KB
  mails ~> mailer
}
`;

/** Share of the messages from which on it is told. */
const LEAST = 1e-4;

interface Subject {
  readonly queue: Component;
  readonly length: number;
}

export const queueRefuses = defineRule({
  id: 'queue-refuses',
  category: 'capacity',
  severity: 'warning',
  summary: 'A queue that is full so often at peak that it refuses more than 0.01 % of its messages, with consumers that keep up.',
  why: 'Messages come in bursts even where their rate is constant. A `max-length` that is shorter than such a burst refuses messages although the consumers have time to spare, with nothing broken: the sender must notice and send again, or they are lost. The share is the loss of an M/M/c/K queue at peak, whose servers are what all instances of the consumer work on at once; 0.01 % is one in ten thousand. No failure function and no objective counts it: those are of what is down.',
  doInstead:
    'Give the queue a `max-length` that takes the bursts (messages then wait a little instead of being refused), or run more consumers. Where it is meant that a full queue refuses at once, accept the finding and say what the sender does.',
  messages: {
    refuses: (d: { queue: string; share: string; arrival: string; consumer: string; capacity: string; length: string; least: string }) =>
      `${d.queue} refuses ${d.share} of its messages at peak, with nothing broken: ${d.arrival} come in bursts, ${d.consumer} works off ${d.capacity}, and beside what it works on ${d.length} may wait. With max-length: ${d.least} less than 0.01 % are refused; or give ${d.consumer} more instances.`,
  },
  docs: {
    avoid: [{ title: 'Six mailers at 42 %, and room for one mail: 1.2 % are refused', text: mails('1') }],
    prefer: [
      { title: 'Room for a hundred', text: mails('100') },
      { title: 'Twelve mailers', text: mails('1', 12) },
    ],
    references: [
      { title: 'Gross and Harris, Fundamentals of Queueing Theory, section 2.4: M/M/c/K' },
      {
        title: 'RabbitMQ documentation, Queue length limit: overflow reject-publish',
        url: 'https://www.rabbitmq.com/docs/maxlength',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { analysis, design, report }) {
      if (component.kind !== 'queue') return;
      for (const { consumer, refused, arrival, capacity } of analysis.limits.get(component.id)?.backlogs ?? []) {
        const [share, comes, taken] = [refused && known(refused), known(arrival), known(capacity)];
        if (share === undefined || share <= LEAST || comes === undefined || taken === undefined) continue;
        // Where the consumer cannot keep up, over-capacity says so, and no length helps.
        if (comes >= taken) continue;
        const least = leastLength({ design, traffic: analysis.traffic }, component, consumer, arrival, LEAST);
        // There is one: even at 100 % an M/M/1/K queue refuses 1 ÷ (K + 1), and with more servers less.
        if (least === undefined) continue;
        report({
          message: 'refuses',
          data: {
            queue: component.id,
            share: formatRatio(share),
            arrival: formatQuantity(comes, RATE),
            consumer,
            capacity: formatQuantity(taken, RATE),
            length: component.properties.get('max-length')?.text ?? '',
            least: String(least),
          },
          span: declaredSpan(component, 'max-length'),
          element: component.id,
          affects: [consumer],
          subject: { queue: component, length: least },
        });
      }
    },
  },
  fix({ queue, length }: Subject): Fix[] {
    return [
      {
        title: `Let ${queue.id} hold ${formatQuantity(length, COUNT)} messages: less than 0.01 % are refused`,
        edits: [{ kind: 'set-property', on: queue.id, property: 'max-length', value: String(length) }],
      },
    ];
  },
});

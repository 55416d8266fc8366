import { BROKERS, sourceStop } from '@sysd/core';
import { defineRule } from '../../rule.ts';

const shop = (lines: string, steps: string) => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
${lines}

flow Order from users at 1/day each {
  users -> lb -> api
${steps}
}
`;

export const asyncWithoutBroker = defineRule({
  id: 'async-without-broker',
  category: 'availability',
  severity: 'warning',
  summary: 'A call that nobody waits for goes straight to its target, so nobody keeps it while the target is down.',
  why: 'Who does not wait does not learn that the call failed, and a service keeps no calls for others. When the target is down, restarts or is overloaded, the work is lost without a trace; a queue or stream in between keeps it until it is done.',
  doInstead:
    'Put a queue or stream between the two and let a worker consume it. If the work may be lost, say so: `optional`. If it may not, wait for the answer with `->`.',
  messages: {
    lost: (d: { from: string; to: string; flow: string }) =>
      `${d.from} does not wait for ${d.to} (${d.flow}), and nobody keeps the request: while ${d.to} is down, it is lost. Put a queue or stream between them, wait with ->, or mark the step optional if it may be lost.`,
  },
  docs: {
    avoid: [
      {
        title: 'Mail sent in the background',
        text: shop('service mail { replicas: 2, health: http "/healthz" }', '  api ~> lb2 -> mail').replace(
          'service mail',
          'loadbalancer lb2: haproxy { replicas: 2, mode: active-passive, failover: automatic }\nservice mail',
        ),
      },
    ],
    prefer: [
      {
        title: 'A queue keeps it',
        text: shop(
          'queue mails: rabbitmq { replicas: 3 }\nworker mailer { replicas: 2, health: http "/healthz" }',
          '  api ~> mails publish 1 KB\n  mails ~> mailer',
        ),
      },
      {
        title: 'It may be lost',
        text: shop('external analytics', '  api ~> analytics optional'),
      },
    ],
    references: [
      {
        title: 'Hohpe and Woolf, Enterprise Integration Patterns, 2003: Guaranteed Delivery',
        url: 'https://www.enterpriseintegrationpatterns.com/patterns/messaging/GuaranteedMessaging.html',
      },
    ],
  },
  check: {
    each: 'flow',
    run(flow, { design, report }) {
      for (const hop of flow.hops) {
        const from = design.components.get(sourceStop(flow, hop).component);
        // A broker delivers again until it is acknowledged, and a third party's retries are its own affair.
        if (hop.sync || hop.optional || !from || BROKERS.includes(from.kind) || from.kind === 'external') continue;
        for (const { stop, span } of hop.to) {
          const to = design.components.get(flow.stops[stop]?.component ?? '');
          if (!to || BROKERS.includes(to.kind)) continue;
          report({
            message: 'lost',
            data: { from: from.id, to: to.id, flow: flow.id },
            span,
            element: `${from.id}->${to.id}`,
            affects: [flow.id],
          });
        }
      }
    },
  },
});

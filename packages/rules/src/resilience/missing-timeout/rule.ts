import { BROKERS, type Connection, type ElementId, type Fix, property, sourceStop } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { listed } from '../../shared/load-text.ts';

const shop = (call: string) => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 4, health: http "/healthz" every 5 s }
external prices { availability: 99.9% }
${call}
flow Browse from users at 20/day each {
  users -> lb -> api
  api -> prices optional
}
`;

export const missingTimeout = defineRule({
  id: 'missing-timeout',
  category: 'resilience',
  severity: 'warning',
  summary: 'A call that is meant to be given up or retried never is, because the caller waits for ever.',
  why: 'A target that is down refuses a call at once; one that hangs does not answer at all. Without a timeout the caller waits with it: an `optional` step stops the request after all, retries never begin, a circuit breaker sees no failure, and every waiting call keeps a thread, a connection and memory of the caller.',
  doInstead:
    'Say how long the caller waits: `timeout: 200 ms`, somewhat above the tail of the target’s latency, and less than its own caller waits.',
  messages: {
    optional: (d: { from: string; to: string; flows: string }) =>
      `${d.from} calls ${d.to} as optional (${d.flows}) but waits without limit: when ${d.to} hangs, so does the request. Say how long it waits: timeout: 200 ms.`,
    promised: (d: { from: string; to: string; what: string }) =>
      `${d.from} has ${d.what} for ${d.to} but no timeout: when ${d.to} hangs, no call fails, so nothing of it happens. Say how long it waits: timeout: 200 ms.`,
  },
  docs: {
    avoid: [
      { title: 'An optional step that is waited for', text: shop('') },
      { title: 'Retries that never begin', text: shop('\napi -> prices { retries: 2, backoff: exponential 50 ms, jitter: full }\n') },
    ],
    prefer: [{ title: 'A timeout', text: shop('\napi -> prices { timeout: 100 ms }\n') }],
    references: [
      { title: 'Nygard, Release It!, 2nd edition 2018: Timeouts' },
      {
        title: 'Brooker, Timeouts, retries and backoff with jitter (Amazon Builders’ Library)',
        url: 'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { design, index, report }) {
      for (const connection of index.connections.get(component.id) ?? []) {
        if (connection.from !== component.id || connection.properties.has('timeout')) continue;
        const kind = design.components.get(connection.to)?.kind;
        if (kind === undefined || BROKERS.includes(kind)) continue;
        const place = { span: connection.span, element: connection.id, subject: connection };
        const what = promises(connection);
        const flows = new Set<ElementId>();
        for (const { flow: id, hop: i } of connection.uses) {
          const flow = design.flows.get(id);
          const hop = flow?.hops[i];
          if (flow && hop?.optional && hop.sync && sourceStop(flow, hop).component === component.id) flows.add(id);
        }
        const data = { from: component.id, to: connection.to };
        if (what) report({ message: 'promised', data: { ...data, what }, ...place });
        else if (flows.size > 0) {
          report({ message: 'optional', data: { ...data, flows: listed([...flows]) }, ...place, severity: 'info', affects: [...flows] });
        }
      }
    },
  },
  fix: (connection: Connection): Fix[] => [
    {
      title: `Let ${connection.from} wait for ${connection.to} one second at most`,
      edits: [{ kind: 'set-property', on: connection.id, property: 'timeout', value: '1 s' }],
    },
  ],
});

/** What the connection promises that only a timeout sets off. */
function promises(connection: Connection): string | undefined {
  const what = [
    ...((property(connection.properties, 'retries')?.value.value ?? 0) > 0 ? ['retries'] : []),
    ...(connection.properties.has('breaker') ? ['a circuit breaker'] : []),
  ];
  return what.length > 0 ? listed(what) : undefined;
}

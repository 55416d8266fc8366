import { type Connection, effective, type Fix, property } from '@sysd/core';
import { defineRule } from '../../rule.ts';

const shop = (call: string) => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 4, health: http "/healthz" every 5 s }
database orders: postgres { replicas: 3, failover: automatic, backup: every 1 day }

api -> orders { ${call} }

flow Track from users at 2/day each {
  users -> lb -> api
  api -> orders read 1 KB
}
`;

/** One retry may go at once: it tries another instance. From two on they hammer one that is busy. */
const AT_ONCE = 1;

interface Subject {
  readonly connection: Connection;
  readonly missing: readonly ('backoff' | 'jitter')[];
}

export const retryWithoutBackoff = defineRule({
  id: 'retry-without-backoff',
  category: 'resilience',
  severity: 'warning',
  summary: 'Retries follow at once, or all callers retry in step.',
  why: 'What failed because its target is busy or restarting fails again a moment later. Retries at once double and triple the load of a component at the very moment at which it can carry least. With a pause that grows, it gets time to recover; without randomness in the pause, all callers that failed together come back together.',
  doInstead:
    'Let the pause grow and randomise it: `backoff: exponential 100 ms, jitter: full`. One retry that goes to another instance at once is fine.',
  messages: {
    backoff: (d: { from: string; to: string; retries: number }) =>
      `${d.from} retries ${d.to} ${d.retries} times without a pause: when ${d.to} is busy, that makes it busier. Let the pause grow: backoff: exponential 100 ms, jitter: full.`,
    jitter: (d: { from: string; to: string }) =>
      `Calls of ${d.from} that fail together are retried together, so ${d.to} gets them in waves: the pause between attempts is the same for all. Randomise it: jitter: full.`,
  },
  docs: {
    avoid: [
      { title: 'Three retries at once', text: shop('timeout: 200 ms, retries: 3') },
      { title: 'Pauses that are the same for all', text: shop('timeout: 200 ms, retries: 3, backoff: exponential 100 ms') },
    ],
    prefer: [
      { title: 'Growing, random pauses', text: shop('timeout: 200 ms, retries: 2, backoff: exponential 100 ms, jitter: full') },
      { title: 'One retry', text: shop('timeout: 200 ms, retries: 1') },
    ],
    references: [
      {
        title: 'Brooker, Exponential Backoff And Jitter, AWS Architecture Blog 2015',
        url: 'https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/',
      },
      {
        title: 'Google SRE Book, chapter 22: Addressing Cascading Failures',
        url: 'https://sre.google/sre-book/addressing-cascading-failures/',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { index, report }) {
      for (const connection of index.connections.get(component.id) ?? []) {
        if (connection.from !== component.id) continue;
        const retries = property(connection.properties, 'retries');
        if (!retries || retries.value.value <= AT_ONCE) continue;
        const place = { span: retries.span ?? connection.span, element: connection.id };
        const data = { from: component.id, to: connection.to };
        if ((effective(connection.properties, 'backoff')?.value.kind ?? 'none') === 'none') {
          const missing: Subject['missing'] = isJittered(connection) ? ['backoff'] : ['backoff', 'jitter'];
          report({ message: 'backoff', data: { ...data, retries: retries.value.value }, ...place, subject: { connection, missing } });
        } else if (!isJittered(connection)) {
          report({
            message: 'jitter',
            data,
            ...place,
            severity: 'info',
            subject: { connection, missing: ['jitter'] },
          });
        }
      }
    },
  },
  fix({ connection, missing }: Subject): Fix[] {
    const values = { backoff: 'exponential 100 ms', jitter: 'full' };
    return [
      {
        title: missing.includes('backoff') ? `Let ${connection.from} pause between attempts` : `Randomise the pauses of ${connection.from}`,
        preferred: true,
        edits: missing.map((name) => ({ kind: 'set-property', on: connection.id, property: name, value: values[name] })),
      },
    ];
  },
});

const isJittered = (connection: Connection): boolean => effective(connection.properties, 'jitter')?.value === 'full';

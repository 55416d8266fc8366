import { type Connection, type ElementId, effective, type Fix, type Kind, property, sourceStop } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { listed } from '../../shared/load-text.ts';

const shop = (call: string) => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 4, health: http "/healthz" every 5 s }
database orders: postgres { replicas: 3, failover: automatic, backup: every 1 day }

api -> orders { timeout: 200 ms, retries: 1${call} }

flow Order from users at 1/day each {
  users -> lb -> api
  api -> orders write 1 KB
}
`;

/** Kinds whose writes put a value under a key: the second is the same as the first. */
const BY_KEY: readonly Kind[] = ['blobstore', 'cache'];

export const retryNotIdempotent = defineRule({
  id: 'retry-not-idempotent',
  category: 'resilience',
  severity: 'warning',
  summary: 'A write is retried, and nothing says that doing it twice is the same as doing it once.',
  why: 'A call that was not answered in time may have been carried out: only the answer is lost or late. Retrying it does it a second time: two orders, two payments. Unless the target recognises the second attempt, a retry turns a slow answer into wrong data.',
  doInstead:
    'Give each write a key by which the target recognises it (an idempotency key, a natural primary key, a conditional write), and say so: `idempotent: yes`. Or do not retry writes.',
  messages: {
    twice: (d: { from: string; to: string; flows: string }) =>
      `${d.from} retries writes to ${d.to} (${d.flows}): a write that was done but not answered in time is done twice. If ${d.to} recognises the second attempt (idempotency key, primary key), say idempotent: yes; else do not retry it.`,
  },
  docs: {
    avoid: [{ title: 'An order that may be placed twice', text: shop('') }],
    prefer: [{ title: 'Orders carry an idempotency key', text: shop(', idempotent: yes') }],
    references: [
      {
        title: 'Stripe API Reference, Idempotent requests',
        url: 'https://docs.stripe.com/api/idempotent_requests',
      },
      {
        title: 'AWS Well-Architected, REL04-BP04: Make mutating operations idempotent',
        url: 'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_prevent_interaction_failure_idempotent.html',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { design, index, report }) {
      for (const connection of index.connections.get(component.id) ?? []) {
        if (connection.from !== component.id || property(connection.properties, 'idempotent')?.value === 'yes') continue;
        const retries = property(connection.properties, 'retries');
        if (!retries || (effective(connection.properties, 'retries')?.value.value ?? 0) < 1) continue;
        const writes = connection.uses.flatMap(({ flow: id, hop: i }) => {
          const flow = design.flows.get(id);
          const hop = flow?.hops[i];
          return flow && hop && sourceStop(flow, hop).component === component.id && hop.operation === 'write' ? [{ id, hop }] : [];
        });
        const kind = design.components.get(connection.to)?.kind;
        if (writes.length === 0 || kind === undefined || BY_KEY.includes(kind)) continue;
        const flows: ElementId[] = [...new Set(writes.map((w) => w.id))];
        report({
          message: 'twice',
          data: { from: component.id, to: connection.to, flows: listed(flows) },
          span: retries.span ?? connection.span,
          element: connection.id,
          affects: flows,
          related: writes.map(({ id, hop }) => ({ span: hop.span, message: `${id} writes here` })),
          subject: connection,
        });
      }
    },
  },
  fix: (connection: Connection): Fix[] => [
    {
      title: `Say that ${connection.to} recognises a repeated write`,
      edits: [{ kind: 'set-property', on: connection.id, property: 'idempotent', value: 'yes' }],
    },
    {
      title: `Do not retry calls of ${connection.from} to ${connection.to}`,
      edits: [{ kind: 'set-property', on: connection.id, property: 'retries', value: '0' }],
    },
  ],
});

import { type Component, type Fix, property, replicasPerCopy } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { listed } from '../../shared/load-text.ts';
import { accessesOf } from '../../shared/requirements.ts';

const shop = (store: string) => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
database carts: ${store}

flow AddToCart from users at 1/day each {
  users -> lb -> api
  api -> carts update 1 KB
}
`;

const MULTI = 'replicas: 2, mode: multi-primary, health: tcp, backup: every 1 day retain 30 day';

/** What may become of two writes, with what it costs. */
const POLICIES = [
  ['last-write-wins', 'the newer timestamp wins, the other write is lost'],
  ['merge', 'both are kept, for data that can be merged (CRDTs)'],
  ['application', 'both are handed to the application'],
] as const;

export const conflictPolicyMissing = defineRule({
  id: 'conflict-policy-missing',
  category: 'availability',
  severity: 'warning',
  summary: 'Several primaries take writes, and nothing says what becomes of two writes to the same key.',
  why: 'Primaries that accept writes without asking each other accept two for the same key, mostly when they lose sight of each other, which is when one wants them. Something then happens to the two: one is dropped by its timestamp, replication stops with an error, or both stay until somebody looks. What it is decides what users lose, so it belongs into the design.\n\nReplicas that agree on each write before it counts (`replication: sync` or `quorum`, `quorum: majority`) have no such conflicts.',
  doInstead:
    'Say what happens: `conflicts: last-write-wins` where the older of two writes may be lost, `conflicts: merge` for data that merges (counters, sets, CRDTs), `conflicts: application` where the application is shown both. Or let one primary take the writes.',
  messages: {
    missing: (d: { component: string; mode: string; flows: string }) =>
      `${d.component} is ${d.mode}: two of its replicas can take a write to the same key at once (${d.flows}), and nothing says what becomes of the two. Say it: conflicts: last-write-wins, merge or application.`,
  },
  docs: {
    avoid: [{ title: 'Two primaries', text: shop(`postgres { ${MULTI} }`) }],
    prefer: [
      { title: 'The application is shown both', text: shop(`postgres { ${MULTI}, conflicts: application }`) },
      { title: 'A technology that says it', text: shop('couchdb { replicas: 3, backup: every 1 day retain 30 day, health: tcp }') },
      { title: 'Writes are agreed upon', text: shop('mysql-galera { replicas: 3, backup: every 1 day retain 30 day }') },
    ],
    references: [
      { title: 'Kleppmann, Designing Data-Intensive Applications, 2017, chapter 5: handling write conflicts' },
      {
        title: 'DeCandia et al., Dynamo: Amazon’s Highly Available Key-value Store, SOSP 2007',
        url: 'https://www.allthingsdistributed.com/files/amazon-dynamo-sosp2007.pdf',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { index, report }) {
      const mode = property(component.properties, 'mode');
      if (mode?.value !== 'multi-primary' && mode?.value !== 'active-active') return;
      if (!mayConflict(component)) return;
      const flows = [...new Set(accessesOf(index, component.id).flatMap((a) => (a.side === 'write' ? [a.flow.id] : [])))];
      if (flows.length === 0) return;
      report({
        message: 'missing',
        data: { component: component.id, mode: mode.value, flows: listed(flows) },
        span: mode.valueSpan && mode.origin.kind === 'declared' ? mode.valueSpan : component.nameSpan,
        element: component.id,
        affects: flows,
        subject: component,
      });
    },
  },
  fix: (component: Component): Fix[] =>
    POLICIES.map(([value, meaning]) => ({
      title: `Conflicts in ${component.id}: ${value} (${meaning})`,
      edits: [{ kind: 'set-property', on: component.id, property: 'conflicts', value }],
    })),
});

/** Several replicas that take writes without agreeing on them first, and no word about conflicts. */
function mayConflict(component: Component): boolean {
  const { kind, properties } = component;
  if ((kind !== 'database' && kind !== 'cache') || properties.has('conflicts') || properties.has('quorum')) return false;
  const replication = property(properties, 'replication')?.value;
  if (replication === 'sync' || replication === 'quorum') return false;
  const managed = property(properties, 'managed')?.value === 'yes';
  return managed || replicasPerCopy(component) > 1;
}

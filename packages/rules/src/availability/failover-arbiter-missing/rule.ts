import { type Component, type Fix, property, replicasPerCopy } from '@sysd/core';
import { defineRule, type Input } from '../../rule.ts';
import { lacksArbiter } from '../../shared/failover.ts';
import { replicasText } from '../../shared/placement.ts';
import { quorumOf } from '../../shared/quorum.ts';

const shop = (db: string, more = '') => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
database orders: postgres { ${db}, backup: every 1 day retain 30 day }
${more}
flow Order from users at 1/day each {
  users -> lb -> api
  api -> orders write 1 KB
}
`;

export const failoverArbiterMissing = defineRule({
  id: 'failover-arbiter-missing',
  category: 'availability',
  severity: 'warning',
  summary: 'Automatic failover between two nodes, and nobody is there to decide which of them is the primary.',
  why: 'When two nodes lose sight of each other, each sees the same: the other one does not answer. If the standby then takes over while the old primary lives, both take writes, and which of them are lost is found out later (split brain). If it does not, there is no failover. Only a third party that both can ask, a majority of three, tells the one case from the other.\n\nNot reported are technologies that bring their own mechanism (Sentinel, replica sets, Raft), caches, which have a source to fill them again, and pairs without data, where two active instances do no harm to it.',
  doInstead:
    'Let a third decide: `failover: automatic via NAME`, where NAME votes itself (three etcd, ZooKeeper or Sentinel nodes), is managed, or is a single witness; or run three replicas, of which two are a majority.',
  messages: {
    missing: (d: { component: string }) =>
      `${d.component} fails over automatically between two nodes, and neither can outvote the other: when they lose sight of each other, both may become primary and take writes that the other never sees (split brain). Let a third decide: failover: automatic via NAME with three voters, or three replicas.`,
    pair: (d: { component: string; via: string }) =>
      `${d.component} fails over automatically between two nodes, and the two instances of ${d.via} that decide cannot outvote each other either: both nodes may become primary and take writes that the other never sees (split brain). Let three decide.`,
  },
  docs: {
    avoid: [
      { title: 'A primary and one standby', text: shop('replicas: 2, failover: automatic') },
      {
        title: 'Two who decide',
        text: shop(
          'replicas: 2, failover: automatic via watchers',
          'service watchers { replicas: 2, health: tcp }\nwatchers -> orders { timeout: 1 s }',
        ),
      },
    ],
    prefer: [
      { title: 'Three nodes: two are a majority', text: shop('replicas: 3, failover: automatic') },
      {
        title: 'Three voters decide between two nodes',
        text: shop('replicas: 2, failover: automatic via votes', 'registry votes: etcd { replicas: 3 }'),
      },
    ],
    references: [
      {
        title: 'Redis documentation, Sentinel: at least three instances for a robust deployment',
        url: 'https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/',
      },
      {
        title: 'Patroni documentation: the distributed configuration store decides who is the leader',
        url: 'https://patroni.readthedocs.io/en/latest/faq.html',
      },
      { title: 'Jepsen: Redis, 2013', url: 'https://aphyr.com/posts/283-jepsen-redis' },
    ],
  },
  check: {
    each: 'component',
    run(component, { design, report }) {
      if (!lacksArbiter(design, component)) return;
      const failover = property(component.properties, 'failover');
      const via = design.components.get(failover?.value.via?.name ?? '');
      const place = { span: failover?.valueSpan ?? component.nameSpan, element: component.id, subject: component };
      if (via) report({ message: 'pair', data: { component: component.id, via: via.id }, ...place });
      else report({ message: 'missing', data: { component: component.id }, ...place });
    },
  },
  fix: (component: Component, input: Input) => arbiterFixes(component, input),
});

/** The voters that the design has decide, where there is one such group; else a third node. */
function arbiterFixes(component: Component, { design, index }: Input): Fix[] {
  const via = design.components.get(property(component.properties, 'failover')?.value.via?.name ?? '');
  const voters = index.registries.filter(canDecide);
  const [only] = voters.length === 1 ? voters : [];
  const byVote: Fix[] = only
    ? [
        {
          title: `Let ${only.id} decide which node of ${component.id} is the primary`,
          preferred: true,
          edits: [{ kind: 'set-property', on: component.id, property: 'failover', value: `automatic via ${only.id}` }],
        },
      ]
    : [];
  // Three replicas vote by themselves only where nobody else decides.
  if (via) return byVote;
  const value = replicasText(design, component, 3);
  return [
    ...byVote,
    {
      title: `Run 3 replicas of ${component.id}`,
      ...(only ? {} : { preferred: true }),
      edits: [{ kind: 'set-property', on: component.id, property: 'replicas', value }],
    },
  ];
}

/** Whether a registry can hold the lock of a leader: three voters or more. */
const canDecide = (registry: Component): boolean => quorumOf(registry) !== undefined && replicasPerCopy(registry) >= 3;

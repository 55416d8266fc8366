import { replicasPerCopy } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { listed } from '../../shared/load-text.ts';
import { callsOf, isCovered, isInstanceGroup } from '../../shared/routing.ts';

const shop = (lines: string, steps: string) => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
service orders { replicas: 3, health: http "/healthz" every 5 s }
${lines}
flow Order from users at 1/day each {
  users -> lb -> api
  ${steps}
}
`;

export const missingRouter = defineRule({
  id: 'missing-router',
  category: 'availability',
  severity: 'info',
  summary: 'Several replicas are called, and nothing in the design spreads the calls over them.',
  why: 'Somebody has to choose the instance for each request, notice when one is gone and learn of new ones. Where the design does not say who, the platform may do it; then it is a dependency that can fail and is missing here, or nobody does, and all callers use one instance.',
  doInstead:
    'Put a load balancer or a gateway before the replicas, look them up in a `dns` or `registry` inside the chain, or let a `mesh` cover them.',
  messages: {
    missing: (d: { callers: string; component: string; replicas: number; flows: string }) =>
      `Nothing says how calls from ${d.callers} are spread over the ${d.replicas} replicas of ${d.component} (${d.flows}). Put a load balancer, a gateway or a registry in the chain, or let a mesh cover ${d.component}.`,
  },
  docs: {
    avoid: [{ title: 'Three replicas behind one name', text: shop('', 'api -> orders') }],
    prefer: [
      {
        title: 'A load balancer between them',
        text: shop('loadbalancer inner: haproxy { replicas: 2, mode: active-passive, failover: automatic }\n', 'api -> inner -> orders'),
      },
      { title: 'Looked up in a registry', text: shop('registry names: etcd { replicas: 3 }\n', 'api -> names -> orders') },
      { title: 'Covered by a mesh', text: shop('mesh sidecars { covers: api, orders }\n', 'api -> orders') },
    ],
    references: [
      {
        title: 'Richardson, Microservices Patterns, 2018, chapter 3: service discovery',
        url: 'https://microservices.io/patterns/server-side-discovery.html',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { index, report }) {
      if (!isInstanceGroup(component)) return;
      const calls = callsOf(index, component.id).filter((c) => !c.router && !isCovered(index, component.id, c.from.id));
      if (calls.length === 0) return;
      const flows = [...new Set(calls.map((c) => c.flow.id))];
      report({
        message: 'missing',
        data: {
          callers: listed([...new Set(calls.map((c) => c.from.id))]),
          component: component.id,
          replicas: replicasPerCopy(component),
          flows: listed(flows),
        },
        span: component.nameSpan,
        element: component.id,
        affects: flows,
        related: calls.map((c) => ({ span: c.span, message: `${c.flow.id} calls it from ${c.from.id}` })),
      });
    },
  },
});

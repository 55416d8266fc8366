import { type Component, type Fix, formatQuantity, known, RATE, replicasPerCopy } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { listed } from '../../shared/load-text.ts';
import { callsOf, healthOf, isInstanceGroup, isNoticed } from '../../shared/routing.ts';

const shop = (api: string) => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { ${api} }

flow Browse from users at 20/day each {
  users -> lb -> api
}
`;

export const missingHealthCheck = defineRule({
  id: 'missing-health-check',
  category: 'availability',
  severity: 'error',
  summary: 'Requests are spread over replicas of which nobody can tell whether they are alive.',
  why: 'A replica is only a spare if somebody stops using it when it fails. Without a health check the router goes on sending requests to instances that are down: with n replicas, one failure costs one request in n. The replicas then add capacity, not redundancy: each of them is a single point of failure.',
  doInstead:
    'Say how one can tell that an instance is alive: `health: http "/healthz" every 5 s`, `health: tcp` or `health: command "…"`. Retries on the connection count as well: they find a living instance, at the price of a failed attempt.',
  messages: {
    missing: (d: { router: string; component: string; replicas: string; share: string; flows: string }) =>
      `${d.router} goes on sending requests to instances of ${d.component} that are down: it has ${d.replicas} and no health check, so when one fails, ${d.share} of ${d.flows} fails. Say how one can tell that it is alive: health: http "/healthz" every 5 s.`,
  },
  docs: {
    avoid: [
      { title: 'A load balancer before replicas without a health check', text: shop('replicas: 3') },
      {
        title: 'A gateway that finds its service in a registry',
        text: `system Shop

client users { daily-active: 1M }
gateway entry: nginx { replicas: 2 }
dns names: route53
service orders { replicas: 4 }

flow Order from users at 1/day each {
  users -> names -> entry -> orders
}
`,
      },
    ],
    prefer: [
      { title: 'A health check', text: shop('replicas: 3, health: http "/healthz" every 5 s') },
      {
        title: 'Retries that try another instance',
        text: `${shop('replicas: 3')}\nlb -> api { timeout: 200 ms, retries: 1 }\n`,
      },
    ],
    references: [
      {
        title: 'Amazon Builders’ Library, Implementing health checks',
        url: 'https://aws.amazon.com/builders-library/implementing-health-checks/',
      },
      {
        title: 'HAProxy documentation, health checks',
        url: 'https://www.haproxy.com/documentation/haproxy-configuration-tutorials/reliability/health-checks/',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { analysis, index, report }) {
      if (!isInstanceGroup(component)) return;
      const calls = callsOf(index, component.id).filter((c) => c.router && !isNoticed(index, component, c));
      if (calls.length === 0) return;
      const replicas = replicasPerCopy(component);
      const flows = [...new Set(calls.map((c) => c.flow.id))];
      const peak = known(analysis.traffic.components.get(component.id)?.total.peak);
      report({
        message: 'missing',
        data: {
          router: listed([...new Set(calls.map((c) => c.router?.id ?? ''))]),
          component: component.id,
          replicas: replicas > 1 ? `${replicas} replicas` : 'an autoscaler',
          share: replicas > 1 ? `one request in ${replicas}` : 'its share of the requests',
          flows: `${listed(flows)}${peak === undefined ? '' : ` (${formatQuantity(peak, RATE)} at peak in all)`}`,
        },
        span: component.nameSpan,
        element: component.id,
        affects: flows,
        related: calls.map((c) => ({ span: c.span, message: `${c.flow.id}: ${c.router?.id} chooses the instance` })),
        subject: component,
      });
    },
  },
  fix(component: Component): Fix[] {
    const value = healthOf(component);
    return [
      {
        title: `Check the health of ${component.id}`,
        preferred: true,
        edits: [{ kind: 'set-property', on: component.id, property: 'health', value }],
      },
    ];
  },
});

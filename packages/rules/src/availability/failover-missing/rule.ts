import { rolesOf } from '@sysd/analysis';
import { property, replicasPerCopy } from '@sysd/core';
import { defineRule, type Input } from '../../rule.ts';
import { lacksFailover } from '../../shared/failover.ts';
import { declaredReplicas } from '../../shared/placement.ts';
import { redundancyFixes, type Subject } from '../../shared/single-points/fixes.ts';
import { requestsText } from '../../shared/single-points/requests.ts';

const shop = (lb: string, db: string) => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { ${lb} }
service api { replicas: 3, health: http "/healthz" every 5 s }
database orders: postgres { ${db}, backup: every 1 day retain 30 day }

flow Order from users at 1/day each {
  users -> lb -> api
  api -> orders write 1 KB
}
`;

const LB = 'replicas: 2, mode: active-passive, failover: automatic';

export const failoverMissing = defineRule({
  id: 'failover-missing',
  category: 'availability',
  severity: 'error',
  summary: 'There are standbys, and nobody makes one of them take over.',
  why: 'A standby that nobody promotes is a copy, not a spare: when the primary of a store fails, its reads may go on and its writes stop until somebody notices, decides and acts. Of a pair of load balancers the second one answers nobody as long as nothing gives it the address.\n\nOnly what some flow needs is reported, with the chain from the primary to the flow. Where a standby is missing, it is `single-point-of-failure`; where a person takes over (`failover: manual`), that is too, or `rto-missed` for a flow that must be back sooner.',
  doInstead:
    'Say what makes a standby take over: `failover: automatic`, with `via NAME` where another component decides. A store of two needs a third to decide (see `failover-arbiter-missing`).',
  messages: {
    missing: (d: { component: string; standbys: string; role: string; requests: string }) =>
      `${d.component} has ${d.standbys}, and nothing makes one take over: when its ${d.role} fails, ${d.requests} until somebody acts. Let a standby take over: failover: automatic.`,
  },
  docs: {
    avoid: [
      { title: 'Two standbys of a database that nobody promotes', text: shop(LB, 'replicas: 3') },
      {
        title: 'A passive load balancer that never becomes active',
        text: shop('replicas: 2, mode: active-passive', 'replicas: 3, failover: automatic'),
      },
    ],
    prefer: [
      { title: 'Both take over by themselves', text: shop(LB, 'replicas: 3, failover: automatic') },
      {
        title: 'A technology that elects its primary',
        text: shop(LB, 'replicas: 3').replace('postgres', 'mongodb'),
      },
    ],
    references: [
      { title: 'PostgreSQL manual, 26.3: failover', url: 'https://www.postgresql.org/docs/17/warm-standby-failover.html' },
      {
        title: 'Checkov, CKV_AWS_157: RDS instances with Multi-AZ',
        url: 'https://www.checkov.io/5.Policy%20Index/terraform.html',
      },
    ],
  },
  check: {
    each: 'point',
    run({ point, verdict }, { design, report }) {
      const component = design.components.get(point.event.element);
      if (!component || !lacksFailover(point, component)) return;
      const all = [...point.answers, ...point.completions];
      const n = replicasPerCopy(component);
      report({
        message: 'missing',
        data: {
          component: component.id,
          standbys: n === 2 ? 'a standby' : `${n - 1} standbys`,
          role: rolesOf(component) === 'active-passive' ? 'active instance' : 'primary',
          requests: requestsText(all, point.answers.length > 0 ? ['fails', 'fail'] : ['is not completed', 'are not completed']),
        },
        span: (property(component.properties, 'failover') ?? declaredReplicas(component))?.valueSpan ?? component.nameSpan,
        element: component.id,
        affects: all.map((single) => single.flow),
        related: (all[0]?.chain ?? []).map((link) => ({ span: link.span, message: link.text })),
        severity: verdict.severity,
        quiet: verdict.quiet,
        subject: { point, component },
      });
    },
  },
  fix: (subject: Subject, input: Input) => redundancyFixes(subject, input),
});

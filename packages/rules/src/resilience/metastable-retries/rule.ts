import { type RetryStability, retryStability } from '@sysd/analysis';
import { type Component, type Fix, formatRatio } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { listed } from '../../shared/load-text.ts';

const shop = (call: string) => `system Shop

client users { peak: 1x }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 4, health: http "/healthz" every 5 s }
service orders { replicas: 4, capacity: 100/s, health: http "/healthz" every 5 s }
registry names: consul { replicas: 3 }

api -> orders { timeout: 200 ms, retries: 3, backoff: exponential 50 ms, jitter: full${call} }

flow Track from users at 200/s {
  users -> lb -> api
  api -> names -> orders
}
`;

/** Retries as a share of requests: Google's SRE Book, chapter 21, keeps them at 10 %. */
const BUDGET = 0.1;

interface Subject {
  readonly component: Component;
  readonly stability: RetryStability;
}

export const metastableRetries = defineRule({
  id: 'metastable-retries',
  category: 'resilience',
  severity: 'warning',
  summary: 'A component that runs well would stay overloaded by retries after a short disturbance.',
  why: 'When calls fail, callers retry, and every retry is further load. If all the retries together are more than the component can serve, a disturbance of a few seconds is enough: calls fail because it is overloaded, and it is overloaded because they are retried. It stays so after the cause has gone, until somebody takes load away. Nothing shows it before: until then it runs at a harmless utilisation.',
  doInstead:
    'Bound the retries: a budget (`budget: 10%` lets one call in ten be retried), or a circuit breaker that stops calling. Retry at one layer only. Or keep so much room that it carries all retries; of what scales by itself all instances of its range count.',
  messages: {
    vulnerable: (d: { component: string; scaled: string; utilization: string; callers: string; disturbed: string; tipping: string }) =>
      `${d.component} runs at ${d.utilization} at peak${d.scaled}, but retries of ${d.callers} can keep it overloaded: once ${d.tipping} of the calls fail, they make up a load above 100 % (${d.disturbed} if all fail), so it does not recover when the cause has gone. Bound the retries: budget: 10%, or a circuit breaker.`,
  },
  docs: {
    avoid: [{ title: 'At 50 %, with up to four attempts', text: shop('') }],
    prefer: [
      { title: 'A retry budget', text: shop(', budget: 10%') },
      { title: 'A circuit breaker', text: shop(', breaker: 50% over 10 s recovery 30 s') },
    ],
    references: [
      {
        title: 'Bronson et al., Metastable Failures in Distributed Systems, HotOS 2021',
        url: 'https://sigops.org/s/conferences/hotos/2021/papers/hotos21-s11-bronson.pdf',
      },
      { title: 'Google SRE Book, chapter 21: Handling Overload (retry budgets)', url: 'https://sre.google/sre-book/handling-overload/' },
    ],
  },
  check: {
    each: 'component',
    run(component, { analysis, index, report }) {
      const stability = retryStability(component, index.connections.get(component.id) ?? [], analysis.traffic);
      if (stability?.state !== 'vulnerable' || stability.tipping === undefined) return;
      report({
        message: 'vulnerable',
        data: {
          component: component.id,
          scaled: stability.scaledTo === undefined ? '' : ` with all ${stability.scaledTo} instances of its range`,
          utilization: formatRatio(stability.utilization),
          callers: listed(stability.retrying.map((c) => c.connection.from)),
          disturbed: formatRatio(stability.disturbed),
          tipping: formatRatio(stability.tipping),
        },
        span: component.nameSpan,
        element: component.id,
        affects: stability.retrying.map((c) => c.connection.id),
        related: stability.retrying.map((c) => ({
          span: c.connection.span,
          message: `${c.connection.from} tries up to ${c.retries + 1} times`,
        })),
        subject: { component, stability },
      });
    },
  },
  fix({ component, stability }: Subject): Fix[] {
    // Above this even a budget would not keep it below its capacity.
    if (stability.utilization * (1 + BUDGET) > 1) return [];
    return [
      {
        title: `Let one call in ten to ${component.id} be retried, no more`,
        preferred: true,
        edits: stability.retrying
          .filter((c) => !c.breaker && (c.budget ?? 1) > BUDGET)
          .map((c) => ({ kind: 'set-property', on: c.connection.id, property: 'budget', value: '10%' })),
      },
    ];
  },
});

import { property } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { listed } from '../../shared/load-text.ts';
import { visitorsOf } from '../../shared/visits.ts';

const shortener = (redirect: string) => `system Links

client browsers { daily-active: 1M }
cdn edge: cloudfront { hit-ratio: 90% }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service web { replicas: 3, health: http "/healthz" every 5 s }

flow Open from browsers at 20/day each {
${redirect}
}
`;

export const unusedHitRatio = defineRule({
  id: 'unused-hit-ratio',
  category: 'model',
  severity: 'warning',
  summary: 'A hit ratio that changes nothing, since no step is taken on a miss.',
  why: 'A cache takes load from what stands behind it only where a step says that it is taken `on miss`. A step without it is taken by every request, hit or not: what stands behind is sized for all of them, and the hit ratio is a number that nobody uses.',
  doInstead:
    'Say `on miss` at the step behind the cache. Behind a CDN or gateway end the chain there and begin the next line with it: `users -> edge`, then `edge -> lb -> api on miss`. If every request does go on, remove the hit ratio.',
  messages: {
    passes: (d: { component: string; ratio: string; flows: string; step: string }) =>
      `The hit-ratio ${d.ratio} of ${d.component} changes nothing: no step of ${d.flows} is taken on miss, so every request goes on behind it. Write the step behind it on a line of its own: ${d.step} on miss.`,
    beside: (d: { component: string; ratio: string; flows: string }) =>
      `The hit-ratio ${d.ratio} of ${d.component} changes nothing: no step of ${d.flows} is taken on miss. Say on miss at the step that fetches what ${d.component} does not have.`,
  },
  docs: {
    avoid: [
      {
        title: 'Every request passes through the CDN, although nine of ten are answered there',
        text: shortener('  browsers -> edge -> lb -> web'),
      },
    ],
    prefer: [
      { title: 'Only misses go on', text: shortener('  browsers -> edge\n  edge -> lb -> web on miss') },
      {
        title: 'A cache beside the database',
        text: `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
cache pages: redis { replicas: 3, failover: automatic, hit-ratio: 90% }
database products: postgres { replicas: 3, failover: automatic }

flow Show from users at 20/day each {
  users -> lb -> api
  api -> pages read 2 KB
  api -> products read 2 KB on miss
}
`,
      },
    ],
    references: [{ title: 'sysd, "How the estimates are made": misses of a cache are 1 − hit-ratio' }],
  },
  check: {
    each: 'component',
    run(component, { index, report }) {
      const ratio = property(component.properties, 'hit-ratio');
      if (ratio?.origin.kind !== 'declared' || index.missed.has(component.id)) return;
      const flows = visitorsOf(index, component.id);
      if (flows.length === 0) return;
      const data = { component: component.id, ratio: ratio.text, flows: listed(flows) };
      const place = { span: ratio.valueSpan ?? component.nameSpan, element: component.id, affects: flows };
      // The first component that it calls itself.
      const next = index.visits.get(component.id)?.find((v) => v.next !== undefined)?.next;
      if (next === undefined) report({ message: 'beside', data, ...place });
      else report({ message: 'passes', data: { ...data, step: `${component.id} -> ${next}` }, ...place });
    },
  },
});

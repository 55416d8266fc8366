import { type Design, type ElementId, property } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { listed } from '../../shared/load-text.ts';

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
  check({ design, report }) {
    const { missed, users } = usesOf(design);
    for (const component of design.components.values()) {
      const ratio = property(component.properties, 'hit-ratio');
      const use = users.get(component.id);
      if (ratio?.origin.kind !== 'declared' || !use || missed.has(component.id)) continue;
      const data = { component: component.id, ratio: ratio.text, flows: listed([...use.flows]) };
      const place = { span: ratio.valueSpan ?? component.nameSpan, element: component.id, affects: [...use.flows] };
      if (use.next === undefined) report({ message: 'beside', data, ...place });
      else report({ message: 'passes', data: { ...data, step: `${component.id} -> ${use.next}` }, ...place });
    }
  },
});

interface Use {
  readonly flows: Set<string>;
  /** The first component that it calls itself. */
  next?: ElementId;
}

/** Caches whose misses some step takes, and how flows use each component. O(steps). */
function usesOf(design: Design): { readonly missed: ReadonlySet<ElementId>; readonly users: ReadonlyMap<ElementId, Use> } {
  const missed = new Set<ElementId>();
  const users = new Map<ElementId, Use>();
  for (const flow of design.flows.values()) {
    for (const stop of flow.stops) {
      const use = users.get(stop.component) ?? { flows: new Set() };
      use.flows.add(flow.id);
      users.set(stop.component, use);
    }
    for (const hop of flow.hops) {
      if (hop.miss) missed.add(hop.miss.cache);
      const [source, target] = [flow.stops[hop.from]?.component, flow.stops[hop.to[0]?.stop ?? -1]?.component];
      const use = source === undefined ? undefined : users.get(source);
      if (use && target !== undefined) use.next ??= target;
    }
  }
  return { missed, users };
}

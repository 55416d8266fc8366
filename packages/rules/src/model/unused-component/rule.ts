import type { ElementId, Fix, Span } from '@sysd/core';
import { defineRule } from '../../rule.ts';

export const unusedComponent = defineRule({
  id: 'unused-component',
  category: 'model',
  severity: 'warning',
  summary: 'A component that no flow visits, no connection reaches and no property names.',
  why: 'It carries no load, cannot fail anything and appears in no estimate: either something that uses it is missing from the design, and every figure that depends on it is too small, or it is a leftover.',
  doInstead: 'Add the step or connection that uses it, or remove it. A `monitor` or a `mesh` needs none.',
  messages: {
    unused: (d: { component: string; kind: string }) =>
      `Nothing uses ${d.component}: no flow visits this ${d.kind} and nothing is connected to it, so it appears in no estimate. Add the step that uses it, or remove it.`,
  },
  docs: {
    avoid: [
      {
        title: 'A cache that nobody asks',
        text: `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
database orders: postgres { replicas: 3, failover: automatic, backup: every 1 day retain 30 day }
cache sessions: redis { replicas: 3, failover: automatic }

flow Order from users at 1/day each {
  users -> lb -> api
  api -> orders write 1 KB
}
`,
      },
    ],
    prefer: [
      {
        title: 'The step that uses it',
        text: `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
database orders: postgres { replicas: 3, failover: automatic, backup: every 1 day retain 30 day }
cache sessions: redis { replicas: 3, failover: automatic }

flow Order from users at 1/day each {
  users -> lb -> api
  api -> sessions read 500 B
  api -> orders write 1 KB
}
`,
      },
    ],
    references: [{ title: 'Threagile, unnecessary-technical-asset', url: 'https://threagile.io' }],
  },
  check: {
    each: 'component',
    run(component, { index, report }) {
      const { id, kind } = component;
      if (kind === 'monitor' || kind === 'mesh') return;
      if (index.visits.has(id) || index.connections.has(id) || index.mentioned.has(id)) return;
      // A sketch of boxes alone is not wrong yet.
      if (!index.hasFlows && !index.hasConnections) return;
      const data = { component: component.id, kind: component.kind };
      report({
        message: 'unused',
        data,
        span: component.nameSpan,
        element: component.id,
        subject: { id: component.id, span: component.span },
        tags: ['unnecessary'],
      });
    },
  },
  fix({ id, span }: { id: ElementId; span: Span }): Fix[] {
    return [{ title: `Remove ${id}`, edits: [{ kind: 'remove', span }] }];
  },
});

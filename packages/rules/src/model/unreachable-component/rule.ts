import { defineRule } from '../../rule.ts';

export const unreachableComponent = defineRule({
  id: 'unreachable-component',
  category: 'model',
  severity: 'warning',
  summary: 'A component that is connected, but to which no flow leads.',
  why: 'Load and failures follow the flows. What no flow leads to has a rate of nothing, so its size, its cost and what happens when it fails are missing from every figure.',
  doInstead: 'Add a flow, or a step of a flow, that calls it; or remove it with its connections.',
  messages: {
    unreachable: (d: { component: string; callers: readonly string[] }) =>
      `No flow leads to ${d.component}${d.callers.length > 0 ? ` (only ${d.callers.join(', ')} would call it, and no flow leads there either)` : ', although it calls others'}: it has no load in any estimate. Add the flow that uses it.`,
  },
  docs: {
    avoid: [
      {
        title: 'Reports are drawn, but nothing starts them',
        text: `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
worker reports { replicas: 2, health: http "/healthz" }
database orders: postgres { replicas: 3, failover: automatic, backup: every 1 day retain 30 day }

reports -> orders { timeout: 30 s }

flow Order from users at 1/day each {
  users -> lb -> api
  api -> orders write 1 KB
}
`,
      },
    ],
    prefer: [
      {
        title: 'A flow of its own',
        text: `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
scheduler nightly { replicas: 2, health: http "/healthz" }
worker reports { replicas: 2, health: http "/healthz" }
database orders: postgres { replicas: 3, failover: automatic, backup: every 1 day retain 30 day }

reports -> orders { timeout: 30 s }

flow Order from users at 1/day each {
  users -> lb -> api
  api -> orders write 1 KB
}

flow Report from nightly at 1/day {
  nightly -> reports
  reports -> orders read 10 MB
}
`,
      },
    ],
    references: [{ title: 'sysd, "Semantics of a flow": rates and failures are computed along flows' }],
  },
  check: {
    each: 'component',
    run(component, { index, report }) {
      if (!index.hasFlows || index.reached.has(component.id)) return;
      const own = index.connections.get(component.id);
      if (!own) return;
      const callers = own.filter((c) => c.to === component.id).map((c) => c.from);
      report({
        message: 'unreachable',
        data: { component: component.id, callers },
        span: component.nameSpan,
        element: component.id,
        related: own.map((c) => ({ span: c.span, message: `${c.from} ${c.sync ? '->' : '~>'} ${c.to} is the connection` })),
      });
    },
  },
});

import type { Connection, Design, ElementId } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { visitedComponents } from '../../shared/mentions.ts';

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
database orders: postgres { replicas: 3, failover: automatic }

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
database orders: postgres { replicas: 3, failover: automatic }

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
  check({ design, report }) {
    if (design.flows.size === 0) return;
    const reached = reachable(design);
    const touching = connectionsByEnd(design);
    for (const component of design.components.values()) {
      if (reached.has(component.id)) continue;
      const own = touching.get(component.id) ?? [];
      if (own.length === 0) continue;
      const callers = own.filter((c) => c.to === component.id).map((c) => c.from);
      report({
        message: 'unreachable',
        data: { component: component.id, callers },
        span: component.nameSpan,
        element: component.id,
        related: own.map((c) => ({ span: c.span, message: `${c.from} ${c.sync ? '->' : '~>'} ${c.to} is the connection` })),
      });
    }
  },
});

/** Connections by the components at their ends, in text order. */
function connectionsByEnd(design: Design): Map<ElementId, Connection[]> {
  const found = new Map<ElementId, Connection[]>();
  for (const connection of design.connections.values()) {
    for (const end of new Set([connection.from, connection.to])) {
      const known = found.get(end);
      if (known) known.push(connection);
      else found.set(end, [connection]);
    }
  }
  return found;
}

/** Components that flows visit, and all that these are connected to, directly or not. O(components + connections). */
function reachable(design: Design): Set<ElementId> {
  const next = new Map<ElementId, ElementId[]>();
  for (const { from, to } of design.connections.values()) {
    const targets = next.get(from);
    if (targets) targets.push(to);
    else next.set(from, [to]);
  }
  const reached = visitedComponents(design);
  const open = [...reached];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const to of next.get(id) ?? []) {
      if (reached.has(to)) continue;
      reached.add(to);
      open.push(to);
    }
  }
  return reached;
}

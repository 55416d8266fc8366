import { COUNT, type Component, type Fix, formatQuantity, known, property } from '@sysd/core';
import { defineRule, type Input } from '../../rule.ts';
import { declaredSpan } from '../../shared/declared-span.ts';
import { listed } from '../../shared/load-text.ts';
import { replicasText, spreadOf, withSpare } from '../../shared/placement.ts';
import { visitorsOf } from '../../shared/visits.ts';

const chat = (replicas: number) => `system Chat

client phones { daily-active: 5M, online: 1M, protocol: websocket }
loadbalancer lb: nlb
service chat { replicas: ${replicas}, protocol: websocket, connections: 20k, cores: 4, cpu-time: 1 ms, health: http "/healthz" every 5 s }

flow Say from phones at 20/day each {
  phones -> lb -> chat
}
`;

interface Subject {
  readonly component: Component;
  readonly needed: number;
}

export const connectionsExceeded = defineRule({
  id: 'connections-exceeded',
  category: 'capacity',
  severity: 'error',
  summary: 'More users hold a connection at the same time than the instances can hold.',
  why: 'A connection that stays open (a websocket, a game, a device) takes memory and a file descriptor also while nothing is said. An instance that holds as many as it can refuses the next user, however idle its CPU is. So it is how many are online that sizes such a component, not how much they say.',
  doInstead:
    'Run as many instances as hold all connections, and some more: those of an instance that fails all come back at once, to the others. Or let an instance hold more (`connections`), as far as memory and limits of the system allow.',
  messages: {
    exceeded: (d: { component: string; clients: string; held: string; most: string; needed: string }) =>
      `${d.component} is to hold ${d.held} connections of ${d.clients}, but its instances hold ${d.most} in all: it refuses the others. It takes ${d.needed} instances to hold them.`,
  },
  docs: {
    avoid: [{ title: 'A million phones, and 20 instances that hold 20,000 each', text: chat(20) }],
    prefer: [{ title: '50 hold them all, and ten may fail', text: chat(60) }],
    references: [
      {
        title: 'Phoenix: The Road to 2 Million Websocket Connections, 2015',
        url: 'https://www.phoenixframework.org/blog/the-road-to-2-million-websocket-connections',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { analysis, index, report }) {
      const sessions = analysis.limits.get(component.id)?.sessions;
      const [held, limit, instances, needed] = [sessions?.held, sessions?.limit, sessions?.instances, sessions?.needed].map((e) =>
        known(e),
      );
      if (!sessions || held === undefined || limit === undefined || instances === undefined || needed === undefined) return;
      if (held <= limit * instances * (1 + 1e-9)) return;
      report({
        message: 'exceeded',
        data: {
          component: component.id,
          clients: listed(sessions.clients.map((c) => c.client)),
          held: formatQuantity(held, COUNT),
          most: formatQuantity(limit * instances, COUNT),
          needed: formatQuantity(needed, COUNT),
        },
        span: declaredSpan(component, 'connections'),
        element: component.id,
        affects: visitorsOf(index, component.id),
        subject: { component, needed },
      });
    },
  },
  fix({ component, needed }: Subject, { design }: Input): Fix[] {
    if (component.properties.has('autoscale') || property(component.properties, 'mode')?.value === 'active-passive') return [];
    const perCopy = Math.ceil(needed / Math.max(1, component.copies.length));
    const count = withSpare(perCopy, spreadOf(design, component).zones.length);
    return [
      {
        title: `Run ${count} replicas of ${component.id}: ${perCopy} hold all connections`,
        preferred: true,
        edits: [{ kind: 'set-property', on: component.id, property: 'replicas', value: replicasText(design, component, count) }],
      },
    ];
  },
});

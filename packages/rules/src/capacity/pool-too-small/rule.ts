import {
  COUNT,
  type Component,
  type ConnectionsHeld,
  effective,
  type Fix,
  formatQuantity,
  known,
  type PoolUse,
  RATE,
  TIME,
} from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { counted, roundedUp } from '../../shared/counted.ts';

const shop = (pool: number) => `system Shop

client users { peak: 1x }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 10, cores: 4, cpu-time: 10 ms, health: http "/healthz" }
database orders: postgres { replicas: 3, failover: automatic, backup: every 1 day, latency: 20 ms }

api -> orders { pool: ${pool} }

// 100 requests a second at each instance, of 20 ms each: 2 connections are busy.
flow Look from users at 1000/s {
  users -> lb -> api
  api -> orders read 2 KB
}
`;

interface Subject {
  readonly component: Component;
  readonly use: PoolUse;
  readonly all: ConnectionsHeld;
}

export const poolTooSmall = defineRule({
  id: 'pool-too-small',
  category: 'capacity',
  severity: 'warning',
  summary: 'A pool with fewer connections than are busy at peak.',
  why: 'By Little’s law as many connections are busy as requests arrive in the time that one takes. With fewer of them requests wait for a connection, and more come than leave: the queue before the pool grows for as long as the peak lasts, while the server behind it has nothing to do.',
  doInstead:
    'Give the pool as many connections as the rate of an instance times the time of an answer, and some more (as many as keep `max-utilization`), or run more instances, or make the answers faster. The time is the least there can be: the latency of the callee, without network and transactions that stay open.',
  messages: {
    small: (d: { caller: string; callee: string; rate: string; hold: string; busy: string; pool: string }) =>
      `Each instance of ${d.caller} sends ${d.rate} to ${d.callee} at peak, and each request takes a connection for ${d.hold} or more: ${d.busy} are busy (Little’s law), but the pool has ${d.pool}. Requests will wait for a connection without end.`,
  },
  docs: {
    avoid: [{ title: 'Two connections would be busy all the time, and the pool has one', text: shop(1) }],
    prefer: [{ title: 'At 70 % that is a pool of three', text: shop(3) }],
    references: [
      { title: 'J. D. C. Little, A Proof for the Queuing Formula L = λW, Operations Research 9(3), 1961' },
      { title: 'HikariCP wiki, About Pool Sizing', url: 'https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing' },
    ],
  },
  check: {
    each: 'component',
    run(component, { analysis, design, report }) {
      const all = analysis.limits.get(component.id)?.connections;
      for (const use of all?.callers ?? []) {
        const [busy, pool, rate, hold] = [known(use.busy), known(use.pool), known(use.perInstance), known(use.hold)];
        const connection = design.connections.get(use.connection);
        if (!all || !connection || busy === undefined || pool === undefined || busy < pool * (1 - 1e-9)) continue;
        report({
          message: 'small',
          data: {
            caller: use.caller,
            callee: component.id,
            rate: formatQuantity(rate ?? 0, RATE),
            hold: formatQuantity(hold ?? 0, TIME),
            busy: counted(busy, 'connection'),
            pool: formatQuantity(pool, COUNT),
          },
          span: connection.properties.get('pool')?.valueSpan ?? connection.span,
          element: connection.id,
          affects: [...new Set(connection.uses.map((u) => u.flow))],
          subject: { component, use, all },
        });
      }
    },
  },
  fix({ component, use, all }: Subject): Fix[] {
    const busy = known(use.busy) ?? 0;
    const pool = roundedUp(busy / (effective(component.properties, 'max-utilization')?.value.value ?? 1));
    const limit = known(all.limit);
    const before = known(use.pool) ?? 1;
    const others = all.callers.reduce((n, c) => n + (c === use ? 0 : (known(c.held) ?? 0)), 0);
    const held = others + ((known(use.held) ?? 0) / before) * pool;
    if (pool <= before || (limit !== undefined && held > limit)) return [];
    return [
      {
        title: `Keep ${counted(pool, 'connection')} in the pool of each instance of ${use.caller}`,
        preferred: true,
        edits: [{ kind: 'set-property', on: use.connection, property: 'pool', value: String(pool) }],
      },
    ];
  },
});

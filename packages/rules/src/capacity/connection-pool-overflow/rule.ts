import { COUNT, type Component, type ConnectionsHeld, type Fix, formatQuantity, known, type PoolUse } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { counted, roundedUp } from '../../shared/counted.ts';
import { declaredSpan } from '../../shared/declared-span.ts';
import { listed } from '../../shared/load-text.ts';
import { visitorsOf } from '../../shared/visits.ts';

const shop = (pool: number) => `system Shop

client users { daily-active: 5M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 40, cores: 4, cpu-time: 20 ms, health: http "/healthz" }
database orders: postgres { replicas: 3, failover: automatic, backup: every 1 day, max-connections: 400 }

api -> orders { pool: ${pool} }

flow Look from users at 20/day each {
  users -> lb -> api
  api -> orders read 2 KB
}
flow Order from users at 1/day each {
  users -> lb -> api
  api -> orders write 1 KB
}
`;

interface Subject {
  readonly component: Component;
  readonly use: ConnectionsHeld;
  readonly limit: number;
}

export const connectionPoolOverflow = defineRule({
  id: 'connection-pool-overflow',
  category: 'capacity',
  severity: 'error',
  summary: 'The pools of all callers together hold more connections than a server accepts.',
  why: 'Each instance of each caller opens its own pool, so connections multiply with instances. A server that has reached its limit refuses the next ones: the last instances to start, often those that were started because the load is high, cannot work at all. Raising the limit alone seldom helps: in PostgreSQL each connection is a process with its own memory.',
  doInstead:
    'Give each instance a smaller pool (a database works best with about 2 × cores + disks connections in all), or put a pooler such as PgBouncer between, which serves many callers over few connections. With `autoscale` count the most instances that there may be.',
  messages: {
    overflow: (d: { component: string; pools: string; all: string; limit: string; advice: string }) =>
      `${d.component} is kept ${d.all} connections to one server by ${d.pools}, but accepts max-connections ${d.limit}: it refuses the others. ${d.advice}`,
  },
  docs: {
    avoid: [{ title: '40 instances keep 20 connections each to a server that accepts 400', text: shop(20) }],
    prefer: [{ title: 'Pools of 8: 320 connections', text: shop(8) }],
    references: [
      { title: 'PostgreSQL manual 19.3.1, max_connections', url: 'https://www.postgresql.org/docs/current/runtime-config-connection.html' },
      { title: 'HikariCP wiki, About Pool Sizing', url: 'https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing' },
    ],
  },
  check: {
    each: 'component',
    run(component, { analysis, design, index, report }) {
      const use = analysis.limits.get(component.id)?.connections;
      const limit = known(use?.limit);
      if (!use || limit === undefined) return;
      // A caller whose pool is not known can only add to it.
      const pools = use.callers.filter((c) => known(c.held) !== undefined);
      const all = pools.reduce((n, c) => n + (known(c.held) ?? 0), 0);
      if (all <= limit * (1 + 1e-9)) return;
      report({
        message: 'overflow',
        data: {
          component: component.id,
          pools: listed(pools.map(poolText)),
          all: formatQuantity(all, COUNT),
          limit: formatQuantity(limit, COUNT),
          advice:
            smallerPools(use, limit).length > 0
              ? 'Keep smaller pools, or put a pooler between.'
              : 'Put a pooler between, or run fewer instances.',
        },
        span: declaredSpan(component, 'max-connections'),
        element: component.id,
        affects: visitorsOf(index, component.id),
        related: pools.flatMap((c) => {
          const pool = design.connections.get(c.connection)?.properties.get('pool');
          return pool?.valueSpan
            ? [{ span: pool.valueSpan, message: `${poolText(c)} = ${formatQuantity(known(c.held) ?? 0, COUNT)}` }]
            : [];
        }),
        subject: { component, use, limit },
      });
    },
  },
  fix({ component, use, limit }: Subject): Fix[] {
    const ways = smallerPools(use, limit);
    return ways.map(({ use: { connection, caller }, pool, all }) => ({
      title: `Keep ${counted(pool, 'connection')} in the pool of each instance of ${caller}: ${formatQuantity(all, COUNT)} to one server of ${component.id}`,
      ...(ways.length === 1 ? { preferred: true } : {}),
      edits: [{ kind: 'set-property', on: connection, property: 'pool', value: String(pool) }],
    }));
  },
});

function poolText(use: PoolUse): string {
  const [instances, pool, held] = [known(use.instances) ?? 0, known(use.pool) ?? 0, known(use.held) ?? 0];
  const servers = held > 0 ? Math.round((instances * pool) / held) : 1;
  const spread = servers > 1 ? `, over ${servers} servers` : '';
  return `${use.caller} (${counted(instances, 'instance')} × pool ${formatQuantity(pool, COUNT)}${spread})`;
}

/** Pools which, made smaller by themselves, leave all connections within the limit and are still large enough for their own load. */
function smallerPools(use: ConnectionsHeld, limit: number): { use: PoolUse; pool: number; all: number }[] {
  const all = use.callers.reduce((n, c) => n + (known(c.held) ?? 0), 0);
  return use.callers.flatMap((caller) => {
    const [held, pool] = [known(caller.held), known(caller.pool)];
    if (held === undefined || pool === undefined || held === 0) return [];
    const each = held / pool;
    const smaller = Math.floor((limit - (all - held)) / each + 1e-9);
    const least = Math.max(1, roundedUp((known(caller.busy) ?? 0) / 0.7));
    return smaller >= least ? [{ use: caller, pool: smaller, all: all - held + smaller * each }] : [];
  });
}

import { COMPUTE, type Component, type ConnectionsHeld, type Fix, formatQuantity, known, type PoolUse, RATE } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { counted, roundedUp } from '../../shared/counted.ts';

const shop = (connection: string) => `system Shop

client users { peak: 1x }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 4, cores: 4, cpu-time: 10 ms, health: http "/healthz" }
database orders: postgres { replicas: 3, failover: automatic, backup: every 1 day }
${connection}
flow Look from users at 400/s {
  users -> lb -> api
  api -> orders read 2 KB
}
`;

/** Requests/s of one instance from which on a connection each is too many. */
const MANY = 50;

/** Connections of a pool where nobody says how many: HikariCP's default of maximumPoolSize. */
const USUAL = 10;

interface Subject {
  readonly component: Component;
  readonly use: PoolUse;
  readonly all: ConnectionsHeld;
}

export const connectionPoolMissing = defineRule({
  id: 'connection-pool-missing',
  category: 'capacity',
  severity: 'warning',
  summary: 'A program asks a relational database more than 50 times a second and says no `pool` of connections.',
  why: 'Without a pool each request opens a connection of its own: several round trips, a log-in, and in PostgreSQL a new process. That costs more than most queries, and when answers get slow the number of connections grows until the server refuses them. A pool also bounds what the callers can ask of the database at once; how many connections they hold in all can only be checked where it is said.',
  doInstead:
    'Say the size of the pool on the connection: `api -> db { pool: 10 }`. Let the callers call a pooler such as PgBouncer where they are many or short-lived (functions).',
  messages: {
    missing: (d: { caller: string; callee: string; rate: string }) =>
      `Each instance of ${d.caller} asks ${d.callee} ${d.rate} at peak and says no pool: a connection for each request takes longer to open than most queries, and nothing bounds how many there are. Give the connection a pool.`,
  },
  docs: {
    avoid: [{ title: '100 requests a second at each instance', text: shop('') }],
    prefer: [{ title: 'A pool of ten connections', text: shop('\napi -> orders { pool: 10 }\n') }],
    references: [
      {
        title: 'PostgreSQL manual 50.2, How Connections Are Established: a process for each',
        url: 'https://www.postgresql.org/docs/current/connect-estab.html',
      },
      { title: 'HikariCP wiki, About Pool Sizing', url: 'https://github.com/brettwooldridge/HikariCP/wiki/About-Pool-Sizing' },
    ],
  },
  check: {
    each: 'component',
    run(component, { analysis, design, report }) {
      const all = analysis.limits.get(component.id)?.connections;
      // Only relational databases have a number of connections that they work best with.
      if (component.kind !== 'database' || !all?.best) return;
      for (const use of all.callers) {
        const connection = design.connections.get(use.connection);
        const rate = known(use.perInstance);
        if (!connection || connection.properties.has('pool') || rate === undefined || rate <= MANY) continue;
        if (!COMPUTE.includes(design.components.get(use.caller)?.kind ?? 'client')) continue;
        report({
          message: 'missing',
          data: { caller: use.caller, callee: component.id, rate: formatQuantity(rate, RATE) },
          span: connection.span,
          element: connection.id,
          affects: [...new Set(connection.uses.map((u) => u.flow))],
          subject: { component, use, all },
        });
      }
    },
  },
  fix({ use, all }: Subject): Fix[] {
    const pool = fittingPool(use, all);
    if (pool === undefined) return [];
    return [
      {
        title: `Keep ${counted(pool, 'connection')} in a pool of each instance of ${use.caller}`,
        preferred: true,
        edits: [{ kind: 'set-property', on: use.connection, property: 'pool', value: String(pool) }],
      },
    ];
  },
});

/** The usual size, or as much as the load takes; as many as the server accepts, divided evenly over callers without a pool. */
function fittingPool(use: PoolUse, all: ConnectionsHeld): number | undefined {
  const least = Math.max(1, roundedUp((known(use.busy) ?? 0) / 0.7));
  const wanted = Math.max(USUAL, least);
  const limit = known(all.limit);
  if (limit === undefined) return wanted;
  const instances = all.callers.reduce(
    (n, c) => n + (known(c.held) === undefined ? (known(c.instances) ?? Number.POSITIVE_INFINITY) : 0),
    0,
  );
  const room = limit - all.callers.reduce((n, c) => n + (known(c.held) ?? 0), 0);
  const pool = Math.min(wanted, Math.floor(room / instances));
  return pool >= least ? pool : undefined;
}

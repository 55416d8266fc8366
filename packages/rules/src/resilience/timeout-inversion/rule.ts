import { type Connection, type Design, type Flow, formatQuantity, property, TIME } from '@sysd/core';
import { defineRule, type Input } from '../../rule.ts';
import { connectionOf, longestWaitAt, longestWaits, mayTake, type Patience, roundedUp } from '../../shared/timeouts.ts';

/** Three times 400 ms are no more than 1.2 s. */
const ROUNDING = 1e-9;

const shop = (timeout: string, inner = 'timeout: 400 ms, retries: 2, backoff: exponential 100 ms, jitter: full') => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 4, cores: 4, cpu-time: 10 ms, health: http "/healthz" every 5 s }
loadbalancer inner: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service orders { replicas: 4, cores: 4, cpu-time: 5 ms, health: http "/healthz" every 5 s }
database db: postgres { replicas: 3, failover: automatic, backup: every 1 day }

api -> inner { timeout: ${timeout} }
orders -> db { idempotent: yes, ${inner} }

flow Order from users at 5/day each {
  users -> lb -> api -> inner -> orders
  orders -> db write 1 KB
}
`;

export const timeoutInversion = defineRule({
  id: 'timeout-inversion',
  category: 'resilience',
  severity: 'warning',
  summary: 'A caller that gives up before what it calls has given up: its timeout is shorter than the attempts and timeouts below it.',
  why: 'When the lower call is slow, the caller has left while the one in the middle goes on waiting and trying again: work that nobody asks for any more, connections that are held, and retries from above on top. The retries below never help this caller.',
  doInstead:
    'Deadlines shrink on the way down: let each caller wait at least as long as all attempts of what it calls (attempts × timeout and the pauses between them), or cut the timeouts and retries below. Passing the deadline on with the request does the same.',
  messages: {
    inverted: (d: { from: string; to: string; timeout: string; below: string; longest: string; attempts: string; flow: string }) =>
      `${d.from} gives ${d.to} ${d.timeout}, but ${d.below} may take ${d.longest} (${d.attempts}) in ${d.flow}: ${d.from} has given up while the call below still goes on for nobody. Let ${d.from} wait longer, or let the call below end sooner.`,
  },
  docs: {
    avoid: [{ title: 'Three attempts of 400 ms within 500 ms', text: shop('500 ms') }],
    prefer: [
      { title: 'The caller waits for all attempts', text: shop('1.5 s') },
      {
        title: 'The attempts fit into the time of the caller',
        text: shop('500 ms', 'timeout: 200 ms, retries: 1, backoff: exponential 50 ms, jitter: full'),
      },
    ],
    references: [
      {
        title: 'Google SRE book, chapter 22: Addressing Cascading Failures, deadlines',
        url: 'https://sre.google/sre-book/addressing-cascading-failures/',
      },
      { title: 'gRPC documentation: Deadlines', url: 'https://grpc.io/docs/guides/deadlines/' },
    ],
  },
  check: {
    each: 'flow',
    run(flow, { design, report }) {
      const waits = longestWaits(design, flow);
      const said = new Set<string>();
      for (const hop of flow.hops) {
        if (!hop.sync || hop.lookup) continue;
        for (const { stop } of hop.to) {
          const below = waits[stop];
          const connection = connectionOf(design, flow, hop, stop);
          const timeout = connection && property(connection.properties, 'timeout');
          if (!below || !connection || !timeout || said.has(connection.id) || timeout.value.value >= below.longest * (1 - ROUNDING))
            continue;
          said.add(connection.id);
          if (isSaidOfOthers(design, flow, connection, timeout.value.value)) continue;
          const own = property(below.connection.properties, 'timeout');
          report({
            message: 'inverted',
            data: {
              from: connection.from,
              to: connection.to,
              timeout: timeout.text,
              below: `${below.connection.from} → ${below.connection.to}`,
              longest: Number.isFinite(below.longest) ? time(below.longest) : 'longer than anybody waits',
              attempts: attemptsText(below),
              flow: flow.id,
            },
            span: timeout.valueSpan ?? connection.span,
            element: connection.id,
            affects: [flow.id],
            ...(own?.valueSpan ? { related: [{ span: own.valueSpan, message: `${below.connection.to} is waited for until here` }] } : {}),
            subject: { connection, below },
          });
        }
      }
    },
  },
  fix: ({ connection, below }: { connection: Connection; below: Patience }, { design }: Input) => {
    if (!Number.isFinite(below.longest) || !mayTake(design, connection, 1.1 * below.longest)) return [];
    const value = roundedUp(below.longest);
    return [
      {
        title: `Let ${connection.from} wait ${value} for ${connection.to}, as long as all attempts below`,
        preferred: true,
        edits: [{ kind: 'set-property', on: connection.id, property: 'timeout', value }],
      },
    ];
  },
});

const isShorter = (timeout: number, below: Patience): boolean => timeout < below.longest * (1 - ROUNDING);

/** Whether a flow further up in the text shows the same of the connection: it speaks for all others. */
function isSaidOfOthers(design: Design, flow: Flow, connection: Connection, timeout: number): boolean {
  for (const use of connection.uses) {
    if (use.flow === flow.id) return false;
    const other = design.flows.get(use.flow);
    const hop = other?.hops[use.hop];
    if (!other || !hop?.sync || hop.lookup) continue;
    const shows = hop.to.some(({ stop }) => {
      if (connectionOf(design, other, hop, stop)?.id !== connection.id) return false;
      const below = longestWaitAt(design, other, stop);
      return below !== undefined && isShorter(timeout, below);
    });
    if (shows) return true;
  }
  return false;
}

function attemptsText({ attempts, timeout, pauses }: Patience): string {
  const tries = attempts === 1 ? `its timeout is ${time(timeout)}` : `${attempts} attempts of ${time(timeout)}`;
  return pauses > 0 ? `${tries} and pauses of ${time(pauses)}` : tries;
}

const time = (seconds: number): string => formatQuantity(seconds, TIME);

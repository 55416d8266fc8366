import { COUNT, type Connection, type Design, type ElementId, effective, type Flow, formatQuantity, sourceStop } from '@sysd/core';
import { defineRule } from '../../rule.ts';

const shop = (outer: string, inner: string) => `system Shop

client app { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 4, health: http "/healthz" every 5 s }
service orders { replicas: 4, health: http "/healthz" every 5 s }
registry names: consul { replicas: 3 }
database db: postgres { replicas: 3, failover: automatic, backup: every 1 day }

api -> orders { timeout: 2 s${outer} }
orders -> db  { timeout: 200 ms${inner} }

flow Track from app at 2/day each {
  app -> lb -> api -> names -> orders
  orders -> db read 1 KB
}
`;

const THREE = ', retries: 3, backoff: exponential 50 ms, jitter: full';

/** Three layers of one retry, or one layer of seven: beyond that one request in trouble is a burst. */
const MOST = 8;

/** A layer that retries, on the way of a request. */
interface Layer {
  readonly connection: Connection;
  readonly attempts: number;
}

export const retryAmplification = defineRule({
  id: 'retry-amplification',
  category: 'resilience',
  severity: 'warning',
  summary: 'Several layers retry, so that one request becomes many calls at the bottom.',
  why: 'Each layer that retries multiplies what the layer above it has multiplied already. Three layers of four attempts each turn one request into 64 calls to the component at the bottom, just when it is in trouble, and none of them helps.',
  doInstead:
    'Retry at one layer, the one right above what fails, and let the others pass the failure on. Where several must retry, give each a budget (`budget: 10%`).',
  messages: {
    amplifies: (d: { target: string; flow: string; calls: string; layers: string }) =>
      `One request of ${d.flow} can become ${d.calls} calls to ${d.target} when it fails: ${d.layers}. Retry at one layer only, or bound the retries: budget: 10%.`,
  },
  docs: {
    avoid: [{ title: 'Four attempts on each of two layers', text: shop(THREE, THREE) }],
    prefer: [
      { title: 'Retries at the bottom only', text: shop('', THREE) },
      { title: 'A budget', text: shop(`${THREE}, budget: 10%`, THREE) },
    ],
    references: [
      {
        title: 'Google SRE Book, chapter 22: three layers of 3 retries make 64 attempts',
        url: 'https://sre.google/sre-book/addressing-cascading-failures/',
      },
      {
        title: 'Brooker, Timeouts, retries and backoff with jitter (Amazon Builders’ Library): five layers of 3 tries make 243 calls',
        url: 'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
      },
    ],
  },
  check: {
    each: 'flow',
    run(flow, { design, report }) {
      const told = new Set<ElementId>();
      for (const [hop, layers] of layersBy(flow, design)) {
        const calls = layers.reduce((product, l) => product * l.attempts, 1);
        const last = layers.at(-1);
        if (!amplifies(layers) || !last || told.has(last.connection.id) || isSaidOfFirst(flow, last.connection, design)) continue;
        told.add(last.connection.id);
        report({
          message: 'amplifies',
          data: {
            target: last.connection.to,
            flow: flow.id,
            calls: formatQuantity(calls, COUNT),
            layers: layers.map((l) => `${l.connection.from} tries ${l.attempts} times`).join(', '),
          },
          span: flow.hops[hop]?.span ?? flow.nameSpan,
          element: last.connection.id,
          affects: [flow.id],
          related: layers.map((l) => ({
            span: l.connection.span,
            message: `${l.connection.from} tries ${l.connection.to} ${l.attempts} times`,
          })),
        });
      }
    },
  },
});

const amplifies = (layers: readonly Layer[]): boolean => layers.length > 1 && layers.reduce((product, l) => product * l.attempts, 1) > MOST;

/** Whether the first flow that uses the connection shows the same of it: it speaks for all others. */
function isSaidOfFirst(flow: Flow, connection: Connection, design: Pick<Design, 'connections' | 'flows'>): boolean {
  const first = connection.uses[0]?.flow;
  const other = first === undefined || first === flow.id ? undefined : design.flows.get(first);
  return (
    other !== undefined && [...layersBy(other, design).values()].some((l) => amplifies(l) && l.at(-1)?.connection.id === connection.id)
  );
}

/** For each hop that retries: the layers on the way to it that do, those with the most attempts where several ways lead there. */
function layersBy(flow: Flow, design: Pick<Design, 'connections'>): Map<number, readonly Layer[]> {
  const into = new Map<number, readonly Layer[]>();
  const product = (layers: readonly Layer[]): number => layers.reduce((p, l) => p * l.attempts, 1);
  const byHop = new Map<number, readonly Layer[]>();
  for (const hop of flow.hops) {
    const above = into.get(hop.from) ?? [];
    for (const { stop } of hop.to) {
      const connection = design.connections.get(`${sourceStop(flow, hop).component}->${flow.stops[stop]?.component}`);
      const attempts = connection ? attemptsOf(connection) : 1;
      const layers = connection && attempts > 1 ? [...above, { connection, attempts }] : above;
      if (attempts > 1) byHop.set(hop.index, layers);
      // What nobody waits for is not retried by those above.
      const below = hop.sync ? layers : [];
      if (!into.has(stop) || product(below) > product(into.get(stop) ?? [])) into.set(stop, below);
    }
  }
  return byHop;
}

/** Attempts in all when every one fails; with a budget hardly more than one call a request. */
function attemptsOf(connection: Connection): number {
  if (connection.properties.has('budget')) return 1;
  return 1 + (effective(connection.properties, 'retries')?.value.value ?? 0);
}

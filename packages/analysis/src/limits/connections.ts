import {
  COMPUTE,
  COUNT,
  type Component,
  type Connection,
  type ConnectionsHeld,
  type ElementId,
  type Estimate,
  type Flow,
  notEstimated,
  type PoolUse,
  property,
  RATE,
  STORES,
  shardCount,
} from '@sysd/core';
import { peakSum } from '../day/peak.ts';
import { poolSize } from '../estimation/pool-size.ts';
import { compute, leaf, product, propertyLeaf, sum } from '../figure/make.ts';
import { littlesLaw } from '../queueing/little.ts';
import { readersOf, rolesOf } from '../scenario/roles.ts';
import type { Contribution } from '../traffic/contributions.ts';
import { shardSkew } from '../traffic/shard-skew.ts';
import type { LimitContext } from './context.ts';
import { instancesSeenBy, standingPerCopy } from './instances.ts';
import { byLaw } from './law.ts';
import { meanLatency } from './mean-latency.ts';

/** Disks of a database server: the language does not say how many; PostgreSQL's rule counts those that can seek at the same time. */
const DISK = leaf('one disk', 1, COUNT);

/**
 * Connections that callers keep to one server of a component; undefined where no caller keeps a pool and the component is no relational
 * database that programs call. A pool is kept to each shard. What reads from any replica spreads its pool over those that serve reads;
 * what writes has all of it at the primary.
 */
export function connectionsTo(context: LimitContext, callee: Component): ConnectionsHeld | undefined {
  const { design, ends } = context;
  if (property(callee.properties, 'level')?.value.level === 'in-process') return undefined;
  const connections = (ends.into.get(callee.id) ?? []).map((id) => design.connections.get(id) as Connection);
  const programs = connections.filter((c) => design.components.get(c.from)?.kind !== 'client');
  // A database inside the process of its caller (SQLite) listens on no port.
  const embedded = callee.technology !== undefined && !callee.properties.has('port');
  const relational = property(callee.properties, 'model')?.value === 'relational' && !embedded;
  const called = programs.some((c) => COMPUTE.includes(design.components.get(c.from)?.kind ?? 'client'));
  if (!programs.some((c) => c.properties.has('pool')) && !(relational && called)) return undefined;
  const callers = programs.map((c) => poolUse(context, callee, c));
  const most = property(callee.properties, 'max-connections') ?? property(callee.properties, 'connections');
  const cores = property(callee.properties, 'cores');
  return {
    callers,
    held: sum(
      `connections to one server of ${callee.id}`,
      callers.map((c) => ({ name: c.caller, value: c.held })),
      COUNT,
      `no connection leads to ${callee.id}`,
    ),
    limit: most ? propertyLeaf(`${callee.id}.max-connections`, most) : notEstimated(`${callee.id} has no max-connections`),
    ...(relational
      ? {
          best: byLaw(
            `connections that ${callee.id} works best with`,
            '2 × cores + disks (PostgreSQL project, after the HikariCP wiki)',
            [cores ? propertyLeaf(`${callee.id}.cores`, cores) : notEstimated(`${callee.id} has no cores`), DISK],
            COUNT,
            poolSize,
          ),
        }
      : {}),
  };
}

function poolUse(context: LimitContext, callee: Component, connection: Connection): PoolUse {
  const { design, traffic } = context;
  const caller = design.components.get(connection.from) as Component;
  const name = `${caller.id} → ${callee.id}`;
  const pool = property(connection.properties, 'pool');
  const poolLeaf = pool ? propertyLeaf(`pool of ${name}`, pool) : notEstimated(`${name} has no pool`);
  const instances = instancesSeenBy(design, caller, callee);
  const parts = (traffic.contributions.get(callee.id) ?? []).filter((c) => sourceOf(context, c) === caller.id);
  const share = serverShare(callee, parts, standingPerCopy(design, callee));
  const perInstance = ratePerInstance(context, callee, caller, parts);
  const hold = holdTime(context, callee);
  return {
    connection: connection.id,
    caller: caller.id,
    instances,
    pool: poolLeaf,
    held: product(`connections of ${name} to one server`, share ? 'instances × pool × share of the server' : 'instances × pool', [
      instances,
      poolLeaf,
      ...(share ? [share] : []),
    ]),
    perInstance,
    hold,
    busy: byLaw(
      `connections of one instance that are busy, ${name}`,
      "rate × time of the answer (Little's law)",
      [perInstance, hold],
      COUNT,
      littlesLaw,
    ),
  };
}

const sourceOf = ({ design }: LimitContext, { flow, hop }: Contribution): ElementId | undefined =>
  hop && (design.flows.get(flow) as Flow).stops[hop.from]?.component;

/** The part of a pool that lies at the server that most ask; undefined: all of it. */
function serverShare(callee: Component, parts: readonly Contribution[], replicas: number): Estimate | undefined {
  if (replicas <= 1) return undefined;
  const evenly = (n: number): Estimate | undefined =>
    n <= 1
      ? undefined
      : compute(
          'share of one server',
          '1 ÷ servers that answer',
          [leaf(`servers of ${callee.id} that answer`, n, COUNT)],
          COUNT,
          (x) => 1 / x,
        );
  const roles = rolesOf(callee);
  if (roles === 'active-passive') return undefined;
  if (roles !== 'primary') return evenly(replicas);
  if (parts.length === 0 || parts.some((p) => p.operation !== 'read')) return undefined;
  const readers = parts.map((p) => readersOf(callee, p.fresh));
  if (readers.includes('primary')) return undefined;
  return evenly(readers.includes('replicas') ? replicas - 1 : replicas);
}

/** Requests/s at peak of one instance of the caller to one shard of the callee (the hottest; a scatter asks each). */
function ratePerInstance(context: LimitContext, callee: Component, caller: Component, parts: readonly Contribution[]): Estimate {
  const name = `${caller.id} → ${callee.id}`;
  const running = context.traffic.components.get(caller.id)?.replicas ?? 0;
  if (running === 0) return notEstimated(`no instance of ${caller.id} is there`);
  const shards = shardCount(callee);
  const skew = shardSkew(callee);
  const shard = compute(
    'share of the hottest shard',
    skew.formula,
    [leaf(`${callee.id}.shards`, shards, COUNT), ...skew.figures],
    COUNT,
    () => skew.shareOf(shards),
  );
  const rate = peakSum(
    `peak rate of ${name}${shards > 1 ? ', to one shard' : ''}`,
    parts.map((p) => ({
      name: p.flow,
      value:
        shards > 1 && !p.scatter ? product(`${p.name}, to one shard`, `peak rate × ${skew.formula}`, [p.rate.peak, shard]) : p.rate.peak,
      ...(p.profile ? { profile: p.profile } : {}),
    })),
    RATE,
    `no flow uses ${name}`,
  );
  return compute(
    `peak rate of one instance of ${name}`,
    'peak rate ÷ instances of the caller at peak',
    [rate, leaf(`instances of ${caller.id} at peak`, running, COUNT)],
    RATE,
    (r, n) => r / n,
  );
}

/** How long a request occupies a connection, at least: what a store or a third party takes. What calls others in turn is left open. */
function holdTime({ design, ends }: LimitContext, callee: Component): Estimate {
  const waitsFor = (ends.outOf.get(callee.id) ?? []).map((id) => design.connections.get(id) as Connection).find((c) => c.sync);
  if (waitsFor && !STORES.includes(callee.kind)) {
    return notEstimated(`${callee.id} keeps its callers waiting for ${waitsFor.to}`);
  }
  return meanLatency(callee);
}

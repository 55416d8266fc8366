import {
  COUNT,
  type Component,
  type Design,
  type Estimate,
  effective,
  type HotShard,
  isFigure,
  known,
  notEstimated,
  property,
  RATE,
  replicasPerCopy,
  type StoreGrowth,
  shardCount,
} from '@sysd/core';
import { compute, leaf, quotient, sum, wholeAbove } from '../figure/make.ts';
import { readersOf, rolesOf } from '../scenario/roles.ts';
import { byCaller } from './by-caller.ts';
import { capacityOf, maxUtilization, notSized } from './capacity.ts';
import type { Contribution } from './contributions.ts';
import { NO_SKEW, type ShardSkew, shardSkew } from './shard-skew.ts';
import { busiestCopy, copiesUp, copyPeak, placementOf, type Sizing, standingInAll, unsized } from './sizing.ts';

/** Requests of one sort: they load the instances in the same way. */
interface Sort {
  readonly parts: readonly Contribution[];
  readonly write: boolean;
  readonly scatter: boolean;
  /** Who answers: every replica (writes), or those that serve the read. */
  readonly by: 'all' | 'any' | 'primary' | 'replicas';
  readonly rate: Estimate;
  readonly capacity: Estimate;
}

/** Which of the replicas of a shard: they differ where there is a primary. */
type Replica = 'primary' | 'standby';

/**
 * Share of a sort's rate that one replica gets, with R replicas on S shards (the hottest by its skew). A write loads every replica of its
 * shard, a read one of those that serve reads; a scatter puts the whole rate on every shard.
 */
function shareOf(sort: Sort, replica: Replica, replicas: number, shards: number, skew: ShardSkew): number {
  const shard = sort.scatter ? 1 : skew.shareOf(shards);
  switch (sort.by) {
    case 'all':
      return shard;
    case 'any':
      return shard / replicas;
    case 'primary':
      return replica === 'primary' ? shard : 0;
    case 'replicas':
      return replicas === 1 ? shard : replica === 'standby' ? shard / (replicas - 1) : 0;
  }
}

/** Smallest whole n ≥ 1 for which the predicate, once true, stays true; undefined if it is not true by 2^40. */
function leastWhole(fits: (n: number) => boolean): number | undefined {
  let high = 1;
  while (!fits(high)) {
    high *= 2;
    if (high > 2 ** 40) return undefined;
  }
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function sortsOf(component: Component, contributions: readonly Contribution[]): Sort[] {
  const groups = new Map<string, { write: boolean; scatter: boolean; by: Sort['by']; parts: Contribution[] }>();
  for (const c of contributions) {
    if (c.operation === 'start' || c.operation === 'consume') continue;
    const write = c.operation !== 'read' && c.operation !== 'resolve';
    const by = write ? 'all' : readersOf(component, c.fresh);
    const key = `${write} ${c.scatter} ${by}`;
    const group = groups.get(key) ?? { write, scatter: c.scatter, by, parts: [] };
    group.parts.push(c);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ write, scatter, by, parts }) => ({
    parts,
    write,
    scatter,
    by,
    rate: sum(
      `peak rate of ${write ? 'writes' : 'reads'} of ${component.id}`,
      parts.map((p) => ({ name: p.name, value: p.rate.peak })),
      RATE,
      '',
    ),
    capacity: capacityOf(component, write ? 'write' : 'read'),
  }));
}

const describe = (sort: Sort): string =>
  `${sort.write ? 'writes, on every replica' : sort.by === 'any' ? 'reads, over the replicas' : sort.by === 'primary' ? 'reads, on the primary' : 'reads, over the standbys'}${sort.scatter ? ', on every shard' : ''}`;

/** Sizing of what keeps data: stores and brokers. */
export function sizeStore(design: Design, component: Component, peak: Estimate, contributions: readonly Contribution[]): Sizing {
  const id = component.id;
  const shards = shardCount(component);
  const nodes = property(component.properties, 'nodes');
  const standing = standingInAll(design, component) * shards;
  const why = notSized(component);
  const copies = copiesUp(design, component);
  const all = nodes ? nodes.value.value * copies : standing;
  if (why !== undefined) return unsized(why, all);
  const busiest = busiestCopy(design, component, contributions);
  if (busiest.replicas === 0) return unsized(`${id} has failed in this scenario`, 0);
  const inAll = sortsOf(component, contributions);
  const sorts = inAll.map((s) => ({ ...s, rate: copyPeak(component, s.rate, busiest) }));
  if (sorts.length === 0) return unsized(isFigure(peak) ? `no flow reads or writes ${id}` : peak.notEstimated, all);

  const skew = shardSkew(component);
  const replicas = busiest.replicas;
  const hasRoles = rolesOf(component) === 'primary' || sorts.some((s) => s.by === 'primary' || s.by === 'replicas');
  const candidates: Replica[] = replicas > 1 && hasRoles ? ['primary', 'standby'] : ['primary'];
  // With `nodes`, the replicas of all shards are dealt over that many machines.
  const spread = nodes ? (replicas * shards) / nodes.value.value : 1;
  const used = (replica: Replica, r: number, s: number, of: readonly Sort[] = sorts, by = skew): number =>
    of.reduce((n, x) => n + ((known(x.rate) ?? 0) * shareOf(x, replica, r, s, by)) / (known(x.capacity) ?? Number.POSITIVE_INFINITY), 0);
  const requests = (replica: Replica): number =>
    sorts.reduce((n, x) => n + (known(x.rate) ?? 0) * shareOf(x, replica, replicas, shards, skew), 0);
  const busier = (f: (r: Replica) => number): Replica => candidates.reduce((a, b) => (f(b) > f(a) ? b : a));

  const shardsLeaf = leaf(`${id}.shards`, shards, COUNT, property(component.properties, 'shards'));
  const replicasLeaf = leaf(`${id}.replicas`, replicas, COUNT, effective(component.properties, 'replicas'));
  const context = [
    replicasLeaf,
    ...(shards > 1 ? [shardsLeaf, ...skew.figures] : []),
    ...(nodes ? [leaf(`${id}.nodes`, nodes.value.value, COUNT, nodes)] : []),
  ];
  const partsOn = (replica: Replica, by = skew) =>
    sorts.map((sort) => ({
      name: describe(sort),
      value: compute(
        `${describe(sort)}: rate of one instance`,
        shareFormula(sort, shards, by, nodes !== undefined),
        [sort.rate, ...context],
        RATE,
        (rate) => rate * shareOf(sort, replica, replicas, shards, by) * spread,
      ),
    }));
  const perInstance = sum(`peak rate of the busiest instance of ${id}`, partsOn(busier(requests)), RATE, '');

  const one = sorts[0]?.capacity as Estimate;
  const alike = sorts.every((s) => known(s.capacity) !== undefined && known(s.capacity) === known(one));
  const loaded = busier((r) => used(r, replicas, shards));
  const fractionsOn = (replica: Replica, by = skew) =>
    partsOn(replica, by).map((part, i) => ({
      name: part.name,
      value: quotient(`${part.name}: share of the capacity`, 'rate of one instance ÷ capacity', part.value, sorts[i]?.capacity as Estimate),
    }));
  const utilization = alike
    ? quotient(`utilisation of ${id} at peak`, 'peak rate of the busiest instance ÷ its capacity', perInstance, one)
    : sum(`utilisation of ${id} at peak`, fractionsOn(loaded), COUNT, '');
  const callers = byCaller(
    sorts.flatMap((sort) => {
      const weight = (shareOf(sort, loaded, replicas, shards, skew) * spread * busiest.share) / (known(sort.capacity) ?? Number.NaN);
      return sort.parts.map((part) => ({ part, weight }));
    }),
  );
  const capacityPerInstance =
    alike || sorts.length === 1
      ? one
      : compute(`capacity of one instance of ${id} at this mix`, 'rate ÷ utilisation', [perInstance, utilization], RATE, (r, u) =>
          u > 0 ? r / u : Number.NaN,
        );

  /** Two ways to grow, of which the smaller: more replicas of each shard divide the reads, more shards divide all that is pinned to one. */
  const growthTo = (target: number): StoreGrowth | undefined => {
    const fits = (r: number, s: number) => Math.max(...candidates.map((c) => used(c, r, s))) <= target * (1 + 1e-9);
    const r = leastWhole((n) => fits(n, shards));
    const s = leastWhole((n) => fits(replicas, n));
    const byReplicas = r === undefined ? Number.POSITIVE_INFINITY : r * shards;
    const byShards = s === undefined ? Number.POSITIVE_INFINITY : s * replicas;
    if (r !== undefined && (byReplicas < byShards || (byReplicas === byShards && !component.properties.has('shards'))))
      return { by: 'replicas', shards, replicas: r };
    return s === undefined ? undefined : { by: 'shards', shards: s, replicas };
  };
  const needed = (label: string, limit: Estimate | undefined): Estimate => {
    if (!isFigure(utilization)) return utilization;
    const target = limit ? known(limit) : 1;
    if (target === undefined) return limit as Estimate;
    const at = limit ? 'max-utilization' : '100 %';
    const inputs = [utilization, ...(limit ? [limit] : []), ...context];
    const make = (formula: string, value: number): Estimate => compute(label, formula, inputs, COUNT, () => value);
    if (nodes)
      return make(
        `utilisation × nodes ÷ ${at}, rounded up${copies > 1 ? `, × ${copies} copies` : ''}`,
        wholeAbove((utilization.value * nodes.value.value) / target) * copies,
      );
    const growth = growthTo(target);
    const timesCopies = copies > 1 ? ` × ${copies} copies` : '';
    if (!growth) {
      return notEstimated(`${id} cannot stay within ${at} by growing: what loads every replica of every shard is too much already`);
    }
    const formula =
      growth.by === 'replicas'
        ? `replicas that stay within ${at} (${growth.replicas}) × shards (${shards})${timesCopies}: reads are spread over the replicas, writes go to all`
        : `shards that stay within ${at} (${growth.shards}) × replicas (${replicas})${timesCopies}: writes load every replica, so only shards divide them`;
    return make(formula, growth.shards * growth.replicas * copies);
  };
  // Of the copy with the most, with what it has when everything is up.
  const declared = replicasPerCopy(placementOf(design, component));
  const roles: Replica[] = declared > 1 && hasRoles ? ['primary', 'standby'] : ['primary'];
  const usedOfDeclared = (r: number): number =>
    Math.max(...roles.map((c) => used(c, r, shards, inAll))) * busiest.most * (nodes ? (declared * shards) / nodes.value.value : 1);
  const limit = maxUtilization(component);
  const target = known(limit);
  const growth = nodes || target === undefined || !isFigure(utilization) ? undefined : growthTo(target);
  const hotShard = (): HotShard => {
    const busiest = busier((r) => used(r, replicas, shards, sorts, NO_SKEW));
    const label = `utilisation of ${id} at peak if all shards got the same`;
    return {
      share: compute(`share of the hottest shard of ${id}`, skew.formula, [shardsLeaf, ...skew.figures], COUNT, () => skew.shareOf(shards)),
      evenUtilization: sum(label, fractionsOn(busiest, NO_SKEW), COUNT, ''),
    };
  };
  return {
    perInstance,
    capacityPerInstance,
    cores: notEstimated(`${id} has no cpu-time`),
    utilization,
    ...(callers ? { callers } : {}),
    replicasAtFull: needed(`instances of ${id} at 100 %`, undefined),
    replicasNeeded: needed(`instances of ${id} needed`, limit),
    ...(growth ? { growth } : {}),
    ...(skew.shareOf(shards) * shards > 1 + 1e-9 ? { hotShard: hotShard() } : {}),
    replicas: all,
    neededPerCopy: neededOfOneShard(component, utilization, limit, declared, usedOfDeclared),
  };
}

function shareFormula(sort: Sort, shards: number, skew: ShardSkew, nodes: boolean): string {
  const shard = sort.scatter || shards <= 1 ? '' : ` × ${skew.formula}`;
  const replica = sort.by === 'any' ? ' ÷ replicas' : sort.by === 'replicas' ? ' ÷ (replicas − 1)' : '';
  return `rate${shard}${replica}${nodes ? ' × (shards × replicas ÷ nodes)' : ''}`;
}

/**
 * Replicas of one shard that must be up for the peak: the fewest with which the busiest stays within `max-utilization`. Asked of the
 * replicas that were declared, also where a scenario has failed some: more than those means over capacity, not a failure.
 */
function neededOfOneShard(
  component: Component,
  utilization: Estimate,
  limit: Estimate,
  replicas: number,
  used: (r: number) => number,
): Estimate {
  if (!isFigure(utilization)) return utilization;
  const target = known(limit);
  if (target === undefined) return limit;
  const label = `${component.id}: replicas that the peak needs`;
  for (let low = 1, high = replicas; low <= high; ) {
    const middle = Math.floor((low + high) / 2);
    if (used(middle) <= target * (1 + 1e-9)) high = middle - 1;
    else low = middle + 1;
    if (low > high) {
      const inputs = [utilization, ...(isFigure(limit) ? [limit] : [])];
      return compute(
        label,
        low > replicas ? 'more than there are' : 'fewest replicas that stay within max-utilization',
        inputs,
        COUNT,
        () => low,
      );
    }
  }
  return notEstimated(`${component.id} has no replicas`);
}

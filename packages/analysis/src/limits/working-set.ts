import {
  COUNT,
  type Component,
  DATA,
  type Design,
  type Estimate,
  type Flow,
  findTable,
  type Hop,
  isFigure,
  notEstimated,
  property,
  type Rate,
  shardCount,
  type Table,
  type WorkingSet,
} from '@sysd/core';
import { hasDay, peakTime } from '../day/peak.ts';
import { lruHitRatio } from '../estimation/lru-hit-ratio.ts';
import { zipfClasses } from '../estimation/popularity.ts';
import { compute, leaf, product, propertyLeaf, quantityLeaf, quotient, sum } from '../figure/make.ts';
import { isNotEstimated } from '../queueing/domain.ts';
import type { Contribution } from '../traffic/contributions.ts';
import { partsThen, peakParts } from '../traffic/peak-load.ts';
import { placementOf } from '../traffic/sizing.ts';
import type { LimitContext } from './context.ts';
import { byLaw } from './law.ts';

/** Reads of a cache whose misses some step takes, with that step. */
interface Fill {
  readonly read: Contribution;
  readonly hop: Hop;
  readonly flow: Flow;
  readonly miss: Hop;
}

/** How long a peak is taken to last: the busy hour of traffic engineering (ITU-T E.600). In a `ttl` up to that all of it falls into the peak. */
const BUSY_HOUR = 3600;

/**
 * What a cache is asked to hold on one machine: its tables and what flows write to it, over `ttl`, at the average rate; where none writes it, what its
 * misses bring in that time (Little's law: entries = misses/s × ttl), no more than there is in the table that they read. Misses count at peak where the
 * `ttl` is no longer than that lasts, else on average.
 */
export function workingSetOf(context: LimitContext, cache: Component): WorkingSet | undefined {
  if (cache.kind !== 'cache') return undefined;
  const { design, traffic, stored } = context;
  const contributions = traffic.contributions.get(cache.id) ?? [];
  const fills = fillsOf(context, cache, contributions);
  const written = cache.tables.length > 0 || contributions.some((c) => c.operation === 'write');
  const units = unitsOf(design, cache);
  const perUnit = written
    ? quotient(
        `${cache.id}: held at once`,
        units.formula,
        stored.get(cache.id)?.total?.retained ?? notEstimated(`${cache.id} has no rows`),
        units.count,
      )
    : sum(
        `${cache.id}: brought by misses and held at once`,
        thenOf(cache, fills).map((fill) => ({ name: fill.read.name, value: filledBy(design, cache, fill, units.count) })),
        DATA,
        `no flow writes ${cache.id}, and no step reads on its misses`,
      );
  const filledAt = written || fills.length === 0 ? undefined : fillsAt(cache);
  const memory = property(cache.properties, 'memory');
  const memoryLeaf = memory ? propertyLeaf(`${cache.id}.memory`, memory) : notEstimated(`${cache.id} has no memory`);
  const held = quotient(`held on one machine of ${cache.id}`, 'held ÷ machines for one copy', perUnit, partsOf(cache));
  return {
    held,
    ...(filledAt ? { filledAt } : {}),
    memory: memoryLeaf,
    utilization: quotient(`use of the memory of ${cache.id}`, 'held ÷ memory', held, memoryLeaf),
    hitRatio: hitRatio(design, cache, fills, memoryLeaf),
  };
}

/** Machines over which one copy of the data is spread. */
function partsOf(cache: Component): Estimate {
  const shards = shardCount(cache);
  const nodes = property(cache.properties, 'nodes');
  const replicas = cache.copies[0]?.instances.reduce((n, s) => n + s.count, 0) ?? 1;
  if (nodes) return leaf(`machines of ${cache.id} for one copy`, Math.max(1, nodes.value.value / replicas), COUNT);
  return leaf(`${cache.id}.shards`, shards, COUNT, property(cache.properties, 'shards'));
}

/** Caches that fill by themselves: one for each copy of a stamp, and for each instance that has one in its process. */
function unitsOf(design: Design, cache: Component): { readonly count: Estimate; readonly formula: string } {
  const placed = placementOf(design, cache);
  const count =
    placed === cache
      ? Math.max(1, cache.copies.length)
      : placed.copies.reduce((n, copy) => n + copy.instances.reduce((m, s) => m + s.count, 0), 0);
  const label = placed === cache ? `copies of ${cache.id}` : `instances of ${placed.id}, each with its own`;
  return { count: leaf(label, Math.max(1, count), COUNT), formula: count > 1 ? `retained ÷ ${label}` : 'retained' };
}

function fillsOf({ design }: LimitContext, cache: Component, contributions: readonly Contribution[]): Fill[] {
  return contributions.flatMap((read) => {
    const flow = design.flows.get(read.flow);
    const { hop } = read;
    if (!flow || !hop || read.operation !== 'read') return [];
    const miss = flow.hops.find((h) => h.miss?.cache === cache.id && h.miss.read === hop.index);
    return miss ? [{ read, hop, flow, miss }] : [];
  });
}

function fillsAt(cache: Component): keyof Rate {
  const ttl = property(cache.properties, 'ttl')?.value.value;
  return ttl !== undefined && ttl <= BUSY_HOUR ? 'peak' : 'average';
}

/** With the rates of the time of the day at which they are most, where they count at peak. */
function thenOf(cache: Component, fills: readonly Fill[]): readonly Fill[] {
  const reads = fills.map((f) => f.read);
  if (fillsAt(cache) === 'average' || !hasDay(reads)) return fills;
  const then = partsThen(reads, peakTime(peakParts(reads)));
  return fills.map((fill, i) => ({ ...fill, read: then[i] ?? fill.read }));
}

function filledBy(design: Design, cache: Component, { read, hop, miss }: Fill, units: Estimate): Estimate {
  const hit = property(cache.properties, 'hit-ratio');
  const ttl = property(cache.properties, 'ttl');
  const at = fillsAt(cache);
  const misses = compute(
    `misses of ${read.name}`,
    at === 'peak' ? 'peak rate × (1 − hit-ratio), as ttl is no more than the busy hour' : 'average rate × (1 − hit-ratio)',
    [read.rate[at], hit ? propertyLeaf(`${cache.id}.hit-ratio`, hit) : notEstimated(`${cache.id} has no hit-ratio`)],
    { ...COUNT, time: -1 },
    (rate, ratio) => rate * (1 - ratio),
  );
  const entries = compute(
    `entries of ${read.name}`,
    "misses/s × ttl ÷ caches that fill by themselves (Little's law)",
    [misses, ttl ? propertyLeaf(`${cache.id}.ttl`, ttl) : notEstimated(`${cache.id} has no ttl`), units],
    COUNT,
    (rate, time, n) => (rate * time) / n,
  );
  const rows = rowsOf(tableOf(design, miss));
  // A table has no more rows than it has, whether or not somebody says for how long they are held.
  const bounded = rows
    ? isFigure(entries)
      ? compute(`entries of ${read.name}`, 'no more than the table has rows', [entries, rows], COUNT, Math.min)
      : entries
    : entries;
  return product(`bytes of ${read.name}`, 'entries × size', [bounded, sizeOf(design, cache, { hop, miss })]);
}

const tableOf = (design: Design, hop: Hop): Table | undefined => (hop.table === undefined ? undefined : findTable(design, hop.table));

function rowsOf(table: Table | undefined): Estimate | undefined {
  const rows = table && property(table.properties, 'rows');
  return rows ? propertyLeaf(`${table.id}.rows`, rows) : undefined;
}

/** Size of an entry: what the read answers, else a row of the table that is read on a miss. */
function sizeOf(design: Design, cache: Component, { hop, miss }: Pick<Fill, 'hop' | 'miss'>): Estimate {
  const own = tableOf(design, hop);
  const row = (own && property(own.properties, 'row')) ?? undefined;
  if (own && row) return propertyLeaf(`${own.id}.row`, row);
  if (hop.answer) return quantityLeaf('size', hop.answer);
  const table = tableOf(design, miss);
  const behind = table && property(table.properties, 'row');
  if (table && behind) return propertyLeaf(`${table.id}.row`, behind);
  return miss.answer ? quantityLeaf('size', miss.answer) : notEstimated(`reads of ${cache.id} say no size of their answer`);
}

/** By Che's approximation: the keys are the rows of the one table that is cached. */
function hitRatio(design: Design, cache: Component, fills: readonly Fill[], memory: Estimate): Estimate {
  const popularity = property(cache.properties, 'popularity');
  if (!popularity) return notEstimated(`${cache.id} has no popularity`);
  const exponent = leaf(`${cache.id}.popularity`, popularity.value.zipf.value, COUNT, popularity);
  const tables = cache.tables.length > 0 ? cache.tables : [...new Set(fills.map((f) => tableOf(design, f.miss)))];
  const [table] = tables;
  if (!table || tables.length > 1) return notEstimated(`${cache.id} does not hold the rows of one table`);
  const row = property(table.properties, 'row');
  const keys = rowsOf(table) ?? notEstimated(`${table.id} has no rows`);
  const size = row ? propertyLeaf(`${table.id}.row`, row) : notEstimated(`${table.id} has no row`);
  const places = compute(
    `entries for which ${cache.id} has room`,
    'memory × machines for one copy ÷ row',
    [memory, partsOf(cache), size],
    COUNT,
    (m, n, s) => Math.floor((m * n) / s),
  );
  return byLaw(
    `hit ratio that the memory of ${cache.id} buys`,
    "Che's approximation of LRU; the k-th most popular key is asked for in proportion to k^−s",
    [keys, exponent, places],
    COUNT,
    (n, s, room) => {
      const classes = zipfClasses({ keys: Math.round(n), exponent: s });
      return isNotEstimated(classes) ? classes : lruHitRatio(classes, room);
    },
  );
}

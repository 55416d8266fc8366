import {
  COUNT,
  type Component,
  DATA,
  DAY,
  type DiskUse,
  type Estimate,
  type Figure,
  isFigure,
  known,
  notEstimated,
  property,
  type StorageEntry,
  TIME,
} from '@sysd/core';
import { compute, product, propertyLeaf, quotient, sum } from '../figure/make.ts';
import { firstDay } from '../growth/first-time.ts';
import { heldAfter, type Inflow, inflowsOf } from '../growth/stock.ts';
import type { LimitContext } from './context.ts';
import { machinesOf } from './machines.ts';

/** Share of a disk up to which one plans. */
const USABLE: Figure = {
  value: 0.8,
  dimension: COUNT,
  label: 'share of a disk that may be used',
  text: '80%',
  origin: {
    kind: 'default',
    source: 'planning rule: compaction, vacuum, logs and new indexes need room; Elasticsearch stops giving shards to a disk at 85 %',
  },
};

/** How full the disks of a store get, and when; undefined for what keeps nothing on disk. */
export function diskOf({ stored }: LimitContext, store: Component): DiskUse | undefined {
  const held = stored.get(store.id);
  if (!held?.total || store.kind === 'cache') return undefined;
  const disk = property(store.properties, 'disk');
  const machines = machinesOf(store);
  const usable = product(`usable disk of one machine of ${store.id}`, 'disk × share that may be used', [
    disk ? propertyLeaf(`${store.id}.disk`, disk) : notEstimated(`${store.id} has no disk`),
    USABLE,
  ]);
  const used = quotient(`kept on one machine of ${store.id}`, 'retained with copies ÷ machines', held.total.retainedWithCopies, machines);
  const endless = held.entries.filter((e) => isEndless(store, e));
  const none: Estimate = { value: 0, dimension: DATA, label: `${store.id} per day without end`, formula: 'nothing is kept for ever' };
  const fullIn = timeToFull(store, held.entries, usable, machines);
  return {
    used,
    usable,
    utilization: quotient(`use of the disks of ${store.id}`, 'kept ÷ usable', used, usable),
    endless:
      endless.length === 0
        ? none
        : sum(
            `${store.id} per day without end`,
            endless.map((e) => ({ name: e.element, value: e.perDayWithCopies })),
            DATA,
            '',
          ),
    ...(fullIn ? { fullIn } : {}),
  };
}

/** Grows, and nothing says when it is removed. */
export function isEndless(store: Component, entry: StorageEntry): boolean {
  if (isFigure(entry.retained) || (known(entry.perDay) ?? 0) <= 0) return false;
  const table = store.tables.find((t) => t.id === entry.element);
  return !store.properties.has('retention') && !table?.properties.has('retention') && !table?.properties.has('rows');
}

/**
 * From empty disks, but for what is in stock, until what is held reaches what is usable; undefined where it never does. Without growth that is Σ
 * min(a day × time, what is kept of it).
 */
function timeToFull(store: Component, entries: readonly StorageEntry[], usable: Estimate, machines: Estimate): Estimate | undefined {
  const rates = entries.map((e) => e.perDayWithCopies);
  const room = product(`usable disk of ${store.id}`, 'usable × machines', [usable, machines]);
  const unknown = [room, ...rates].find((e) => !isFigure(e));
  if (unknown) return unknown;
  const inflows: Inflow[] = [];
  for (const entry of entries) {
    const found = inflowsOf(store, entry, isEndless(store, entry));
    if (!found) return entry.retainedWithCopies;
    inflows.push(...found);
  }
  const space = known(room) ?? 0;
  const grows = inflows.some((i) => i.perYear > 0);
  const most = inflows.reduce((n, i) => n + i.stock + i.perDay * (i.perDay > 0 ? i.kept : 0), 0);
  if (!grows && most <= space * (1 + 1e-9)) return undefined;
  const days = firstDay((day) => heldAfter(inflows, day), space);
  if (days === undefined) return undefined;
  const formula = `time after which stock + ${grows ? 'what is written until then and kept, growing as its flows do' : 'Σ min(a day × time, kept)'} = usable disk of all machines`;
  return compute(`${store.id} is full in`, formula, [room, ...rates], TIME, () => days * DAY);
}

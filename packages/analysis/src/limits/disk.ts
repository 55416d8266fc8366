import {
  COUNT,
  type Component,
  DATA,
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
import type { LimitContext } from './context.ts';
import { machinesOf } from './machines.ts';

const DAY = 86_400;

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
function isEndless(store: Component, entry: StorageEntry): boolean {
  if (isFigure(entry.retained) || (known(entry.perDay) ?? 0) <= 0) return false;
  const table = store.tables.find((t) => t.id === entry.element);
  return !store.properties.has('retention') && !table?.properties.has('retention') && !table?.properties.has('rows');
}

/** Bytes of one sort: in stock, or so many a day up to a limit (none: without end). */
interface Growth {
  readonly stock: number;
  readonly perDay: number;
  readonly most: number;
}

/**
 * From empty disks, but for what is in stock, until Σ min(growth × time, what is kept of it) reaches what is usable; undefined where it never
 * does.
 */
function timeToFull(store: Component, entries: readonly StorageEntry[], usable: Estimate, machines: Estimate): Estimate | undefined {
  const rates = entries.map((e) => e.perDayWithCopies);
  const room = product(`usable disk of ${store.id}`, 'usable × machines', [usable, machines]);
  const unknown = [room, ...rates].find((e) => !isFigure(e));
  if (unknown) return unknown;
  const growths: Growth[] = [];
  for (const entry of entries) {
    const perDay = known(entry.perDayWithCopies) ?? 0;
    const kept = known(entry.retainedWithCopies);
    if (kept === undefined && !isEndless(store, entry) && perDay > 0) return entry.retainedWithCopies;
    if (perDay > 0) growths.push({ stock: 0, perDay, most: kept ?? Number.POSITIVE_INFINITY });
    else if (kept !== undefined) growths.push({ stock: kept, perDay: 0, most: kept });
    else if (store.tables.find((t) => t.id === entry.element)?.properties.has('rows')) return entry.retainedWithCopies;
  }
  const days = daysUntil(growths, known(room) ?? 0);
  if (days === undefined) return undefined;
  const formula = 'time after which stock + Σ min(a day × time, kept) = usable disk of all machines';
  return compute(`${store.id} is full in`, formula, [room, ...rates], TIME, () => days * DAY);
}

function daysUntil(growths: readonly Growth[], room: number): number | undefined {
  const all = growths.reduce((n, g) => n + (g.perDay > 0 ? g.most : g.stock), 0);
  if (all <= room * (1 + 1e-9)) return undefined;
  let used = growths.reduce((n, g) => n + g.stock, 0);
  if (used >= room) return 0;
  let speed = growths.reduce((n, g) => n + g.perDay, 0);
  let day = 0;
  for (const { perDay, most } of growths.filter((g) => g.perDay > 0).sort((a, b) => a.most / a.perDay - b.most / b.perDay)) {
    const until = most / perDay;
    if (used + speed * (until - day) >= room) break;
    used += speed * (until - day);
    day = until;
    speed -= perDay;
  }
  return day + (room - used) / speed;
}

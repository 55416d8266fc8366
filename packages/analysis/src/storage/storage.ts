import {
  COUNT,
  type Component,
  DATA,
  DAY,
  Derived,
  DerivedMap,
  type Design,
  type ElementId,
  type Estimate,
  effective,
  findTable,
  type Hop,
  isFigure,
  keepData,
  keepItems,
  notEstimated,
  property,
  type RecordedDesign,
  type RecordedMap,
  type Recorder,
  replicasPerCopy,
  type Storage,
  type StorageEntry,
  shardCount,
  type Table,
  TIME,
} from '@sysd/core';
import { leaf, named, type Part, product, propertyLeaf, quantityLeaf, sum } from '../figure/make.ts';
import { isReferenceTable } from '../queries/shard-key.ts';
import type { Contribution } from '../traffic/contributions.ts';
import type { TrafficModel } from '../traffic/traffic.ts';
import { type OnDisk, onDisk } from './on-disk.ts';

const A_DAY: Estimate = leaf('a day', DAY, TIME);

/** Kinds that keep what is written to them. Queues hand messages on and forget them. */
const KEEPS: readonly string[] = ['database', 'cache', 'search', 'blobstore', 'stream'];

/** What one store holds: its entries, and all of them together where there are any. */
export interface Stored {
  readonly entries: readonly StorageEntry[];
  readonly total?: StorageEntry;
  readonly durable: boolean;
}

/**
 * Bytes that each store gains per day and holds: rows added by `write` (average rate × row, or the step's size where there is no row),
 * with its indexes and compressed where that is said, times the copies, over `retention` or `ttl`; with `rows` that is the stock, and writes add nothing.
 */
export function storageOf(
  recorder: Recorder,
  design: RecordedDesign,
  model: TrafficModel,
): { readonly model: RecordedMap<Stored>; readonly update: () => Storage } {
  const ids = new Derived<readonly ElementId[]>(recorder, keepItems);
  const stores = new DerivedMap<Stored>(recorder, keepData);
  const storage = new Derived<Storage>(recorder);
  const update = (): Storage => {
    ids.update(() => [...design.components.values()].flatMap((c) => (KEEPS.includes(c.kind) ? [c.id] : [])));
    stores.update(ids.value, (id) => storedIn(design, design.components.get(id) as Component, model.contributions.get(id) ?? []));
    return storage.update(() => allOf([...stores.values()]));
  };
  return { model: stores, update };
}

function storedIn(design: Design, store: Component, contributions: readonly Contribution[]): Stored {
  const writes = contributions.filter((c) => c.operation === 'write' || c.operation === 'publish');
  const entries = [
    ...store.tables.map((table) =>
      tableEntry(
        store,
        table,
        writes.filter((w) => w.hop?.table === table.id),
      ),
    ),
    ...untabled(
      store,
      writes.filter((w) => w.hop?.table === undefined || !findTable(design, w.hop.table)),
    ),
  ];
  return { entries, durable: DURABLE.includes(store.kind), ...(entries.length > 0 ? { total: total(store, entries) } : {}) };
}

/** Kinds that keep what is written to them for good. */
const DURABLE: readonly string[] = ['database', 'search', 'blobstore'];

function allOf(all: readonly Stored[]): Storage {
  const durable = all.flatMap((s) => (s.total && s.durable ? [s.total] : []));
  // Bytes per day that all durable stores of the design gain: one copy, and with copies.
  const add = (label: string, of: (e: StorageEntry) => Estimate): Estimate =>
    sum(
      label,
      durable.map((e) => ({ name: e.store, value: of(e) })),
      DATA,
      'nothing is stored for good',
    );
  return {
    entries: all.flatMap((s) => s.entries),
    stores: new Map(all.flatMap((s) => (s.total ? [[s.total.store, s.total]] : []))),
    durable: {
      perDay: add('stored per day', (e) => e.perDay),
      perDayWithCopies: add('stored per day with copies', (e) => e.perDayWithCopies),
    },
  };
}

function tableEntry(store: Component, table: Table, writes: readonly Contribution[]): StorageEntry {
  const row = property(table.properties, 'row');
  const rows = property(table.properties, 'rows');
  const copies = copiesOf(store, table);
  const rowLeaf = row ? propertyLeaf(`${table.id}.row`, row) : undefined;
  const disk = onDisk(store, table);
  if (rows) {
    const stock = product(`stock of ${table.id}`, `rows × row${disk.formula}`, [
      propertyLeaf(`${table.id}.rows`, rows),
      rowLeaf ?? notEstimated(`${table.id} has no row`),
      ...disk.factors,
    ]);
    const none: Estimate = {
      value: 0,
      dimension: DATA,
      label: `${table.id} per day`,
      formula: 'rows is the stock: writes add nothing',
      inputs: [],
    };
    return entryOf(store, table.id, none, stock, copies);
  }
  const perDay = perDayOf(table.id, writes, `no flow writes ${table.id}, and it has no rows`, rowLeaf, disk);
  return { ...entryOf(store, table.id, perDay, retained(store, table, table.id, perDay), copies), ...growingShares(perDay, writes) };
}

/** Writes that name no table, as one entry. */
function untabled(store: Component, writes: readonly Contribution[]): StorageEntry[] {
  if (writes.length === 0 && store.tables.length > 0) return [];
  const perDay = perDayOf(store.id, writes, `no flow writes ${store.id}`, undefined, onDisk(store, undefined));
  const entry = entryOf(store, store.id, perDay, retained(store, undefined, store.id, perDay), copiesOf(store, undefined));
  return [{ ...entry, ...growingShares(perDay, writes) }];
}

/** Which part of what is added a day grows how fast; nothing where none of it grows or it is not known. */
function growingShares(perDay: Estimate, writes: readonly Contribution[]): Pick<StorageEntry, 'growing'> {
  if (!isFigure(perDay) || perDay.value <= 0 || writes.every((w) => !w.growth)) return {};
  const [only] = writes;
  if (writes.length === 1 && only) return { growing: [{ share: 1, perYear: only.growth ?? 0 }] };
  const parts = new Map<number, number>();
  writes.forEach((w, i) => {
    const part = perDay.inputs?.[i]?.value ?? 0;
    parts.set(w.growth ?? 0, (parts.get(w.growth ?? 0) ?? 0) + part / perDay.value);
  });
  return { growing: [...parts].map(([perYear, share]) => ({ share, perYear })) };
}

function perDayOf(id: ElementId, writes: readonly Contribution[], none: string, row: Estimate | undefined, disk: OnDisk): Estimate {
  const parts = writes.map((write): Part => {
    const hop = write.hop as Hop;
    const size =
      row ??
      (hop.request ? quantityLeaf('size', hop.request) : notEstimated(`${write.flow} writes ${id} without a size, and it has no row`));
    return {
      name: write.name,
      value: product(`${id} per day by ${write.flow}`, `average rate × ${row ? 'row' : 'size'} × a day${disk.formula}`, [
        write.rate.average,
        size,
        A_DAY,
        ...disk.factors,
      ]),
    };
  });
  const [only] = parts;
  return parts.length === 1 && only ? named(`${id} per day`, only.name, only.value) : sum(`${id} per day`, parts, DATA, none);
}

/** How long data stays: the table's retention, the store's, or the time to live. */
function retained(store: Component, table: Table | undefined, id: ElementId, perDay: Estimate): Estimate {
  const keep =
    (table && property(table.properties, 'retention')) ?? property(store.properties, 'retention') ?? property(store.properties, 'ttl');
  const name = table?.properties.has('retention')
    ? `${table.id}.retention`
    : store.properties.has('retention')
      ? `${store.id}.retention`
      : `${store.id}.ttl`;
  const wanted = store.kind === 'cache' ? 'ttl' : 'retention';
  if (!keep) return notEstimated(`${id} has no ${wanted}`);
  const days = product('days', 'retention ÷ a day', [propertyLeaf(name, keep), leaf('1 ÷ a day', 1 / DAY, { ...TIME, time: -1 })]);
  return product(`${id} retained`, 'per day × retention in days', [perDay, days]);
}

/** Copies of each row: the replicas; for a reference table of a sharded store, those of every shard. */
function copiesOf(store: Component, table: Table | undefined): Estimate {
  const replicas = leaf(`${store.id}.replicas`, replicasPerCopy(store), COUNT, effective(store.properties, 'replicas'));
  if (!table || !isReferenceTable(store, table)) return replicas;
  const shards = leaf(`${store.id}.shards`, shardCount(store), COUNT, property(store.properties, 'shards'));
  return product('copies', 'replicas × shards: a table without the shard key is on every shard', [replicas, shards]);
}

function entryOf(store: Component, element: ElementId, perDay: Estimate, kept: Estimate, copies: Estimate): StorageEntry {
  const times = (label: string, value: Estimate) => product(label, 'one copy × copies', [value, copies]);
  return {
    element,
    store: store.id,
    perDay,
    perDayWithCopies: times(`${element} per day with copies`, perDay),
    retained: kept,
    retainedWithCopies: times(`${element} retained with copies`, kept),
  };
}

function total(store: Component, entries: readonly StorageEntry[]): StorageEntry {
  const add = (label: string, of: (e: StorageEntry) => Estimate): Estimate =>
    entries.length === 1 && entries[0]
      ? of(entries[0])
      : sum(
          `${store.id} ${label}`,
          entries.map((e) => ({ name: e.element, value: of(e) })),
          DATA,
          `no flow writes ${store.id}`,
        );
  return {
    element: store.id,
    store: store.id,
    perDay: add('per day', (e) => e.perDay),
    perDayWithCopies: add('per day with copies', (e) => e.perDayWithCopies),
    retained: add('retained', (e) => e.retained),
    retainedWithCopies: add('retained with copies', (e) => e.retainedWithCopies),
  };
}

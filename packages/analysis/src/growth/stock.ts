import { type Component, DAYS_A_YEAR, known, type StorageEntry } from '@sysd/core';
import { compound } from './compound.ts';

/** Bytes of one sort: in stock, or so many a day now up to `days` of it (none: without end). */
export interface Inflow {
  readonly stock: number;
  readonly perDay: number;
  /** Days for which it is kept. */
  readonly kept: number;
  /** Growth of `perDay` in a year. */
  readonly perYear: number;
}

/**
 * Bytes with copies that an entry of a store has in stock and gains; undefined where that is not known. What nothing removes (`endless`) is kept
 * for ever.
 */
export function inflowsOf(store: Component, entry: StorageEntry, endless: boolean): Inflow[] | undefined {
  const perDay = known(entry.perDayWithCopies);
  const kept = known(entry.retainedWithCopies);
  if (perDay !== undefined && perDay > 0) {
    if (kept === undefined && !endless) return undefined;
    const days = kept === undefined ? Number.POSITIVE_INFINITY : kept / perDay;
    const parts = entry.growing ?? [{ share: 1, perYear: 0 }];
    return parts.map(({ share, perYear }) => ({ stock: 0, perDay: perDay * share, kept: days, perYear }));
  }
  if (kept !== undefined) return [{ stock: kept, perDay: 0, kept: 0, perYear: 0 }];
  return store.tables.find((t) => t.id === entry.element)?.properties.has('rows') || perDay === undefined ? undefined : [];
}

/**
 * Bytes held so many days from now, from an empty store but for what is in stock: what was written in the last `kept` days, where the bytes
 * a day grow as (1 + g)^years, so that from day a to day b there come perDay × (365 ÷ ln(1 + g)) × ((1 + g)^(b ÷ 365) − (1 + g)^(a ÷ 365)).
 */
export function heldAfter(inflows: readonly Inflow[], days: number): number {
  return inflows.reduce((n, { stock, perDay, kept, perYear }) => {
    const from = Math.max(0, days - kept);
    if (perDay === 0) return n + stock;
    const since = compound(perYear, from / DAYS_A_YEAR);
    const rate = Math.log1p(perYear) / DAYS_A_YEAR;
    // Growth that does not show, none among it: the limit of the formula.
    if (rate * (days - from) < 1e-12) return n + stock + perDay * since * (days - from);
    return n + stock + (perDay * since * Math.expm1(rate * (days - from))) / rate;
  }, 0);
}

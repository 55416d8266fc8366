import { firstWhere } from '@sysd/core';
import type { FileChange, FileUnits } from './file-units.ts';
import type { Unit } from './units.ts';

/**
 * Units in text order, by the type of their node. Orders are numbers with room between them, so that units come and go without numbering the
 * others anew; only what is larger is asked of them.
 */
export interface TextOrder {
  /** Takes in what has changed in the files, which are in project order. Returns units that are gone, new, and in another order than before. */
  update(changes: readonly FileChange[]): {
    readonly gone: readonly Unit[];
    readonly added: readonly Unit[];
    readonly moved: readonly Unit[];
  };
  /** Units with nodes of that type, in text order. */
  ofType(type: string): readonly Unit[];
}

/** Between two neighbours closer than this all are numbered anew. */
const CLOSEST = 1e-6;

export function textOrder(): TextOrder {
  const lists = new Map<string, Unit[]>();

  const remove = (unit: Unit): void => {
    const list = lists.get(unit.node.$type);
    if (list) list.splice(firstFrom(list, unit.order), 1);
  };
  const insert = (unit: Unit): void => {
    const list = lists.get(unit.node.$type);
    if (!list) lists.set(unit.node.$type, [unit]);
    else if ((list.at(-1)?.order ?? Number.NEGATIVE_INFINITY) < unit.order) list.push(unit);
    else list.splice(firstFrom(list, unit.order), 0, unit);
  };

  return {
    ofType: (type) => lists.get(type) ?? [],
    update(changes) {
      const gone: Unit[] = [];
      const added: Unit[] = [];
      const moved: Unit[] = [];
      for (const { before, after } of changes) {
        if (before.length === 0 && after.length === 0) continue;
        const [older, newer] = [new Set(before), new Set(after)];
        for (const unit of before) if (!newer.has(unit)) gone.push(unit);
        for (const unit of after) if (!older.has(unit)) added.push(unit);
        const kept = after.filter((unit) => older.has(unit));
        const isMoved = before.filter((unit) => newer.has(unit)).some((unit, i) => unit !== kept[i]);
        if (isMoved) moved.push(...kept);
        // Before any of them has another number: the lists are searched by it.
        for (const unit of before) remove(unit);
      }
      for (const [i, { after }] of changes.entries()) {
        if (!number(after, lastBefore(changes, i), firstBehind(changes, i))) {
          numberAll(changes.map((c) => c.now));
          break;
        }
      }
      for (const { after } of changes) for (const unit of after) insert(unit);
      return { gone, added, moved };
    },
  };
}

/** Index of the first unit of that order or a larger one. */
const firstFrom = (list: readonly Unit[], order: number): number => firstWhere(list.length, (i) => list[i]!.order >= order);

/** Numbers units between two orders; false where there is no room for them. */
function number(units: readonly Unit[], above: number | undefined, below: number | undefined): boolean {
  const from = above ?? (below === undefined ? 0 : below - units.length - 1);
  const step = below === undefined ? 1 : (below - from) / (units.length + 1);
  if (units.length > 0 && step < CLOSEST) return false;
  units.forEach((unit, i) => {
    unit.order = from + step * (i + 1);
  });
  return true;
}

function numberAll(files: readonly FileUnits[]): void {
  let order = 0;
  for (const { units } of files) for (const list of units) for (const unit of list) unit.order = order++;
}

/** Order of the unit before the changed ones of a file: of the same file, else of the files before it. */
function lastBefore(changes: readonly FileChange[], at: number): number | undefined {
  const own = changes[at]?.above;
  if (own) return own.order;
  for (let i = at - 1; i >= 0; i--) {
    const last = changes[i]?.now.units.findLast((list) => list.length > 0)?.at(-1);
    if (last) return last.order;
  }
  return undefined;
}

/** Order of the unit behind them; of files behind this one only units that have their number already. */
function firstBehind(changes: readonly FileChange[], at: number): number | undefined {
  const own = changes[at]?.below;
  if (own) return own.order;
  for (let i = at + 1; i < changes.length; i++) {
    const { now, above, after, below } = changes[i] as FileChange;
    if (after.length === 0) {
      const first = now.units.find((list) => list.length > 0)?.[0];
      if (first) return first.order;
    } else if (above) return now.units.find((list) => list.length > 0)?.[0]?.order;
    else if (below) return below.order;
  }
  return undefined;
}

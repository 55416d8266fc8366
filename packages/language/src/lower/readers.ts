import type { Unit } from './units.ts';

/** Which units asked what: who has to be lowered again when the answer becomes another. */
export interface Readers {
  /** Notes what the unit asked when it was lowered. */
  add(unit: Unit): void;
  /** Forgets it, before the unit is lowered again or leaves. */
  remove(unit: Unit): void;
  of(key: string): Iterable<Unit>;
}

const NOBODY: ReadonlySet<Unit> = new Set();

export function readers(): Readers {
  const byKey = new Map<string, Set<Unit>>();
  return {
    add(unit) {
      for (const key of unit.sink.reads) {
        const known = byKey.get(key);
        if (known) known.add(unit);
        else byKey.set(key, new Set([unit]));
      }
    },
    remove(unit) {
      for (const key of unit.sink.reads) {
        const known = byKey.get(key);
        if (known?.delete(unit) && known.size === 0) byKey.delete(key);
      }
    },
    of: (key) => byKey.get(key) ?? NOBODY,
  };
}

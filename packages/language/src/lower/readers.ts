import type { Unit } from './units.ts';

/** Which units asked what: who has to be lowered again when the answer becomes another. */
export interface Readers {
  /** Notes what the unit asked when it was lowered. */
  add(unit: Unit): void;
  /** Forgets it, before the unit is lowered again or leaves. */
  remove(unit: Unit): void;
  of(key: string): Iterable<Unit>;
}

const NOBODY: readonly Unit[] = [];

export function readers(): Readers {
  /** Most keys have one reader, which stands for itself. */
  const byKey = new Map<string, Unit | Set<Unit>>();
  return {
    add(unit) {
      for (const key of unit.sink.reads) {
        const known = byKey.get(key);
        if (known === undefined) byKey.set(key, unit);
        else if (known instanceof Set) known.add(unit);
        else if (known !== unit) byKey.set(key, new Set([known, unit]));
      }
    },
    remove(unit) {
      for (const key of unit.sink.reads) {
        const known = byKey.get(key);
        if (known === unit) byKey.delete(key);
        else if (known instanceof Set && known.delete(unit) && known.size === 0) byKey.delete(key);
      }
    },
    of(key) {
      const known = byKey.get(key);
      if (known === undefined) return NOBODY;
      return known instanceof Set ? known : [known];
    },
  };
}

import type { Design } from '@sysd/core';

/** Computes something once for each design, however many rules and findings ask. Designs are immutable. */
export function perDesign<T>(compute: (design: Design) => T): (design: Design) => T {
  const done = new WeakMap<Design, { readonly value: T }>();
  return (design) => {
    let found = done.get(design);
    if (!found) {
      found = { value: compute(design) };
      done.set(design, found);
    }
    return found.value;
  };
}

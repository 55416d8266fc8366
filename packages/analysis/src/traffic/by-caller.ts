import { type ElementId, known } from '@sysd/core';
import type { Contribution } from './contributions.ts';

/**
 * What of a component's utilisation the calls of each of its callers make up: Σ peak rate × weight. Undefined where all calls weigh the same, so that the
 * parts are those of the rates, and where a rate or a weight is not known.
 * @param parts contributions with the load over capacity, of the busiest instance, that one request/s of them makes
 */
export function byCaller(
  parts: readonly { readonly part: Contribution; readonly weight: number }[],
): ReadonlyMap<ElementId, number> | undefined {
  const [first] = parts;
  if (first === undefined || parts.every(({ weight }) => weight === first.weight)) return undefined;
  const callers = new Map<ElementId, number>();
  for (const { part, weight } of parts) {
    const load = (known(part.rate.peak) ?? Number.NaN) * weight;
    if (!Number.isFinite(load)) return undefined;
    if (part.from !== undefined) callers.set(part.from, (callers.get(part.from) ?? 0) + load);
  }
  return callers;
}

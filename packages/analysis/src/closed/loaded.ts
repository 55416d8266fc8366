import type { ElementId, Traffic } from '@sysd/core';

/** Components that users who think load: what holds of a stream of arrivals, that it grows and queues without end, does not hold there. */
export function loadedByUsers({ closed }: Traffic): ReadonlySet<ElementId> {
  return new Set([...closed.values()].flatMap((c) => c.components));
}

/** The same of one component. */
export function isLoadedByUsers({ closed }: Pick<Traffic, 'closed'>, component: ElementId): boolean {
  for (const { components } of closed.values()) if (components.includes(component)) return true;
  return false;
}

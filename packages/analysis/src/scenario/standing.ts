import type { Component, Copy, Design, ElementId, FailTarget } from '@sysd/core';

/** What of a design says what has failed in it. */
export type Standing = Pick<Design, 'failed' | 'places'>;

/** Whether a place has failed in the scenario: itself, or the region that it lies in. */
export function placeFailed(design: Standing, place: ElementId | undefined): boolean {
  if (place === undefined || design.failed.length === 0) return false;
  const region = design.places.get(place)?.region;
  return design.failed.some((f) => f.element === place || (region !== undefined && f.element === region));
}

const concerns = (target: FailTarget, component: Component, copy: Copy): boolean =>
  target.element === component.id && (target.copy === undefined || target.copy === copy.place);

/**
 * How many instances of each run of a copy the scenario fails by naming the component: all, or the first so many (so the primary is
 * among them: the worst case). Instances lost with their place are not counted here.
 * @param counts instances of each run, where they are not those that are declared: an autoscaler may run more
 */
export function failedInRuns(
  design: Standing,
  component: Component,
  copy: Copy,
  counts: readonly number[] = copy.instances.map((run) => run.count),
): number[] {
  const targets = design.failed.filter((f) => concerns(f, component, copy));
  let left = targets.some((t) => t.instances === undefined)
    ? Number.POSITIVE_INFINITY
    : targets.reduce((n, t) => n + (t.instances ?? 0), 0);
  return counts.map((count) => {
    const failed = Math.min(left, count);
    left -= failed;
    return failed;
  });
}

/** Instances of a copy (per shard) that are up in the scenario; all of them outside one. */
export function standingInstances(design: Standing, component: Component, copy: Copy): number {
  const failed = failedInRuns(design, component, copy);
  return copy.instances.reduce((n, run, i) => n + (placeFailed(design, run.place) ? 0 : run.count - (failed[i] ?? 0)), 0);
}

import { type Component, type Copy, type Design, type ElementId, property } from '@sysd/core';
import { failedInRuns } from '../scenario/standing.ts';
import type { Sizing } from '../traffic/sizing.ts';

/** Instances of a copy that stand in the same place on the same host. */
export interface Run {
  readonly place?: ElementId;
  readonly host?: string;
  readonly count: number;
  readonly failed: number;
  readonly primary: boolean;
}

/** The copy's instances by place and host, in order; the first one apart where it is the primary. */
export function runsOf(
  design: Design,
  component: Component,
  copy: Copy,
  split: boolean,
  sizing: Pick<Sizing, 'replicas'> | undefined,
): Run[] {
  const hosts = property(component.properties, 'host')?.value.map((n) => n.name) ?? [];
  const total = copy.instances.reduce((n, r) => n + r.count, 0);
  const sized = autoscaled(
    component,
    sizing,
    copy.instances.map((r) => r.count),
    total,
  );
  const failed = failedInRuns(design, component, copy, sized);
  const merged = new Map<string, Run>();
  let start = 0;
  const add = (place: ElementId | undefined, host: string | undefined, count: number, down: number, primary: boolean): void => {
    if (count <= 0) return;
    const key = `${primary}\u0000${place ?? ''}\u0000${host ?? ''}`;
    const old = merged.get(key);
    merged.set(key, {
      ...(place === undefined ? {} : { place }),
      ...(host === undefined ? {} : { host }),
      count: count + (old?.count ?? 0),
      failed: down + (old?.failed ?? 0),
      primary,
    });
  };
  copy.instances.forEach((run, i) => {
    const place = run.place ?? copy.place;
    let left = Math.min(failed[i] ?? 0, sized[i] ?? 0);
    let count = sized[i] ?? 0;
    if (split && start === 0 && count > 0) {
      add(place, hosts[0], 1, Math.min(1, left), true);
      left -= Math.min(1, left);
      count--;
      start++;
    }
    if (hosts.length <= 1) add(place, hosts[0], count, left, false);
    else {
      // Instance i stands on host i mod h; so many of this run fall on each.
      hosts.forEach((host, h) => {
        const offset = (((h - start) % hosts.length) + hosts.length) % hosts.length;
        const share = offset < count ? Math.floor((count - 1 - offset) / hosts.length) + 1 : 0;
        const down = Math.min(share, left);
        left -= down;
        add(place, host, share, down, false);
      });
    }
    start += count;
  });
  return [...merged.values()];
}

/** Counts of the runs when the autoscaler runs what the peak needs, in the same proportions; while the load is not known, the least that it keeps. */
function autoscaled(
  component: Component,
  sizing: Pick<Sizing, 'replicas'> | undefined,
  counts: readonly number[],
  total: number,
): number[] {
  const copies = Math.max(1, component.copies.length);
  const range = property(component.properties, 'autoscale')?.value.range;
  if (!range || total === 0) return [...counts];
  const target = sizing ? Math.max(1, Math.round(sizing.replicas / copies)) : Math.max(total, range.low);
  const scaled = counts.map((c) => Math.floor((c * target) / total));
  let left = target - scaled.reduce((a, b) => a + b, 0);
  return scaled.map((c) => (left-- > 0 ? c + 1 : c));
}

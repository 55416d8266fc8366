import {
  COUNT,
  type Component,
  type ComponentLoad,
  type DayOfLoad,
  type Design,
  type Estimate,
  effective,
  type HotShard,
  isWrite,
  known,
  notEstimated,
  property,
  RATE,
  type StoreGrowth,
} from '@sysd/core';
import { compute, leaf, product, quotient, sum, wholeAbove } from '../figure/make.ts';
import { standingInstances } from '../scenario/standing.ts';
import { byCaller } from './by-caller.ts';
import { capacityOf, maxUtilization, notSized, type Use } from './capacity.ts';
import type { Contribution } from './contributions.ts';
import { boundedQueues, sharedQueue, sharedQueueOf } from './shared-queue.ts';

/** How many instances a component needs and how full they are (ComponentLoad says what each is). */
export interface Sizing {
  readonly perInstance: Estimate;
  readonly capacityPerInstance: Estimate;
  readonly cores: Estimate;
  readonly utilization: Estimate;
  readonly callers?: NonNullable<ComponentLoad['callers']>;
  readonly replicasAtFull: Estimate;
  readonly replicasNeeded: Estimate;
  readonly growth?: StoreGrowth;
  readonly hotShard?: HotShard;
  readonly replicas: number;
  readonly sharedQueue?: NonNullable<ComponentLoad['sharedQueue']>;
  readonly boundedQueues?: NonNullable<ComponentLoad['boundedQueues']>;
  /** Replicas of one copy (and shard) that the peak needs at `max-utilization`: the capacity part of k-of-n. */
  readonly neededPerCopy: Estimate;
  /** When it is loaded most, for which it is sized, where something has a profile over the day. */
  readonly day?: DayOfLoad;
}

/** The copy whose instances get the most, with its share of the component's load and its instances (per shard). */
export interface BusiestCopy {
  readonly share: number;
  readonly replicas: number;
  /** Share of the copy that gets the most in all, whatever stands in it. */
  readonly most: number;
}

/** Instances of a component per copy: an in-process cache has those of its host. */
export function placementOf(design: Design, component: Component): Component {
  const level = property(component.properties, 'level')?.value;
  const host = level?.level === 'in-process' && level.of ? design.components.get(level.of.name) : undefined;
  return host ?? component;
}

export function busiestCopy(design: Design, component: Component, contributions: readonly Contribution[]): BusiestCopy {
  const placed = placementOf(design, component);
  const copies = placed.copies.map((copy) => standingInstances(design, placed, copy));
  if (copies.length <= 1) return { share: 1, replicas: copies[0] ?? 1, most: 1 };
  const loads = copies.map((_, i) => contributions.reduce((n, c) => n + (known(c.rate.peak) ?? 1) * (c.copies[i] ?? 1 / copies.length), 0));
  const total = loads.reduce((a, b) => a + b, 0);
  const greatest = total > 0 ? Math.max(...loads) / total : 1 / copies.length;
  let best: BusiestCopy = { share: 1 / copies.length, replicas: Math.max(...copies), most: greatest };
  let most = -1;
  copies.forEach((replicas, i) => {
    const load = loads[i] ?? 0;
    const each = replicas > 0 ? load / replicas : -1;
    if (each > most) {
      most = each;
      best = { share: total > 0 ? load / total : 1 / copies.length, replicas, most: greatest };
    }
  });
  return best;
}

/** Sizing where none is possible, for the same reason throughout. */
export function unsized(reason: string, replicas: number): Sizing {
  const no = notEstimated(reason);
  return {
    perInstance: no,
    capacityPerInstance: no,
    cores: no,
    utilization: no,
    replicasAtFull: no,
    replicasNeeded: no,
    replicas,
    neededPerCopy: no,
  };
}

export function standingInAll(design: Design, component: Component): number {
  const placed = placementOf(design, component);
  return placed.copies.reduce((n, copy) => n + standingInstances(design, placed, copy), 0);
}

export function coresOf(component: Component, peak: Estimate): Estimate {
  const cpuTime = property(component.properties, 'cpu-time');
  if (!cpuTime) return notEstimated(`${component.id} has no cpu-time`);
  return product(`cores of ${component.id} at peak`, 'peak rate × cpu-time', [
    peak,
    leaf(`${component.id}.cpu-time`, cpuTime.value.value, cpuTime.value.dimension, cpuTime),
  ]);
}

/** Peak rate that the busiest copy of a stamp gets; the whole where there is one copy. */
export function copyPeak(component: Component, peak: Estimate, busiest: BusiestCopy): Estimate {
  return partOf(component, peak, busiest.share);
}

function partOf(component: Component, peak: Estimate, share: number): Estimate {
  if (share === 1) return peak;
  return product(`peak rate of the busiest copy of ${component.id}`, 'peak rate × share of the copy', [
    peak,
    leaf('share of the busiest copy', share, COUNT),
  ]);
}

/** What spreads all its work evenly: services, workers, load balancers, look-ups. */
export function sizeSpread(design: Design, component: Component, peak: Estimate, contributions: readonly Contribution[]): Sizing {
  const id = component.id;
  const standing = standingInAll(design, component);
  const why = notSized(component);
  if (why !== undefined) return unsized(why, standing);
  const copies = copiesUp(design, component);
  const busiest = busiestCopy(design, component, contributions);
  const load = copyPeak(component, peak, busiest);
  const capacity = spreadCapacity(component, contributions);
  if (contributions.length === 0) return { ...unsized(`no flow reaches ${id}`, standing), capacityPerInstance: capacity };
  const needs = (label: string, limit: Estimate | undefined): Estimate => {
    const inputs = limit ? [load, capacity, limit] : [load, capacity];
    const formula = `peak rate ÷ ${limit ? '(capacity × max-utilization)' : 'capacity'}, rounded up`;
    return compute(
      label,
      copies > 1 ? `${formula}, × ${copies} copies` : formula,
      inputs,
      COUNT,
      (l, c, u = 1) => copies * wholeAbove(l / (c * u)),
    );
  };
  const limit = maxUtilization(component);
  const neededPerCopy = compute(
    `${id}: instances that the peak needs`,
    'peak rate ÷ (capacity × max-utilization), rounded up',
    [partOf(component, peak, busiest.most), capacity, limit],
    COUNT,
    (l, c, u) => wholeAbove(l / (c * u)),
  );
  const onlyOne = property(component.properties, 'mode')?.value === 'active-passive';
  const serving = onlyOne ? leaf('instances that serve (active-passive)', 1, COUNT) : servingOf(component, busiest, load, capacity);
  const noneLeft = notEstimated(`${id} has failed in this scenario`);
  const perInstance =
    standing === 0 || known(serving) === 0
      ? noneLeft
      : quotient(`peak rate of one instance of ${id}`, 'peak rate ÷ instances', load, serving);
  const utilization = quotient(`utilisation of ${id} at peak`, 'peak rate of one instance ÷ its capacity', perInstance, capacity);
  const each = busiest.share / (known(serving) ?? Number.NaN);
  const callers = byCaller(
    contributions.map((part) => ({ part, weight: each / (known(capacityOf(component, useOf(part))) ?? Number.NaN) })),
  );
  const replicas = component.properties.has('autoscale') && !onlyOne ? (known(serving) ?? busiest.replicas) * copies : standing;
  const passive = (label: string, at: Estimate): Estimate => {
    const [l, c, u] = [known(load), known(capacity), known(at)];
    if (l !== undefined && c !== undefined && u !== undefined && l > c * u * (1 + 1e-9)) {
      return notEstimated(`${id} is active-passive: one instance serves, and more of them do not help; it needs a larger one`);
    }
    return compute(label, 'one instance serves; the others stand by', [load, capacity, at], COUNT, () => copies);
  };
  const full = leaf('full', 1, COUNT);
  const queue = sharedQueueOf(design, component, contributions);
  return {
    perInstance,
    capacityPerInstance: capacity,
    cores: coresOf(component, peak),
    utilization,
    ...(callers ? { callers } : {}),
    replicasAtFull: onlyOne ? passive(`instances of ${id} at 100 %`, full) : needs(`instances of ${id} at 100 %`, undefined),
    replicasNeeded: onlyOne ? passive(`instances of ${id} needed`, limit) : needs(`instances of ${id} needed`, limit),
    replicas,
    ...(queue === undefined ? boundedQueues(design, contributions) : { sharedQueue: sharedQueue(design, queue, serving) }),
    neededPerCopy: onlyOne ? leaf('one instance serves', 1, COUNT) : neededPerCopy,
  };
}

/** Copies of a stamp that are up in the scenario; at least 1. */
export function copiesUp(design: Design, component: Component): number {
  const placed = placementOf(design, component);
  return Math.max(1, placed.copies.filter((copy) => standingInstances(design, placed, copy) > 0).length);
}

/** Instances of a copy that serve: the declared ones, or what the autoscaler runs at peak within its range. */
function servingOf(component: Component, busiest: BusiestCopy, load: Estimate, capacity: Estimate): Estimate {
  const autoscale = property(component.properties, 'autoscale');
  if (autoscale) {
    const { range, target } = autoscale.value;
    const formula = `peak rate ÷ (capacity × target), within ${range.low}..${range.high}`;
    const scaled = compute(
      `instances of ${component.id} at peak`,
      formula,
      [load, capacity, leaf(`${component.id}.autoscale target`, target.value, COUNT, autoscale)],
      COUNT,
      (l, c, t) => Math.min(range.high, Math.max(range.low, wholeAbove(l / (c * t)))),
    );
    if (known(scaled) !== undefined) return scaled;
  }
  return leaf(`${component.id}.replicas`, busiest.replicas, COUNT, effective(component.properties, 'replicas'));
}

const useOf = (c: Contribution): Use => (c.operation === 'read' ? 'read' : isWrite(c.operation) ? 'write' : 'other');

/** Capacity of one instance at the present mix: where reads and writes have different ones, their used fractions add up. */
function spreadCapacity(component: Component, contributions: readonly Contribution[]): Estimate {
  const uses = [...new Set(contributions.map(useOf))];
  const first = uses[0];
  const capacities = uses.map((use) => capacityOf(component, use));
  const [one] = capacities;
  if (first === undefined || one === undefined) return capacityOf(component, 'other');
  if (uses.length === 1 || capacities.every((c) => known(c) !== undefined && known(c) === known(one))) return one;
  const rates = uses.map((use) =>
    sum(
      `${use} rate`,
      contributions.filter((c) => useOf(c) === use).map((c) => ({ name: c.name, value: c.rate.peak })),
      RATE,
      '',
    ),
  );
  return compute(
    `capacity of one instance of ${component.id}`,
    'rate ÷ Σ (rate of the use ÷ its capacity)',
    [...rates, ...capacities],
    RATE,
    (...v) => {
      const total = uses.reduce((n, _, i) => n + (v[i] ?? 0), 0);
      const used = uses.reduce((n, _, i) => n + (v[i] ?? 0) / (v[uses.length + i] ?? 1), 0);
      return total === 0 ? (v[uses.length] ?? 0) : total / used;
    },
  );
}

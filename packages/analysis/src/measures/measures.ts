import {
  type Analysis,
  COUNT,
  type Component,
  type Design,
  type ElementId,
  type Estimate,
  isFigure,
  type Measure,
  notEstimated,
  RATE,
} from '@sysd/core';
import { costOf } from '../cost/cost.ts';
import { type Part, sum } from '../figure/make.ts';
import { notSized } from '../traffic/capacity.ts';

/**
 * The numbers by which two estimates of a design are compared, in the order of the estimate: totals of the design, then flows, components
 * and stores in text order. Rates in 1/s, storage in B with all copies, costs in a currency; the same measures for every value of the design's numbers.
 */
export function measuresOf(design: Design, analysis: Pick<Analysis, 'traffic' | 'storage'>): readonly Measure[] {
  const { traffic, storage } = analysis;
  const cost = costOf(design, analysis);
  const [total, ...others] = cost.totals;
  const sized = sizedComponents(design);
  const loads = sized.flatMap((c) => traffic.components.get(c.id) ?? []);
  return [
    { name: 'rate-at-peak', estimate: startedAtPeak(design, traffic) },
    { name: 'instances-needed', estimate: neededInAll(loads.map((l) => ({ name: l.component, value: l.replicasNeeded }))) },
    { name: 'stored-per-day', estimate: storage.durable.perDayWithCopies },
    // Currencies do not add up.
    ...(total && others.length === 0 ? [{ name: 'cost-per-month' as const, estimate: total }] : []),
    ...[...traffic.flows.values()].flatMap(({ flow, demand }): Measure[] => [
      { element: flow, name: 'rate', estimate: demand.average },
      { element: flow, name: 'rate-at-peak', estimate: demand.peak },
    ]),
    ...loads.flatMap((load): Measure[] => [
      { element: load.component, name: 'rate-at-peak', estimate: load.total.peak },
      { element: load.component, name: 'utilization', estimate: load.utilization },
      { element: load.component, name: 'instances-needed', estimate: load.replicasNeeded },
    ]),
    ...[...storage.stores.values()].flatMap((store): Measure[] => [
      { element: store.store, name: 'stored-per-day', estimate: store.perDayWithCopies },
      { element: store.store, name: 'retained', estimate: store.retainedWithCopies },
    ]),
    ...cost.components.map(({ component, perMonth }): Measure => ({ element: component, name: 'cost-per-month', estimate: perMonth })),
  ];
}

/** Requests that all flows start in a second at peak. Their peaks need not fall together: it is their sum all the same. */
function startedAtPeak(design: Design, traffic: Analysis['traffic']): Estimate {
  const parts = [...traffic.flows.values()].map(({ flow, demand }) => ({ name: flow, value: demand.peak }));
  return sum('requests at peak, all flows', parts, RATE, design.flows.size > 0 ? 'no flow has a rate' : 'the design has no flow');
}

/** Instances at `max-utilization`, over the components that are sized here and that some flow reaches. */
function neededInAll(parts: readonly Part[]): Estimate {
  const reasons = [...new Set(parts.flatMap(({ value }) => (isFigure(value) ? [] : [value.notEstimated])))];
  // Each reason names its component.
  if (reasons.length > 0) return notEstimated(reasons.join('; '));
  return sum('instances needed in all', parts, COUNT, 'no flow reaches a component that is sized');
}

/** Components that flows visit and that are not their provider's business. */
function sizedComponents(design: Design): Component[] {
  const visited = new Set<ElementId>();
  for (const flow of design.flows.values()) for (const stop of flow.stops) visited.add(stop.component);
  return [...design.components.values()].filter((c) => visited.has(c.id) && notSized(c) === undefined);
}

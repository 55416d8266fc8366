import { type Component, type Design, type ElementId, isFigure, known, type Rate } from '@sysd/core';
import { maxUtilization } from '../traffic/capacity.ts';
import { type Contribution, contributionsOf } from '../traffic/contributions.ts';
import { flowRates } from '../traffic/flow-rates.ts';
import { sizeOf, type TrafficModel } from '../traffic/traffic.ts';
import { softReads } from './flow-failure.ts';

/** A cache without which some component behind it is overloaded. */
export interface LoadBearing {
  readonly cache: ElementId;
  readonly overloaded: ElementId;
  /** Utilisation of that component with hit-ratio 0 and all replicas up. */
  readonly utilization: number;
}

/** Flows with soft reads of each cache, and with read-through CDNs. */
function cachesOf(design: Design): Map<ElementId, Set<ElementId>> {
  const flows = new Map<ElementId, Set<ElementId>>();
  const add = (cache: ElementId, flow: ElementId) => flows.set(cache, (flows.get(cache) ?? new Set()).add(flow));
  for (const flow of design.flows.values()) {
    for (const cache of softReads(flow).values()) add(cache, flow.id);
    for (const hop of flow.hops) if (hop.miss && hop.miss.read === undefined) add(hop.miss.cache, flow.id);
  }
  return flows;
}

/**
 * Caches that carry load: with hit-ratio 0 some component behind them passes `max-utilization` with all replicas up. Only the flows that
 * read the cache are computed again, and only what their steps reach is sized again.
 */
export function loadBearingCaches(design: Design, model: TrafficModel): Map<ElementId, LoadBearing> {
  const found = new Map<ElementId, LoadBearing>();
  const caches = cachesOf(design);
  if (caches.size === 0) return found;
  // Rates only grow with misses: what is not overloaded with every cache cold is not with one of them, and mostly that settles it.
  const flowsOfAll = new Set([...caches.values()].flatMap((flows) => [...flows]));
  const mayCarry = worstWithout(design, model, new Set(caches.keys()), flowsOfAll) !== undefined;
  if (!mayCarry && ![...design.components.values()].some((c) => c.properties.has('autoscale'))) return found;
  for (const [cache, flows] of caches) {
    const worst = worstWithout(design, model, new Set([cache]), flows);
    if (worst && worst.overloaded !== cache) found.set(cache, { ...worst, cache });
  }
  return found;
}

/** The fullest component that passes `max-utilization` when these caches answer nothing; `flows` are those that read them. */
function worstWithout(
  design: Design,
  model: TrafficModel,
  cold: ReadonlySet<ElementId>,
  flows: ReadonlySet<ElementId>,
): Omit<LoadBearing, 'cache'> | undefined {
  const changed = new Map<ElementId, Contribution[]>();
  for (const id of flows) {
    const flow = design.flows.get(id);
    const demand = model.traffic.flows.get(id)?.demand;
    if (!flow || !demand || !isFigure(demand.peak)) continue;
    const outcome = model.outcomes?.get(id);
    const context = { design, cold, ...(outcome ? { outcome } : {}) };
    const peak = flowRates(context, flow, demand.peak, 'peak');
    // Only the peak is asked for; the shares of copies are the same on average.
    contributionsOf(design, flow, demand, peak, peak, (component, c) => {
      const list = changed.get(component) ?? [];
      changed.set(component, list);
      list.push(c);
    });
  }
  return [...changed]
    .flatMap(([id, parts]) => overloaded(design, model, id, parts, flows) ?? [])
    .sort((a, b) => b.utilization - a.utilization)[0];
}

function overloaded(
  design: Design,
  model: TrafficModel,
  id: ElementId,
  parts: readonly Contribution[],
  flows: ReadonlySet<ElementId>,
): Omit<LoadBearing, 'cache'> | undefined {
  const component = design.components.get(id) as Component;
  const before = (model.contributions.get(id) ?? []).filter((c) => flows.has(c.flow));
  const total = (list: readonly Contribution[]) => list.reduce((n, c) => n + (known((c.rate as Rate).peak) ?? 0), 0);
  if (total(parts) <= total(before) && before.every((c) => isFigure(c.rate.peak))) return undefined;
  const others = (model.contributions.get(id) ?? []).filter((c) => !flows.has(c.flow));
  const utilization = known(sizeOf(design, component, [...others, ...parts]).utilization);
  const limit = known(maxUtilization(component));
  return utilization !== undefined && limit !== undefined && utilization > limit ? { overloaded: id, utilization } : undefined;
}

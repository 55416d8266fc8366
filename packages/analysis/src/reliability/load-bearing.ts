import {
  type Component,
  Derived,
  DerivedMap,
  type Design,
  type ElementId,
  type Flow,
  GatheredMap,
  InputMap,
  isFigure,
  keepData,
  keepPieces,
  known,
  type Pieces,
  type Rate,
  type RecordedDesign,
  type RecordedMap,
  type Recorder,
} from '@sysd/core';
import { largestSum } from '../day/peak.ts';
import { maxUtilization } from '../traffic/capacity.ts';
import { sizeOf } from '../traffic/component-load.ts';
import { type Contribution, contributionsOf } from '../traffic/contributions.ts';
import { flowRates } from '../traffic/flow-rates.ts';
import { peakParts } from '../traffic/peak-load.ts';
import type { TrafficModel } from '../traffic/traffic.ts';
import { softReads } from './flow-failure.ts';

/** A cache without which some component behind it is overloaded. */
export interface LoadBearing {
  readonly cache: ElementId;
  readonly overloaded: ElementId;
  /** Utilisation of that component with hit-ratio 0 and all replicas up, and its `max-utilization`. */
  readonly utilization: number;
  readonly limit: number;
  /** Requests/s that it gets at peak with the cache, and without. */
  readonly rate: number;
  readonly rateWithout: number;
}

/** Caches of a flow: those of soft reads, and read-through CDNs. */
function cachesOf(flow: Flow): Pieces<ElementId> {
  const caches = new Set<ElementId>(softReads(flow).values());
  for (const hop of flow.hops) if (hop.miss && hop.miss.read === undefined) caches.add(hop.miss.cache);
  return new Map([...caches].map((cache) => [cache, [flow.id]]));
}

/**
 * Caches that carry load: with hit-ratio 0 some component behind them passes `max-utilization` with all replicas up. Only the flows that
 * read the cache are computed again, and only what their steps reach is sized again.
 */
export function loadBearingCaches(
  recorder: Recorder,
  design: RecordedDesign,
  model: TrafficModel,
): { readonly carrying: RecordedMap<LoadBearing>; readonly update: () => void } {
  const caches = new DerivedMap<Pieces<ElementId>>(recorder, keepPieces);
  const readers = new GatheredMap(recorder, caches);
  const mayCarry = new Derived<boolean>(recorder);
  const worst = new DerivedMap<LoadBearing | undefined>(recorder, keepData);
  const carrying = new InputMap<LoadBearing>(recorder);
  const without = (cache: ElementId): LoadBearing | undefined => {
    const found = worstWithout(design, model, new Set([cache]), new Set(readers.get(cache)));
    return found && found.overloaded !== cache ? { ...found, cache } : undefined;
  };
  const update = (): void => {
    caches.update(design.flows.ids, (id) => cachesOf(design.flows.get(id) as Flow));
    readers.gather();
    // Rates only grow with misses: what is not overloaded with every cache cold is not with one of them, and mostly that settles it.
    const may = readers.plain.size > 0 && mayCarry.update(() => anyMayCarry(design, model, readers));
    worst.update(may ? readers.ids : NONE, without);
    carrying.update(may ? new Map([...worst.plain].flatMap(([id, found]) => (found ? [[id, found]] : []))) : NOTHING);
  };
  return { carrying, update };
}

const NONE: readonly ElementId[] = [];
const NOTHING: ReadonlyMap<ElementId, LoadBearing> = new Map();

function anyMayCarry(design: Design, model: TrafficModel, readers: ReadonlyMap<ElementId, readonly ElementId[]>): boolean {
  const flows = new Set([...readers.values()].flat());
  if (worstWithout(design, model, new Set(readers.keys()), flows) !== undefined) return true;
  return [...design.components.values()].some((c) => c.properties.has('autoscale'));
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
    const demand = model.flows.get(id)?.demand;
    if (!flow || !demand || !isFigure(demand.peak)) continue;
    const outcome = model.outcomes.get(id);
    const context = { design, cold, ...(outcome ? { outcome } : {}) };
    const peak = flowRates(context, flow, demand.peak, 'peak');
    // Only the peak is asked for; the shares of copies are the same on average.
    for (const [component, list] of contributionsOf(design, flow, demand, peak, peak, outcome)) {
      const known = changed.get(component);
      if (known) known.push(...list);
      else changed.set(component, [...list]);
    }
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
  if (utilization === undefined || limit === undefined || utilization <= limit) return undefined;
  return {
    overloaded: id,
    utilization,
    limit,
    rate: largestSum(peakParts([...others, ...before])),
    rateWithout: largestSum(peakParts([...others, ...parts])),
  };
}

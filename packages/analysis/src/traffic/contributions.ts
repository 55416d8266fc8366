import {
  addTo,
  type Component,
  type DayCurve,
  type Design,
  type ElementId,
  type Estimate,
  type Flow,
  type FlowDemand,
  findQuery,
  findTable,
  type Hop,
  isWrite,
  known,
  type Operation,
  type Pieces,
  type Rate,
  type Stop,
  shardCount,
} from '@sysd/core';
import { classifyQuery } from '../queries/classify.ts';
import { needsFresh } from '../queries/requirement.ts';
import { isReferenceTable } from '../queries/shard-key.ts';
import { sameStamp, stampOf } from '../scenario/stamps.ts';
import { type FlowRates, hopName } from './flow-rates.ts';
import type { FlowOutcome } from './outcomes.ts';

/** What one hop (or the start of a flow) brings to a component. */
export interface Contribution {
  readonly flow: ElementId;
  /** The hop and the component that makes it; undefined for the start of the flow. */
  readonly hop?: Hop;
  readonly from?: ElementId;
  /** `PostTweet: api → tweets`, for sums. */
  readonly name: string;
  readonly operation: Operation | 'start';
  readonly rate: Rate;
  /** Every shard gets each request. */
  readonly scatter: boolean;
  /** The reader must see the latest write, so only the primary serves it. */
  readonly fresh: boolean;
  /** Share of the rate that each copy of the component gets, indexed like `copies`. */
  readonly copies: readonly number[];
  /** How much its rate grows in a year (0.5: by half); absent where nobody says. */
  readonly growth?: number;
  /** Its rate over the day as share of its peak; absent where the time of the peak is not known. */
  readonly profile?: DayCurve;
}

/** Shards that a hop touches: S for a query that asks them all and for what changes a table that they all have, else 1. */
export function scatterOf(design: Design, hop: Hop): number {
  const table = hop.table === undefined ? undefined : findTable(design, hop.table);
  const store = table && design.components.get(table.store);
  if (table && store && isWrite(hop.operation)) return isReferenceTable(store, table) ? shardCount(store) : 1;
  const query = hop.query === undefined ? undefined : findQuery(design, hop.query);
  if (!query) return 1;
  const plan = classifyQuery(design, query);
  return plan.scatter ? plan.shards : 1;
}

/** Even over the copies at which requests do not fail; over all where all do, or where requests are pinned to theirs. */
function evenly(design: Design, component: Component, fails: readonly boolean[] = []): number[] {
  const stamp = stampOf(design, component);
  const all = component.copies.map(() => 1 / component.copies.length);
  if (stamp !== undefined && design.groups.get(stamp)?.pinned) return all;
  const stands = component.copies.map((_, i) => !fails[i]);
  const n = stands.filter(Boolean).length;
  return n === 0 ? all : stands.map((up) => (up ? 1 / n : 0));
}

/** Share of a stop's requests that each copy of its component gets, for every stop of a flow. */
function copyShares(
  design: Design,
  flow: Flow,
  rates: FlowRates,
  outcome: FlowOutcome | undefined,
): { stops: number[][]; into: (hop: Hop, target: number) => number[] } {
  const sums: number[][] = [];
  const weights: number[] = [];
  const into = (hop: Hop, target: number): number[] => {
    const stop = flow.stops[hop.to[target]?.stop as number] as Stop;
    const component = design.components.get(stop.component);
    const source = design.components.get((flow.stops[hop.from] as Stop).component);
    if (!component) return [1];
    if (component.copies.length <= 1) return [1];
    if (stop.copy !== undefined) return component.copies.map((c) => (c.place === stop.copy ? 1 : 0));
    if (source && source.copies.length > 1 && sameStamp(design, source, component)) {
      const from = sharesOf(hop.from);
      // A copy that has failed passes nothing on; the others have all that is passed on.
      const passed = from.map((share, i) => (outcome?.copyDown[hop.from]?.[i] ? 0 : share));
      const whole = passed.reduce((n, x) => n + x, 0);
      const byPlace = new Map(source.copies.map((c, i) => [c.place, whole > 0 ? (passed[i] ?? 0) / whole : (from[i] ?? 0)]));
      return component.copies.map((c) => byPlace.get(c.place) ?? 0);
    }
    return evenly(design, component, outcome?.copyFails[hop.index]?.[target]);
  };
  const sharesOf = (index: number): number[] => {
    const stop = flow.stops[index] as Stop;
    const total = weights[index] ?? 0;
    const sum = sums[index];
    if (!sum || total === 0) {
      const component = design.components.get(stop.component);
      if (stop.copy !== undefined && component) return component.copies.map((c) => (c.place === stop.copy ? 1 : 0));
      return sum ?? (component ? evenly(design, component, index === 0 ? outcome?.startFails : undefined) : [1]);
    }
    return sum.map((x) => x / total);
  };
  for (const hop of flow.hops) {
    hop.to.forEach((target, i) => {
      const rate = known(rates.targets[hop.index]?.[i]);
      // Unknown rates still say where requests go: they count alike.
      const weight = rate ?? 1;
      if (weight === 0) return;
      const shares = into(hop, i);
      const sum = sums[target.stop] ?? shares.map(() => 0);
      sums[target.stop] = sum.map((x, c) => x + weight * (shares[c] ?? 0));
      weights[target.stop] = (weights[target.stop] ?? 0) + weight;
    });
  }
  return { stops: flow.stops.map((_, i) => sharesOf(i)), into };
}

/** What a flow brings to each component that it visits, in text order. */
export function contributionsOf(
  design: Design,
  flow: Flow,
  demand: FlowDemand,
  average: FlowRates,
  peak: FlowRates,
  outcome: FlowOutcome | undefined,
): Pieces<Contribution> {
  const lists = new Map<ElementId, Contribution[]>();
  const ofSource = {
    ...(demand.growth === undefined ? {} : { growth: demand.growth.value }),
    ...(demand.profile === undefined ? {} : { profile: demand.profile }),
  };
  const add = (component: ElementId, contribution: Contribution) => addTo(lists, component, { ...contribution, ...ofSource });
  const shares = copyShares(design, flow, average, outcome);
  const first = flow.stops[0];
  if (first) {
    add(first.component, {
      flow: flow.id,
      name: flow.id,
      operation: 'start',
      rate: { average: demand.average, peak: demand.peak },
      scatter: false,
      fresh: false,
      copies: shares.stops[0] ?? [1],
    });
  }
  for (const hop of flow.hops) {
    const scatter = scatterOf(design, hop) > 1;
    const fresh = needsFresh(design, flow, hop);
    hop.to.forEach((target, i) => {
      add((flow.stops[target.stop] as Stop).component, {
        flow: flow.id,
        hop,
        from: (flow.stops[hop.from] as Stop).component,
        name: `${flow.id} (${hopName(flow, { ...hop, to: [target] })})`,
        operation: hop.operation,
        rate: { average: average.targets[hop.index]?.[i] as Estimate, peak: peak.targets[hop.index]?.[i] as Estimate },
        scatter,
        fresh,
        copies: shares.into(hop, i),
      });
    });
  }
  return lists;
}

import {
  BROKERS,
  COUNT,
  type Design,
  type ElementId,
  type Estimate,
  type Flow,
  type Hop,
  known,
  notEstimated,
  type Pieces,
  RATE,
  type Stop,
  TIME,
} from '@sysd/core';
import { leaf, product, sum } from '../figure/make.ts';
import { roundTrip } from '../latency/round-trip.ts';
import { transferTime } from '../latency/transfer.ts';
import { type Contribution, contributionsOf, scatterOf } from '../traffic/contributions.ts';
import { type FlowRates, flowRates, hopName } from '../traffic/flow-rates.ts';
import type { FlowOutcome } from '../traffic/outcomes.ts';
import type { FlowPart } from './plan.ts';

/** What a flow brings to a component in one cycle of a client's users, as requests a second at one cycle a second. */
export interface CyclePart {
  readonly client: ElementId;
  /** The user waits for it; else it is left behind. */
  readonly waited: boolean;
  readonly contribution: Contribution;
}

/** The part of a cycle that one flow is. */
export interface CycleFlow {
  readonly parts: Pieces<CyclePart>;
  /** Visits of each component in a cycle that the user waits for. */
  readonly visits: ReadonlyMap<ElementId, number>;
  /** Time of a cycle on the network, s. Not estimated where something stands in the way of the whole cycle. */
  readonly network: Estimate;
}

/**
 * One cycle's runs of a flow. The user waits for what its answer waits for: `->`, and the broker that takes a message, not what lies behind it.
 */
export function cycleFlow(design: Design, flow: Flow, { client, runs, own }: FlowPart, outcome: FlowOutcome | undefined): CycleFlow {
  const start: Estimate = { value: runs, dimension: RATE, label: `runs of ${flow.id} at one cycle a second`, inputs: [] };
  const rates = flowRates({ design, ...(outcome ? { outcome } : {}) }, flow, start, 'average');
  const all = contributionsOf(design, flow, { average: start, peak: start }, rates, rates, outcome);
  const waiting = own ? waitedShares(design, flow, rates) : undefined;
  const visits = new Map<ElementId, number>();
  const parts = new Map<ElementId, CyclePart[]>();
  for (const [component, contributions] of all) {
    parts.set(
      component,
      contributions.flatMap((contribution) => {
        const { hop } = contribution;
        const share = !waiting || !hop || hop.lookup ? 0 : (waiting[hop.index] as number);
        const waited = share * (known(contribution.rate.average) ?? 0);
        if (waited > 0) visits.set(component, (visits.get(component) ?? 0) + waited);
        return [
          ...(share > 0 ? [{ client, waited: true, contribution: scaled(contribution, share) }] : []),
          ...(share < 1 ? [{ client, waited: false, contribution: scaled(contribution, 1 - share) }] : []),
        ];
      }),
    );
  }
  const network = waiting ? networkTime(design, flow, rates, waiting, outcome) : { value: 0, dimension: TIME, label: 'nobody waits' };
  return { parts, visits, network };
}

const isBroker = (design: Design, flow: Flow, stop: number): boolean =>
  BROKERS.includes(design.components.get((flow.stops[stop] as Stop).component)?.kind ?? 'client');

/** By hop: share of it that belongs to visits that the user waits for, and waits for them. */
function waitedShares(design: Design, flow: Flow, rates: FlowRates): number[] {
  const waited = flow.stops.map(() => 0);
  const total = flow.stops.map(() => 0);
  waited[0] = 1;
  total[0] = 1;
  return flow.hops.map((hop) => {
    const from = (total[hop.from] as number) > 0 ? (waited[hop.from] as number) / (total[hop.from] as number) : 0;
    const brokers = hop.to.some((t) => isBroker(design, flow, t.stop));
    const share = hop.sync || brokers ? from : 0;
    hop.to.forEach(({ stop }, i) => {
      const rate = known(rates.targets[hop.index]?.[i]) ?? 0;
      total[stop] = (total[stop] as number) + rate;
      if (!isBroker(design, flow, stop)) waited[stop] = (waited[stop] as number) + rate * share;
    });
    return share;
  });
}

function scaled(contribution: Contribution, share: number): Contribution {
  if (share === 1) return contribution;
  const part = (rate: Estimate) => product('part of the rate', 'rate × share', [rate, leaf('share', share, COUNT)]);
  return { ...contribution, rate: { average: part(contribution.rate.average), peak: part(contribution.rate.peak) } };
}

/** Why a step that the user waits for is beyond this model. */
function beyond(design: Design, flow: Flow, hop: Hop, outcome: FlowOutcome | undefined): string | undefined {
  const name = hopName(flow, hop);
  if (hop.parallel !== undefined) return `${flow.id} takes ${name} in parallel, which is not estimated for users who think`;
  if (scatterOf(design, hop) > 1) return `${flow.id} asks all shards at once (${name}), which is not estimated for users who think`;
  return outcome?.targetFails[hop.index]?.some(Boolean)
    ? `${name} fails in this scenario: how long users wait for it is not estimated`
    : undefined;
}

/** Round trips and sending of a cycle. */
function networkTime(design: Design, flow: Flow, rates: FlowRates, waiting: readonly number[], outcome: FlowOutcome | undefined): Estimate {
  const parts: { name: string; value: Estimate }[] = [];
  for (const hop of flow.hops) {
    if (waiting[hop.index] === 0) continue;
    const [reason, rate] = [beyond(design, flow, hop, outcome), rates.hops[hop.index] as Estimate];
    if (known(rate) === 0) continue;
    if (reason !== undefined) return notEstimated(reason);
    hop.to.forEach((_, i) => {
      const name = `network ${hopName(flow, { ...hop, to: [hop.to[i] as (typeof hop.to)[number]] })}`;
      const transfer = hop.lookup ? undefined : transferTime(design, flow, hop, i);
      const times = [roundTrip(design, flow, hop, i).mean, ...(transfer === undefined || transfer === 'unknown' ? [] : [transfer])];
      const rate = rates.targets[hop.index]?.[i] as Estimate;
      const visits = 'value' in rate ? leaf('steps of a cycle', rate.value * (waiting[hop.index] as number), COUNT) : rate;
      for (const time of times) parts.push({ name, value: product(name, 'time × steps of a cycle', [time, visits]) });
    });
  }
  // Of a flow that hands everything over and waits for nothing.
  if (parts.length === 0) return { value: 0, dimension: TIME, label: `network of ${flow.id}` };
  return sum(`network of ${flow.id}`, parts, TIME, '');
}

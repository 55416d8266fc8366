import {
  type ClosedLoad,
  COUNT,
  type Demand,
  type Design,
  type ElementId,
  type Estimate,
  effective,
  type Figure,
  type Flow,
  type FlowDemand,
  isFigure,
  keepItems,
  notEstimated,
  property,
  sameData,
} from '@sysd/core';
import { sourceProfile } from '../day/profile.ts';
import { leaf, named, product, propertyLeaf, quantityLeaf } from '../figure/make.ts';
import { grownBy, growthPerYear } from '../growth/compound.ts';

/** In which order demands follow from one another, and those that follow from themselves, with the reason. */
export interface DemandPlan {
  readonly order: readonly ElementId[];
  readonly cycles: ReadonlyMap<ElementId, string>;
}

/** Flows that follow others (`at Checkout * 97%`) come after them. */
export function demandPlan(flows: ReadonlyMap<ElementId, Flow>): DemandPlan {
  const order = new Set<ElementId>();
  const cycles = new Map<ElementId, string>();
  for (const flow of flows.values()) {
    // Up to a flow whose rate is known, then back down: without recursion, however long the chain is.
    const path = new Set<ElementId>();
    let next: Flow | undefined = flow;
    while (next && !order.has(next.id) && !path.has(next.id)) {
      path.add(next.id);
      next = next.demand?.kind === 'flow' ? flows.get(next.demand.flow) : undefined;
    }
    if (next && path.has(next.id)) {
      const ids = [...path];
      const cycle = [...ids.slice(ids.indexOf(next.id)), next.id];
      order.add(next.id);
      cycles.set(next.id, `the rate of ${next.id} follows from itself (${cycle.join(' → ')})`);
    }
    for (const id of [...path].reverse()) order.add(id);
  }
  return { order: [...order], cycles };
}

export function keepPlan(before: DemandPlan, now: DemandPlan): DemandPlan {
  const order = keepItems(before.order, now.order);
  return order === before.order && sameData([...before.cycles], [...now.cycles]) ? before : { order, cycles: now.cycles };
}

const unknown = (reason: string): FlowDemand => ({ average: notEstimated(reason), peak: notEstimated(reason) });

/**
 * How often a flow starts, on average and at peak (1/s). `done` has those that come before it in the plan, `closed` the clients whose users
 * think: these run a flow that says no rate as often as the answers come.
 */
export function demandOf(
  design: Design,
  flow: Flow,
  cycle: string | undefined,
  done: ReadonlyMap<ElementId, FlowDemand>,
  closed: ReadonlyMap<ElementId, ClosedLoad>,
): FlowDemand {
  if (cycle !== undefined) return unknown(cycle);
  const demand = flow.demand;
  if (!demand) {
    const users = closed.get(flow.source)?.throughput;
    if (!users) return unknown(`flow ${flow.id} has no rate (at …)`);
    const run = (which: string): Estimate => (isFigure(users) ? { ...users, label: `${which} rate of ${flow.id}` } : users);
    return { average: run('average'), peak: run('peak') };
  }
  if (demand.kind === 'rate') return ownRate(design, flow, demand);
  const base = done.get(demand.flow);
  if (!base) return unknown(`${flow.id} follows ${demand.flow}, which is no flow`);
  const factor: Figure = {
    value: demand.factor,
    dimension: COUNT,
    label: 'factor',
    origin: { kind: 'declared' },
    text: demand.text,
    span: demand.span,
  };
  const times = (which: string, rate: Estimate) =>
    demand.factor === 1
      ? named(`${which} rate of ${flow.id}`, `rate of ${demand.flow}`, rate)
      : product(`${which} rate of ${flow.id}`, `rate of ${demand.flow} × factor`, [rate, factor]);
  const { growth, profile } = base;
  const more = { ...(growth ? { growth } : {}), ...(profile ? { profile } : {}) };
  return { average: times('average', base.average), peak: times('peak', base.peak), ...more };
}

/** λ = at (× daily-active if `each`) (× the traffic that is asked about, and what it has grown until the design's horizon); the peak is the average times the source's `peak`, the schema's default where nobody says, or what its profile over the day comes to. */
function ownRate(design: Design, flow: Flow, demand: Demand & { kind: 'rate' }): FlowDemand {
  const source = design.components.get(flow.source);
  const at = quantityLeaf('at', demand.rate);
  const label = `average rate of ${flow.id}`;
  let average: Estimate = { ...at, label };
  const more = design.traffic === undefined ? [] : [leaf('traffic', design.traffic, COUNT)];
  const timesMore = more.length === 0 ? '' : ' × traffic';
  if (demand.each) {
    const users = source && property(source.properties, 'daily-active');
    const count = users ? propertyLeaf(`${flow.source}.daily-active`, users) : notEstimated(`${flow.source} has no daily-active`);
    average = product(label, `at × ${flow.source}.daily-active${timesMore}`, [at, count, ...more]);
  } else if (more.length > 0) average = product(label, `at${timesMore}`, [at, ...more]);
  const growth = source && growthPerYear(source);
  const { horizon } = design;
  if (growth && horizon)
    average = product(`average rate of ${flow.id} in ${horizon.text}`, `average × growth of ${flow.source}`, [
      average,
      grownBy(flow.source, growth, horizon),
    ]);
  const profile = source && sourceProfile(source);
  if (profile) {
    const atPeak = product(`peak rate of ${flow.id}`, 'average × peak over average', [average, profile.peak]);
    const { curve } = profile;
    return { average, peak: atPeak, ...(growth ? { growth } : {}), ...(curve ? { profile: curve } : {}) };
  }
  const peak = source && effective(source.properties, 'peak');
  const factor = peak ? leaf(`${flow.source}.peak`, peak.value.value, COUNT, peak) : notEstimated(`${flow.source} has no peak`);
  const atPeak = product(`peak rate of ${flow.id}`, `average × ${flow.source}.peak`, [average, factor]);
  return { average, peak: atPeak, ...(growth ? { growth } : {}) };
}

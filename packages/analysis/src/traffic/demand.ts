import {
  COUNT,
  type Demand,
  type Design,
  type ElementId,
  type Estimate,
  effective,
  type Figure,
  type Flow,
  notEstimated,
  property,
  type Rate,
} from '@sysd/core';
import { leaf, named, product, propertyLeaf, quantityLeaf } from '../figure/make.ts';

/** How often each flow starts, on average and at peak (1/s). Flows that follow others (`at Checkout * 97%`) come after them. */
export function demands(design: Design): Map<ElementId, Rate> {
  const done = new Map<ElementId, Rate>();
  for (const flow of design.flows.values()) {
    // Up to a flow whose rate is known, then back down: without recursion, however long the chain is.
    const path = new Map<ElementId, Flow>();
    let next: Flow | undefined = flow;
    while (next && !done.has(next.id) && !path.has(next.id)) {
      path.set(next.id, next);
      next = next.demand?.kind === 'flow' ? design.flows.get(next.demand.flow) : undefined;
    }
    if (next && path.has(next.id)) {
      const ids = [...path.keys()];
      const cycle = [...ids.slice(ids.indexOf(next.id)), next.id];
      done.set(next.id, unknown(`the rate of ${next.id} follows from itself (${cycle.join(' → ')})`));
    }
    for (const one of [...path.values()].reverse()) if (!done.has(one.id)) done.set(one.id, demandOf(design, one, done));
  }
  return done;
}

const unknown = (reason: string): Rate => ({ average: notEstimated(reason), peak: notEstimated(reason) });

function demandOf(design: Design, flow: Flow, done: ReadonlyMap<ElementId, Rate>): Rate {
  const demand = flow.demand;
  if (!demand) return unknown(`flow ${flow.id} has no rate (at …)`);
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
  return { average: times('average', base.average), peak: times('peak', base.peak) };
}

/** λ = at (× daily-active if `each`); the peak is the average times the source's `peak`, the schema's default where nobody says. */
function ownRate(design: Design, flow: Flow, demand: Demand & { kind: 'rate' }): Rate {
  const source = design.components.get(flow.source);
  const at = quantityLeaf('at', demand.rate);
  let average: Estimate = { ...at, label: `average rate of ${flow.id}` };
  if (demand.each) {
    const users = source && property(source.properties, 'daily-active');
    const count = users ? propertyLeaf(`${flow.source}.daily-active`, users) : notEstimated(`${flow.source} has no daily-active`);
    average = product(`average rate of ${flow.id}`, `at × ${flow.source}.daily-active`, [at, count]);
  }
  const peak = source && effective(source.properties, 'peak');
  const factor = peak ? leaf(`${flow.source}.peak`, peak.value.value, COUNT, peak) : notEstimated(`${flow.source} has no peak`);
  return { average, peak: product(`peak rate of ${flow.id}`, `average × ${flow.source}.peak`, [average, factor]) };
}

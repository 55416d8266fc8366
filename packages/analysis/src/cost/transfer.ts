import { type Design, type ElementId, type Estimate, type FlowTraffic, type Hop, notEstimated, type Stop, type Traffic } from '@sysd/core';
import { product, quantityLeaf } from '../figure/make.ts';
import { type BytesPart, sizesOf, sumBytes } from '../traffic/bytes.ts';
import { hopName } from '../traffic/flow-rates.ts';

/** Bytes/s that a component sends on average: requests that it makes, and answers that it gives. Look-ups are a few bytes and not counted. */
export function sentOnAverage(design: Design, traffic: Traffic, component: ElementId): Estimate {
  const parts = [...design.flows.values()].flatMap((flow) => {
    const rates = traffic.flows.get(flow.id);
    return rates ? flow.hops.flatMap((hop, i) => (hop.lookup ? [] : sentOn(design, rates, hop, i, component))) : [];
  });
  return sumBytes(`bytes out of ${component} on average`, parts, `no flow makes ${component} send anything`);
}

function sentOn(design: Design, rates: FlowTraffic, hop: Hop, index: number, component: ElementId): BytesPart[] {
  const flow = design.flows.get(rates.flow);
  if (!flow) return [];
  const sizes = sizesOf(design, flow, hop);
  const sized = sizes.request !== undefined || sizes.answer !== undefined;
  const at = (stop: number): ElementId => (flow.stops[stop] as Stop).component;
  return hop.to.flatMap((target, t): BytesPart[] => {
    const rate = rates.hops[index]?.targets[t]?.average ?? notEstimated(`${flow.id} has no rates`);
    const name = `${flow.id} (${at(hop.from)} → ${at(target.stop)})`;
    const part = (direction: 'request' | 'answer'): BytesPart => {
      const size = sizes[direction];
      const value = size
        ? product(`${direction} bytes of ${name}`, 'average rate × size', [rate, quantityLeaf('size', size)])
        : notEstimated(`${hopName(flow, hop)} says no size of its ${direction}`);
      return { name, sized, value };
    };
    return [...(at(hop.from) === component ? [part('request')] : []), ...(at(target.stop) === component ? [part('answer')] : [])];
  });
}

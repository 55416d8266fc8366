import {
  type Component,
  type ComponentLoad,
  type ConnectionLoad,
  type Design,
  type ElementId,
  type Estimate,
  type Flow,
  type FlowTraffic,
  type Hop,
  notEstimated,
  RATE,
  type Rate,
  type Stop,
  type Traffic,
} from '@sysd/core';
import { named, sum } from '../figure/make.ts';
import { replicatesWrites } from '../scenario/roles.ts';
import { type BytesPart, bytesOf, sizesOf, sumBytes } from './bytes.ts';
import { type Contribution, contributionsOf, scatterOf } from './contributions.ts';
import { demands } from './demand.ts';
import { type FlowRates, flowRates } from './flow-rates.ts';
import type { FlowOutcome } from './outcomes.ts';
import { type Sizing, sizeSpread } from './sizing.ts';
import { sizeStore } from './store-sizing.ts';

/** Traffic with what the failure analysis needs of it beside the published results. */
export interface TrafficModel {
  readonly traffic: Traffic;
  readonly contributions: ReadonlyMap<ElementId, readonly Contribution[]>;
  readonly sizing: ReadonlyMap<ElementId, Sizing>;
  readonly outcomes?: ReadonlyMap<ElementId, FlowOutcome>;
}

/** Rates, bytes and sizes of a design. `outcomes` says what a scenario makes of each flow; without it nothing has failed. */
export function trafficOf(design: Design, outcomes?: ReadonlyMap<ElementId, FlowOutcome>): TrafficModel {
  const starts = demands(design);
  const contributions = new Map<ElementId, Contribution[]>([...design.components.keys()].map((id) => [id, []]));
  const flows = new Map<ElementId, FlowTraffic>();
  const bytes = new Map<ElementId, { in: BytesPart[]; out: BytesPart[] }>();
  const connections = new Map<ElementId, ConnectionParts>();
  for (const flow of design.flows.values()) {
    const demand = starts.get(flow.id) as Rate;
    const outcome = outcomes?.get(flow.id);
    const context = { design, ...(outcome ? { outcome } : {}) };
    const average = flowRates(context, flow, demand.average, 'average');
    const peak = flowRates(context, flow, demand.peak, 'peak');
    contributionsOf(design, flow, demand, average, peak, (component, c) => contributions.get(component)?.push(c));
    flows.set(flow.id, flowTraffic(design, flow, demand, average, peak));
    for (const hop of flow.hops) collectHop(design, flow, hop, average, peak, bytes, connections);
  }
  const components = new Map<ElementId, ComponentLoad>();
  const sizing = new Map<ElementId, Sizing>();
  for (const component of design.components.values()) {
    const parts = contributions.get(component.id) ?? [];
    const size = sizeOf(design, component, parts);
    sizing.set(component.id, size);
    components.set(component.id, loadOf(component, parts, size, bytes.get(component.id)));
  }
  const loads = new Map([...design.connections.keys()].map((id) => [id, connectionLoad(id, connections.get(id))]));
  return { traffic: { flows, components, connections: loads }, contributions, sizing, ...(outcomes ? { outcomes } : {}) };
}

function flowTraffic(design: Design, flow: Flow, demand: Rate, average: FlowRates, peak: FlowRates): FlowTraffic {
  return {
    flow: flow.id,
    demand,
    stops: flow.stops.map((_, i) => ({ average: average.stops[i] as Estimate, peak: peak.stops[i] as Estimate })),
    hops: flow.hops.map((hop, i) => {
      const rate = { average: average.hops[i] as Estimate, peak: peak.hops[i] as Estimate };
      return {
        rate,
        scatter: scatterOf(design, hop),
        request: bytesOf(design, flow, hop, 'request', rate.peak),
        answer: bytesOf(design, flow, hop, 'answer', rate.peak),
      };
    }),
  };
}

/** Total of some contributions to a component, on average and at peak. */
export function totalRate(what: string, parts: readonly Contribution[], none: string): Rate {
  const one = (which: 'average' | 'peak'): Estimate => {
    const label = `${which} rate of ${what}`;
    const only = parts[0];
    if (parts.length === 1 && only) return named(label, only.name, only.rate[which]);
    return sum(
      label,
      parts.map((p) => ({ name: p.name, value: p.rate[which] })),
      RATE,
      none,
    );
  };
  return { average: one('average'), peak: one('peak') };
}

/** How big a component must be for what reaches it. */
export function sizeOf(design: Design, component: Component, parts: readonly Contribution[]): Sizing {
  const peak = totalRate(component.id, parts, `no flow reaches ${component.id}`).peak;
  return replicatesWrites(component) ? sizeStore(design, component, peak, parts) : sizeSpread(design, component, peak, parts);
}

const WRITES: ReadonlySet<string> = new Set(['write', 'update', 'publish']);

/** Rate of the parts with some operation: truly zero where flows reach the component, but none with that operation. */
function shareOfLoad(label: string, some: readonly Contribution[], all: readonly Contribution[], none: string): Rate {
  if (some.length > 0 || all.length === 0) return totalRate(label, some, none);
  const zero = { value: 0, dimension: RATE, label, formula: 'no step does this' };
  return { average: zero, peak: zero };
}

function loadOf(
  component: Component,
  parts: readonly Contribution[],
  size: Sizing,
  bytes: { in: BytesPart[]; out: BytesPart[] } | undefined,
): ComponentLoad {
  const id = component.id;
  const none = `no flow reaches ${id}`;
  const reads = parts.filter((p) => p.operation === 'read');
  const writes = parts.filter((p) => WRITES.has(p.operation));
  const { neededPerCopy: _, ...sized } = size;
  const noBytes = parts.length === 0 ? none : `${id} is only looked up: its bytes are not counted`;
  return {
    component: id,
    total: totalRate(id, parts, none),
    reads: shareOfLoad(`reads of ${id}`, reads, parts, none),
    writes: shareOfLoad(`writes of ${id}`, writes, parts, none),
    ...sized,
    ingress: sumBytes(`bytes into ${id} at peak`, bytes?.in ?? [], noBytes),
    egress: sumBytes(`bytes out of ${id} at peak`, bytes?.out ?? [], noBytes),
  };
}

interface ConnectionParts {
  readonly operations: Map<string, { operation: string; condition?: string; parts: { name: string; rate: Rate }[] }>;
  readonly request: BytesPart[];
  readonly answer: BytesPart[];
}

/** Under which condition a step is taken, in the words of the language. */
function conditionOf(hop: Hop): string | undefined {
  const words = [
    hop.fallbackOf === undefined ? undefined : 'else',
    hop.when ? `when ${hop.when.text ?? hop.when.value}` : undefined,
    hop.miss ? `on miss of ${hop.miss.cache}` : undefined,
    hop.optional ? 'optional' : undefined,
  ].filter((w) => w !== undefined);
  return words.length > 0 ? words.join(', ') : undefined;
}

function collectHop(
  design: Design,
  flow: Flow,
  hop: Hop,
  average: FlowRates,
  peak: FlowRates,
  bytes: Map<ElementId, { in: BytesPart[]; out: BytesPart[] }>,
  connections: Map<ElementId, ConnectionParts>,
): void {
  const source = (flow.stops[hop.from] as Stop).component;
  const sizes = sizesOf(design, hop);
  const sized = sizes.request !== undefined || sizes.answer !== undefined;
  const at = (component: ElementId) => {
    const entry = bytes.get(component) ?? { in: [], out: [] };
    bytes.set(component, entry);
    return entry;
  };
  hop.to.forEach((target, i) => {
    const to = (flow.stops[target.stop] as Stop).component;
    const rate = { average: average.targets[hop.index]?.[i] as Estimate, peak: peak.targets[hop.index]?.[i] as Estimate };
    const one = { ...hop, to: [target] };
    const name = `${flow.id} (${source} → ${to})`;
    const part = (direction: 'request' | 'answer'): BytesPart => ({ name, sized, value: bytesOf(design, flow, one, direction, rate.peak) });
    const [request, answer] = [part('request'), part('answer')];
    // Look-ups are a few bytes that nobody plans for.
    if (!hop.lookup) {
      at(source).out.push(request);
      at(to).in.push(request);
      at(to).out.push(answer);
      at(source).in.push(answer);
    }
    const id = `${source}->${to}`;
    const entry: ConnectionParts = connections.get(id) ?? { operations: new Map(), request: [], answer: [] };
    connections.set(id, entry);
    entry.request.push(request);
    entry.answer.push(answer);
    const condition = conditionOf(hop);
    const key = `${hop.operation} ${condition ?? ''}`;
    const line = entry.operations.get(key) ?? { operation: hop.operation, parts: [], ...(condition === undefined ? {} : { condition }) };
    entry.operations.set(key, line);
    line.parts.push({ name: flow.id, rate });
  });
}

function connectionLoad(id: ElementId, parts: ConnectionParts | undefined): ConnectionLoad {
  const none = `no flow uses ${id.replace('->', ' → ')}`;
  if (!parts) {
    const no = notEstimated(none);
    return { connection: id, total: { average: no, peak: no }, operations: [], request: no, answer: no };
  }
  const add = (what: string, list: readonly { name: string; rate: Rate }[]): Rate => {
    const one = (which: 'average' | 'peak') =>
      sum(
        `${which} rate of ${what}`,
        list.map((p) => ({ name: p.name, value: p.rate[which] })),
        RATE,
        none,
      );
    return { average: one('average'), peak: one('peak') };
  };
  const lines = [...parts.operations.values()];
  return {
    connection: id,
    total: add(
      id,
      lines.flatMap((l) => l.parts),
    ),
    operations: lines.map((l) => ({
      operation: l.operation,
      rate: add(`${l.operation} on ${id}`, l.parts),
      ...(l.condition === undefined ? {} : { condition: l.condition }),
    })),
    request: sumBytes(`request bytes of ${id}`, parts.request, none),
    answer: sumBytes(`answer bytes of ${id}`, parts.answer, none),
  };
}

import type {
  Component,
  ComponentLoad,
  Connection,
  Copy,
  Design,
  Estimate,
  Flow,
  FlowTraffic,
  Group,
  Hop,
  Kind,
  Operation,
  Place,
  Property,
  PropertyName,
  Rate,
  Share,
  Span,
  Stop,
  Traffic,
} from '@sysd/core';
import { COUNT, notEstimated, quantity, RATE } from '@sysd/core';

export const SPAN: Span = { block: { uri: 'file:///feed.sysd', offset: 0 }, start: 0, end: 1 };

export interface ComponentSpec {
  readonly kind: Kind;
  readonly title?: string;
  readonly technology?: string;
  readonly group?: string;
  /** Zones of the instances, in order; a string is one instance per place, a number that many without a place. */
  readonly instances?: readonly string[] | number;
  readonly properties?: Partial<Record<PropertyName, unknown>>;
}

export interface HopSpec {
  readonly from: string;
  readonly to: string;
  readonly operation?: Operation;
  readonly async?: boolean;
  readonly lookup?: boolean;
  readonly miss?: string;
  readonly when?: number;
  readonly times?: number;
  /** Peak rate per second that the traffic has for it. */
  readonly rate?: number;
}

export interface DesignSpec {
  readonly id: string;
  readonly places?: Readonly<Record<string, { readonly zones?: readonly string[]; readonly region?: string }>>;
  readonly groups?: Readonly<Record<string, { readonly title?: string; readonly parent?: string }>>;
  readonly components: ReadonlyMap<string, ComponentSpec>;
  readonly flows?: ReadonlyMap<string, readonly HopSpec[]>;
  /** Connections that are declared and that no flow uses. */
  readonly connections?: readonly (readonly [string, string])[];
}

const element = (id: string, title?: string) => ({ id, ...(title === undefined ? {} : { title }), span: SPAN, nameSpan: SPAN });

const bag = (values: Partial<Record<PropertyName, unknown>> = {}): ReadonlyMap<PropertyName, Property> =>
  new Map(
    Object.entries(values).map(([name, value]) => [
      name as PropertyName,
      { value: typeof value === 'number' ? quantity(value, COUNT) : value, origin: { kind: 'declared' }, text: String(value) },
    ]),
  );

function component(id: string, spec: ComponentSpec): Component {
  const shares: Share[] =
    typeof spec.instances === 'object' ? spec.instances.map((place) => ({ place, count: 1 })) : [{ count: spec.instances ?? 1 }];
  const copies: Copy[] = [{ instances: shares }];
  return {
    ...element(id, spec.title),
    kind: spec.kind,
    ...(spec.technology === undefined ? {} : { technology: spec.technology.toLowerCase(), technologyTitle: spec.technology }),
    ...(spec.group === undefined ? {} : { group: spec.group }),
    properties: bag(spec.properties),
    copies,
    tables: [],
    queries: [],
    hasBody: true,
  };
}

function flow(id: string, specs: readonly HopSpec[]): Flow {
  const stops: { component: string; incoming: number[]; outgoing: number[] }[] = [];
  const stopOf = (name: string): number => {
    const found = stops.findIndex((s) => s.component === name);
    return found >= 0 ? found : stops.push({ component: name, incoming: [], outgoing: [] }) - 1;
  };
  const hops = specs.map((spec, index): Hop => {
    const [from, to] = [stopOf(spec.from), stopOf(spec.to)];
    stops[from]!.outgoing.push(index);
    stops[to]!.incoming.push(index);
    return {
      index,
      from,
      to: [{ stop: to, share: 1, span: SPAN }],
      sync: spec.async !== true,
      operation: spec.operation ?? 'call',
      operationGiven: true,
      ...(spec.miss === undefined ? {} : { miss: { cache: spec.miss } }),
      ...(spec.when === undefined ? {} : { when: quantity(spec.when, COUNT) }),
      ...(spec.times === undefined ? {} : { times: quantity(spec.times, COUNT) }),
      optional: false,
      lookup: spec.lookup === true,
      span: SPAN,
      lineSpan: SPAN,
    };
  });
  return {
    ...element(id),
    source: specs[0]?.from ?? '',
    demand: { kind: 'rate', rate: quantity(1, RATE), each: false, span: SPAN },
    objectives: [],
    stops: stops.map((s, index): Stop => ({ index, ...s, span: SPAN })),
    hops,
    properties: bag(),
  };
}

/** A Design from the little that a drawing depends on. */
export function buildDesign(spec: DesignSpec): Design {
  const places = Object.entries(spec.places ?? {}).map(([id, p]): [string, Place] => [
    id,
    {
      ...element(id),
      kind: p.region === undefined && p.zones !== undefined ? 'region' : 'zone',
      ...(p.region === undefined ? {} : { region: p.region }),
      zones: p.zones ?? [],
      properties: bag(),
    },
  ]);
  const groups = Object.entries(spec.groups ?? {}).map(([id, g]): [string, Group] => [
    id,
    { ...element(id, g.title), ...(g.parent === undefined ? {} : { parent: g.parent }), across: [], pinned: false },
  ]);
  const connections = (spec.connections ?? []).map(([from, to]): [string, Connection] => [
    `${from}->${to}`,
    { id: `${from}->${to}`, from, to, declared: true, sync: true, properties: bag(), span: SPAN, uses: [] },
  ]);
  return {
    id: spec.id,
    span: SPAN,
    uri: SPAN.block.uri,
    lets: [],
    places: new Map(places),
    groups: new Map(groups),
    components: new Map([...spec.components].map(([id, c]) => [id, component(id, c)])),
    connections: new Map(connections),
    flows: new Map([...(spec.flows ?? [])].map(([id, hops]) => [id, flow(id, hops)])),
    technologies: new Map(),
    scenarios: [],
    views: [],
    expectations: [],
    accepts: [],
    failed: [],
  };
}

const none = notEstimated('not estimated: not part of this sample');
const figure = (value: number | undefined): Estimate => (value === undefined ? none : { value, dimension: RATE, label: 'sample' });
const peak = (value: number | undefined): Rate => ({ average: none, peak: figure(value) });

/** Traffic with the rates of the spec's hops and these utilisations. */
export function buildTraffic(spec: DesignSpec, utilisations: ReadonlyMap<string, number>): Traffic {
  const flows = [...(spec.flows ?? [])].map(([id, hops]): [string, FlowTraffic] => [
    id,
    {
      flow: id,
      demand: peak(1),
      stops: [],
      hops: hops.map((h) => ({ rate: peak(h.rate), targets: [], scatter: 1, request: none, answer: none })),
    },
  ]);
  const components = [...utilisations].map(([id, utilization]): [string, ComponentLoad] => [
    id,
    {
      component: id,
      total: peak(undefined),
      reads: peak(undefined),
      writes: peak(undefined),
      perInstance: none,
      capacityPerInstance: none,
      cores: none,
      utilization: { value: utilization, dimension: COUNT, label: 'sample' },
      replicasAtFull: none,
      replicasNeeded: none,
      neededPerCopy: none,
      replicas: 1,
      ingress: none,
      egress: none,
    },
  ]);
  return { flows: new Map(flows), components: new Map(components), connections: new Map(), closed: new Map() };
}

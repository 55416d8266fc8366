import {
  COUNT,
  type Component,
  type Connection,
  type Design,
  type Flow,
  type Hop,
  type Kind,
  type Operation,
  type Origin,
  type PropertyBag,
  type PropertyName,
  type PropertyValue,
  type Quantity,
  type Query,
  quantity,
  type Span,
  type Table,
} from '@sysd/core';

const span: Span = { block: { uri: 'test.sysd', offset: 0 }, start: 0, end: 0 };

type Properties = { readonly [K in PropertyName]?: PropertyValue<K> };

/** Properties with matched values, as lowering makes them. `from` is their origin, declared if absent. */
export function bag(properties: Properties, from: Origin = { kind: 'declared' }): PropertyBag {
  return new Map(Object.entries(properties).map(([name, value]) => [name as PropertyName, { value, origin: from, text: '' }]));
}

export const n = (value: number): Quantity => quantity(value, COUNT);

export interface ComponentSpec extends Properties {
  readonly kind: Kind;
  readonly technology?: string;
  readonly title?: string;
  readonly count?: number;
  /** Properties that the technology brings. */
  readonly brings?: Properties;
  readonly tables?: { readonly [name: string]: Properties };
  readonly queries?: readonly Query[];
}

export interface HopSpec extends Partial<Omit<Hop, 'to' | 'from' | 'operation'>> {
  readonly from: string;
  readonly to: string | readonly (readonly [component: string, share: number])[];
  readonly operation?: Operation;
}

/** A design of components and flows; hops are given in text order and make the stops as LANGUAGE.md says. */
export function design(
  components: Readonly<Record<string, ComponentSpec>> | ReadonlyMap<string, ComponentSpec>,
  flows: Readonly<Record<string, readonly HopSpec[]>>,
  connections: Readonly<Record<string, Properties>> = {},
): Design {
  return {
    id: 'Shop',
    span,
    uri: 'test.sysd',
    lets: [],
    places: new Map(),
    groups: new Map(),
    components: new Map(
      [...(components instanceof Map ? components : Object.entries(components))].map(([id, spec]) => [id, component(id, spec)]),
    ),
    connections: new Map(Object.entries(connections).map(([id, properties]) => [id, connection(id, properties)])),
    flows: new Map(Object.entries(flows).map(([id, hops]) => [id, flow(id, hops)])),
    technologies: new Map(),
    scenarios: [],
    views: [],
    expectations: [],
    accepts: [],
    failed: [],
  };
}

function component(id: string, spec: ComponentSpec): Component {
  const { kind, technology, title, count = 1, brings = {}, tables = {}, queries = [], ...own } = spec;
  return {
    id,
    kind,
    span,
    nameSpan: span,
    ...(technology === undefined ? {} : { technology, technologySpan: span }),
    ...(title === undefined ? {} : { title }),
    properties: new Map([...bag(brings, { kind: 'technology', technology: technology ?? '' }), ...bag(own)]),
    copies: [{ instances: [{ count }] }],
    tables: Object.entries(tables).map(
      ([name, properties]): Table => ({ id: `${id}.${name}`, name, store: id, span, nameSpan: span, properties: bag(properties) }),
    ),
    queries,
    hasBody: true,
  };
}

function connection(id: string, properties: Properties): Connection {
  const [from = '', to = ''] = id.split('->');
  return { id, from, to, declared: true, sync: true, properties: bag(properties), span, uses: [] };
}

function flow(id: string, specs: readonly HopSpec[]): Flow {
  type Stop = { index: number; component: string; incoming: number[]; outgoing: number[]; span: Span };
  const source = specs[0]!.from;
  const stops: Stop[] = [{ index: 0, component: source, incoming: [], outgoing: [], span }];
  const latest = (name: string): Stop | undefined => stops.findLast((stop) => stop.component === name);
  const hops = specs.map((spec, index): Hop => {
    const { from, to, ...rest } = spec;
    const left = latest(from);
    if (left === undefined) throw new Error(`nothing reaches ${from} above hop ${index}`);
    left.outgoing.push(index);
    const targets = (typeof to === 'string' ? [[to, 1] as const] : to).map(([name, share]) => {
      let stop = latest(name);
      if (stop === undefined || stop.outgoing.length > 0) {
        stop = { index: stops.length, component: name, incoming: [], outgoing: [], span };
        stops.push(stop);
      }
      stop.incoming.push(index);
      return { stop: stop.index, share, span };
    });
    return {
      sync: true,
      operation: 'call',
      operationGiven: true,
      optional: false,
      lookup: false,
      lineSpan: span,
      span,
      ...rest,
      index,
      from: left.index,
      to: targets,
    };
  });
  return { id, source, span, nameSpan: span, objectives: [], stops, hops, properties: new Map() };
}

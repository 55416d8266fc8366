import {
  BROKERS,
  type Column,
  type Component,
  type Connection,
  type Consistency,
  type Copy,
  type Demand,
  type Design,
  type FailTarget,
  type Flow,
  type Group,
  type Hop,
  type Kind,
  LOOKED_UP,
  type Operation,
  type Place,
  type Query,
  type Share,
  type Stop,
  type Table,
} from '@sysd/core';
import { bagOf, nowhere, quantityOf } from './properties.ts';

interface ComponentSpec {
  readonly group?: string;
  /** Places of the instances, in order, by run: `['us.a', 'us.a', 'us.b']`; default: not placed. */
  readonly at?: readonly string[];
  /** Count of instances, where `at` is not given (and too many to list). */
  readonly count?: number;
  readonly tables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** `joins: [['tweet.author_id = follow.followee_id']]`, `where: ['follow.follower_id']`. */
  readonly queries?: Readonly<Record<string, { readonly joins?: readonly (readonly string[])[]; readonly where?: readonly string[] }>>;
}

interface StepSpec {
  readonly when?: string;
  readonly times?: string;
  readonly max?: string;
  /** Cache whose misses take the step; `self` for the source itself. */
  readonly miss?: string;
  readonly optional?: boolean;
  /** Replaces the nearest step above with the same source. */
  readonly else?: boolean;
  readonly request?: string;
  readonly answer?: string;
  readonly table?: string;
  readonly query?: string;
  readonly requires?: Consistency;
  /** Shares of the alternatives in `b | c`. */
  readonly shares?: readonly number[];
}

/** Builds flows and designs by hand, with the rules of LANGUAGE "Stops". For tests of the analysis only. */
export class DesignBuilder {
  readonly #components = new Map<string, Component>();
  readonly #connections = new Map<string, Connection>();
  readonly #flows = new Map<string, Flow>();
  readonly #places = new Map<string, Place>();
  readonly #groups = new Map<string, Group>();
  #failed: FailTarget[] = [];

  region(id: string, zones: readonly string[], properties: Record<string, string> = {}): this {
    const ids = zones.map((z) => `${id}.${z}`);
    this.#places.set(id, { id, kind: 'region', zones: ids, properties: bagOf(properties), span: nowhere, nameSpan: nowhere });
    for (const zone of ids)
      this.#places.set(zone, { id: zone, kind: 'zone', region: id, zones: [], properties: new Map(), span: nowhere, nameSpan: nowhere });
    return this;
  }

  zone(id: string): this {
    this.#places.set(id, { id, kind: 'zone', zones: [], properties: new Map(), span: nowhere, nameSpan: nowhere });
    return this;
  }

  /** A stamp: one copy per place. */
  stamp(id: string, across: readonly string[], pinned = false): this {
    this.#groups.set(id, { id, across, pinned, span: nowhere, nameSpan: nowhere });
    return this;
  }

  component(kind: Kind, id: string, properties: Record<string, string> = {}, spec: ComponentSpec = {}): this {
    const bag = bagOf(properties);
    const said = (bag.get('replicas')?.value as { count: { value: number } } | undefined)?.count.value;
    const count = spec.count ?? said ?? 1;
    const across = spec.group === undefined ? [] : (this.#groups.get(spec.group)?.across ?? []);
    const runs: Share[] = spec.at ? spec.at.map((place) => ({ place, count: 1 })) : [{ count }];
    const copies: Copy[] =
      across.length > 0 ? across.map((place) => ({ place, instances: runs.map((r) => ({ place, ...r })) })) : [{ instances: runs }];
    this.#components.set(id, {
      id,
      kind,
      properties: bag,
      copies,
      tables: Object.entries(spec.tables ?? {}).map(
        ([name, texts]): Table => ({ id: `${id}.${name}`, store: id, name, properties: bagOf(texts), span: nowhere, nameSpan: nowhere }),
      ),
      queries: Object.entries(spec.queries ?? {}).map(([name, q]) => queryOf(id, name, q)),
      hasBody: true,
      span: nowhere,
      nameSpan: nowhere,
      ...(spec.group === undefined ? {} : { group: spec.group }),
    });
    return this;
  }

  connection(from: string, to: string, properties: Record<string, string>): this {
    const id = `${from}->${to}`;
    this.#connections.set(id, { id, from, to, declared: true, sync: true, properties: bagOf(properties), span: nowhere, uses: [] });
    return this;
  }

  flow(
    id: string,
    source: string,
    at: string | { flow: string; factor: number } | undefined,
    steps: (f: FlowBuilder) => void,
    options: { each?: boolean; requires?: Consistency } = {},
  ): this {
    const builder = new FlowBuilder(this.#components, source);
    steps(builder);
    const demand: Demand | undefined =
      at === undefined
        ? undefined
        : typeof at === 'string'
          ? { kind: 'rate', rate: quantityOf(at), each: options.each ?? false, span: nowhere }
          : { kind: 'flow', flow: at.flow, factor: at.factor, text: `${at.flow} * ${at.factor}`, span: nowhere };
    const flow: Flow = {
      id,
      source,
      objectives: [],
      ...builder.build(),
      properties: new Map(),
      span: nowhere,
      nameSpan: nowhere,
      ...(demand ? { demand } : {}),
      ...(options.requires ? { requires: options.requires } : {}),
    };
    this.#flows.set(id, flow);
    for (const hop of flow.hops) {
      for (const target of hop.to) {
        const [from, to] = [(flow.stops[hop.from] as Stop).component, (flow.stops[target.stop] as Stop).component];
        const key = `${from}->${to}`;
        const found = this.#connections.get(key) ?? {
          id: key,
          from,
          to,
          declared: false,
          sync: hop.sync,
          properties: new Map(),
          span: nowhere,
          uses: [],
        };
        this.#connections.set(key, { ...found, uses: [...found.uses, { flow: id, hop: hop.index }] });
      }
    }
    return this;
  }

  /** Scenario: what fails. */
  fail(element: string, more: { instances?: number; copy?: string } = {}): this {
    this.#failed = [...this.#failed, { element, span: nowhere, ...more }];
    return this;
  }

  build(): Design {
    return {
      id: 'Test',
      span: nowhere,
      uri: 'test.sysd',
      lets: [],
      places: this.#places,
      groups: this.#groups,
      components: this.#components,
      connections: this.#connections,
      flows: this.#flows,
      technologies: new Map(),
      scenarios: [],
      views: [],
      expectations: [],
      accepts: [],
      failed: this.#failed,
    };
  }
}

function queryOf(store: string, name: string, q: { joins?: readonly (readonly string[])[]; where?: readonly string[] }): Query {
  const column = (text: string): Column => {
    const [table = '', col = ''] = text.trim().split('.');
    return { table: `${store}.${table}`, column: col, span: nowhere };
  };
  const joins = (q.joins ?? []).map((equations) => ({
    span: nowhere,
    equations: equations.map((e) => {
      const [left = '', right = ''] = e.split('=');
      return { left: column(left), right: column(right) };
    }),
  }));
  const pinned = (q.where ?? []).map(column);
  const tables = [
    ...new Set([...joins.flatMap((j) => j.equations.flatMap((e) => [e.left.table, e.right.table])), ...pinned.map((p) => p.table)]),
  ];
  return { id: `${store}.${name}`, store, name, tables, joins, pinned, span: nowhere, nameSpan: nowhere };
}

/** Steps of one flow. */
export class FlowBuilder {
  readonly #components: ReadonlyMap<string, Component>;
  readonly #stops: { component: string; copy?: string; incoming: number[]; outgoing: number[] }[];
  readonly #hops: Hop[] = [];

  constructor(components: ReadonlyMap<string, Component>, source: string) {
    this.#components = components;
    this.#stops = [{ component: source, incoming: [], outgoing: [] }];
  }

  #latest(component: string, copy?: string): number {
    return this.#stops.findLastIndex((s) => s.component === component && s.copy === copy);
  }

  /** `a -> b`, `a ~> b`; `b | c` and `lb@eu` as in the language. */
  step(text: string, operation?: Operation, spec: StepSpec = {}): this {
    const [, from = '', arrow = '', to = ''] = /^(\S+) (->|~>) (.+)$/.exec(text) ?? [];
    const source = this.#stops.findLastIndex((s) => s.component === from);
    if (source < 0) throw new Error(`nothing reaches ${from}`);
    const index = this.#hops.length;
    const names = to.split('|').map((n) => n.trim());
    const targets = names.map((name, i) => {
      const [component = '', copy] = name.split('@');
      let stop = this.#latest(component, copy);
      if (stop < 0 || stop === 0 || (this.#stops[stop]?.outgoing.length ?? 0) > 0) {
        stop = this.#stops.length;
        this.#stops.push({ component, incoming: [], outgoing: [], ...(copy === undefined ? {} : { copy }) });
      }
      this.#stops[stop]?.incoming.push(index);
      return { stop, share: spec.shares?.[i] ?? 1 / names.length, span: nowhere };
    });
    this.#stops[source]?.outgoing.push(index);
    const kind = this.#components.get(names[0]?.split('@')[0] ?? '')?.kind ?? 'service';
    const lookup = LOOKED_UP.includes(kind);
    const implied: Operation = lookup ? 'resolve' : BROKERS.includes(kind) ? 'publish' : this.#isBroker(from) ? 'consume' : 'call';
    const miss = spec.miss === undefined ? undefined : this.#missOf(spec.miss, source, from);
    const fallbackOf = spec.else ? this.#hops.findLast((h) => h.from === source)?.index : undefined;
    this.#hops.push({
      index,
      from: source,
      to: targets,
      sync: arrow === '->',
      operation: operation ?? implied,
      operationGiven: operation !== undefined,
      optional: spec.optional ?? false,
      lookup,
      span: nowhere,
      lineSpan: nowhere,
      ...(spec.table === undefined ? {} : { table: spec.table }),
      ...(spec.query === undefined ? {} : { query: spec.query }),
      ...(spec.request === undefined ? {} : { request: quantityOf(spec.request) }),
      ...(spec.answer === undefined ? {} : { answer: quantityOf(spec.answer) }),
      ...(spec.when === undefined ? {} : { when: quantityOf(spec.when) }),
      ...(spec.times === undefined ? {} : { times: quantityOf(spec.times) }),
      ...(spec.max === undefined ? {} : { max: quantityOf(spec.max) }),
      ...(miss ? { miss } : {}),
      ...(fallbackOf === undefined ? {} : { fallbackOf }),
      ...(spec.requires ? { requires: spec.requires } : {}),
    });
    return this;
  }

  #isBroker(component: string): boolean {
    return BROKERS.includes(this.#components.get(component)?.kind ?? 'service');
  }

  #missOf(cache: string, source: number, from: string): { cache: string; read?: number } {
    if (cache === 'self') return { cache: from };
    const read = this.#hops.findLast(
      (h) => h.from === source && h.operation === 'read' && h.to.some((t) => this.#stops[t.stop]?.component === cache),
    );
    return { cache, ...(read ? { read: read.index } : {}) };
  }

  build(): { stops: Stop[]; hops: Hop[] } {
    return { stops: this.#stops.map((s, index) => ({ ...s, index, span: nowhere })), hops: this.#hops };
  }
}

import type { Kind, Operation } from '../kinds.ts';
import type { Quantity } from '../quantity/quantity.ts';
import type { Span } from '../source.ts';
import type { PropertyBag } from './property-bag.ts';

/** Ids are the author's names: `api`, `us`, `us.a` (zone), `tweets.tweet` (table or query), `a->b` (connection), flow names. One flat space. */
export type ElementId = string;

interface Element {
  readonly id: ElementId;
  /** Title in quotes, if the author gave one. */
  readonly title?: string;
  /** The `///` lines above it. */
  readonly doc?: string;
  /** The whole declaration. */
  readonly span: Span;
  /** Its name: where findings about the whole element are shown. */
  readonly nameSpan: Span;
}

/** A region, or a zone (with `region` where it lies in one). */
export interface Place extends Element {
  readonly kind: 'region' | 'zone';
  readonly region?: ElementId;
  /** Zones of a region, in the order written. */
  readonly zones: readonly ElementId[];
  readonly properties: PropertyBag;
}

/** A boundary that nests. With `across` it is a stamp: one copy of everything in it per place. */
export interface Group extends Element {
  readonly parent?: ElementId;
  readonly across: readonly ElementId[];
  readonly pinned: boolean;
}

/** So many instances in a place (undefined: not placed). */
export interface Share {
  readonly place?: ElementId;
  readonly count: number;
}

/**
 * Where the instances of one copy of a component stand. A component outside stamps has one copy without a place; inside a stamp one per
 * place of the stamp. `instances` lists runs of instances in the order dealt, the first instance being the primary; counts are per shard.
 */
export interface Copy {
  readonly place?: ElementId;
  readonly instances: readonly Share[];
}

/** A column of a table, as joins and where-clauses name it. */
export interface Column {
  readonly table: ElementId;
  readonly column: string;
  readonly span: Span;
}

export interface Table extends Element {
  /** The store that it belongs to. Its id is `store.name`. */
  readonly store: ElementId;
  readonly name: string;
  readonly properties: PropertyBag;
}

export interface Query extends Element {
  readonly store: ElementId;
  readonly name: string;
  /** Tables that it touches, in order of first mention. */
  readonly tables: readonly ElementId[];
  /** Each join is a list of equations between columns of the same two tables. */
  readonly joins: readonly { readonly equations: readonly { readonly left: Column; readonly right: Column }[]; readonly span: Span }[];
  /** Columns pinned to a value by the where-clause. */
  readonly pinned: readonly Column[];
}

export interface Component extends Element {
  readonly kind: Kind;
  readonly technology?: ElementId;
  /** Shown name of the technology: its title, else its id. */
  readonly technologyTitle?: string;
  readonly technologySpan?: Span;
  readonly group?: ElementId;
  readonly properties: PropertyBag;
  readonly copies: readonly Copy[];
  readonly tables: readonly Table[];
  readonly queries: readonly Query[];
  /** Whether it has a `{ … }` body. */
  readonly hasBody: boolean;
  /** Something that its author says of it could not be read (an error says what), so that what is known of it is less than was said. */
  readonly unread?: true;
}

/** How calls from one component to another behave. Created by a top-level `a -> b { … }`, by steps, or both. */
export interface Connection {
  /** `from->to`. */
  readonly id: ElementId;
  readonly from: ElementId;
  readonly to: ElementId;
  /** Whether a top-level statement declares it; its spans are then of that statement, else of the first step. */
  readonly declared: boolean;
  /** Arrow of the declaration or first step: `->` waits. */
  readonly sync: boolean;
  readonly properties: PropertyBag;
  readonly span: Span;
  /** Hops that use it: flow id and hop index. */
  readonly uses: readonly { readonly flow: ElementId; readonly hop: number }[];
}

export type Consistency = 'strong' | 'read-your-writes' | 'eventual';

/** One target of a hop. Shares not given are split evenly (done: every target has its share). */
export interface HopTarget {
  readonly stop: number;
  readonly share: number;
  readonly span: Span;
}

/**
 * One arrow of a flow. Hops are in text order, which is a topological order of the stops (LANGUAGE "Semantics of a flow"): when hop h is
 * reached, every hop into its source stop has been seen.
 */
export interface Hop {
  readonly index: number;
  /** Index of the source stop. */
  readonly from: number;
  /** One target, or the alternatives of `b 80% | c 20%`. */
  readonly to: readonly HopTarget[];
  /** `->` waits for the answer. */
  readonly sync: boolean;
  readonly operation: Operation;
  /** False where the operation was not written but follows from the kinds (`call`, `consume`, `resolve`). */
  readonly operationGiven: boolean;
  /** Table or query of the target that the step names (`store.name`). */
  readonly table?: ElementId;
  readonly query?: ElementId;
  /** Bytes that go with the hop, and against it. What is not said is undefined, not 0. */
  readonly request?: Quantity;
  readonly answer?: Quantity;
  /** Share of the source's requests that take this hop; 1 where not given. */
  readonly when?: Quantity;
  /** Repetitions per request; 1 where not given. */
  readonly times?: Quantity;
  /** Repetitions for the request that has the most, at least `times`. Only with `times`. */
  readonly max?: Quantity;
  /** Set for `on miss`: the cache, and the earlier hop that reads it; `read` is undefined where the source itself is the cache (CDN, gateway). */
  readonly miss?: { readonly cache: ElementId; readonly read?: number };
  readonly optional: boolean;
  /** Hop that this one replaces when it fails (`else`). */
  readonly fallbackOf?: number;
  /** Hops of the same `parallel { … }` block carry the same number. */
  readonly parallel?: number;
  /** Only looked up (dns, registry), not passed through. */
  readonly lookup: boolean;
  readonly requires?: Consistency;
  /** The text of this hop: `arrow TARGET …`, and of the whole line. */
  readonly span: Span;
  readonly lineSpan: Span;
}

/** A visit of a component by a flow. */
export interface Stop {
  readonly index: number;
  readonly component: ElementId;
  /** `lb@eu`: that copy of the stamp. */
  readonly copy?: ElementId;
  /** Hop indices, in text order. */
  readonly incoming: readonly number[];
  readonly outgoing: readonly number[];
  readonly span: Span;
}

/** What a flow is to keep to. `rto` and `rpo` are times at most: until it works again after a failure, and of which writes may be lost by one. */
export interface Objective {
  readonly completion: boolean;
  readonly metric: 'availability' | 'p50' | 'p95' | 'p99' | 'rto' | 'rpo';
  readonly relation: '>=' | '<=';
  readonly bound: Quantity;
  readonly span: Span;
}

/** How often a flow starts. `each`: per daily active user of the source. `ofFlow`: that flow's rate times `factor`. */
export type Demand =
  | { readonly kind: 'rate'; readonly rate: Quantity; readonly each: boolean; readonly span: Span }
  | { readonly kind: 'flow'; readonly flow: ElementId; readonly factor: number; readonly text: string; readonly span: Span };

export interface Flow extends Element {
  /** Component of stop 0. */
  readonly source: ElementId;
  readonly demand?: Demand;
  readonly requires?: Consistency;
  readonly objectives: readonly Objective[];
  /** Stop 0 is the source. */
  readonly stops: readonly Stop[];
  readonly hops: readonly Hop[];
  readonly properties: PropertyBag;
}

/** A named constant and its value. */
export interface Let extends Element {
  readonly value?: Quantity;
  /** The expression as written. */
  readonly text: string;
  /** Names in the expression with their values. */
  readonly inputs: readonly { readonly name: string; readonly value: Quantity }[];
}

/** `expect disks <= 3000 "why"`: `holds` is undefined where it could not be computed. */
export interface Expectation {
  readonly text: string;
  readonly why?: string;
  readonly holds?: boolean;
  readonly left?: Quantity;
  readonly right?: Quantity;
  readonly span: Span;
}

/** What a scenario (or `--fail`) fails: a region, zone, component, so many instances of one, or a copy of a stamp. */
export interface FailTarget {
  readonly element: ElementId;
  readonly instances?: number;
  readonly copy?: ElementId;
  readonly span: Span;
}

export interface Scenario extends Element {
  /** Overrides as written: `users.peak: 10x`. */
  readonly overrides: readonly { readonly path: string; readonly text: string; readonly span: Span }[];
  readonly fails: readonly FailTarget[];
}

export interface Accept {
  readonly rule: string;
  readonly element: ElementId;
  readonly reason: string;
  readonly span: Span;
  readonly ruleSpan: Span;
}

/** A technology in scope that the design uses, for hover and for rules that ask what it is. */
export interface Technology extends Element {
  readonly kinds: readonly Kind[];
  readonly properties: PropertyBag;
  /** From the standard library, not the author's files. */
  readonly library: boolean;
}

export interface View extends Element {
  readonly include: readonly ElementId[];
  readonly exclude: readonly ElementId[];
  readonly rank: readonly ElementId[];
}

/**
 * A whole design: plain data, complete, in text order (files in import order), names resolved. Made once per document version by the
 * language package; every analysis, rule, diagram and export reads this and nothing else.
 */
export interface Design {
  readonly id: string;
  readonly title?: string;
  readonly doc?: string;
  /** The `system` declaration. */
  readonly span: Span;
  /** File that has the `system` declaration. */
  readonly uri: string;
  readonly lets: readonly Let[];
  readonly places: ReadonlyMap<ElementId, Place>;
  readonly groups: ReadonlyMap<ElementId, Group>;
  readonly components: ReadonlyMap<ElementId, Component>;
  readonly connections: ReadonlyMap<ElementId, Connection>;
  readonly flows: ReadonlyMap<ElementId, Flow>;
  readonly technologies: ReadonlyMap<ElementId, Technology>;
  readonly scenarios: readonly Scenario[];
  readonly views: readonly View[];
  readonly expectations: readonly Expectation[];
  readonly accepts: readonly Accept[];
  /** The scenario in which it was lowered, if any, and what fails there. */
  readonly scenario?: string;
  /** What was set besides (`--set`), as written: `users.daily-active=1G`. */
  readonly set?: readonly string[];
  /** Every flow starts so many times as often as written (`--traffic 5`); absent: as written. */
  readonly traffic?: number;
  readonly failed: readonly FailTarget[];
  /** How far in the future it is seen (`--in "3 year"`), a time: what starts flows has grown until then. */
  readonly horizon?: Quantity;
}

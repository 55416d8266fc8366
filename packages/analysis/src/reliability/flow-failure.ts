import {
  BROKERS,
  type ChainLink,
  type Component,
  type Design,
  type ElementId,
  type Estimate,
  type Flow,
  type Hop,
  type Operation,
  type Stop,
} from '@sysd/core';
import { product, quantityLeaf } from '../figure/make.ts';
import { sameStamp, stampOf } from '../scenario/stamps.ts';
import { scatterOf } from '../traffic/contributions.ts';
import { hopName, missRatio } from '../traffic/flow-rates.ts';
import { ComponentFailures, type FailureContext, type UsedCopy } from './component-failure.ts';
import { type FaultTree, FaultTreeBuilder, NEVER } from './fault-tree.ts';
import { useOf } from './use.ts';

/** A use of the component of a stop: per copy that may be asked, the node that says that it does not work. */
export interface StopUse {
  readonly copies: readonly number[];
  /** Which copies of the component these are. */
  readonly at: readonly number[];
  /** Each request belongs to one of the copies; else any of them will do. */
  readonly pinned: boolean;
}

/** The failure function of a flow's answer, or of its completion (every arrow read as `->`). */
export interface FlowFailure {
  readonly tree: FaultTree;
  /** Per stop, the uses of its component there. */
  readonly down: readonly (readonly StopUse[])[];
  /** Per hop: the node of the step, and per target the node of what is asked there. */
  readonly steps: readonly number[];
  readonly targets: readonly (readonly number[])[];
  /** Per hop and target, where requests are spread over the copies of a stamp: by copy, the node of what is asked there. Else empty. */
  readonly spread: readonly (readonly (readonly number[])[])[];
  /** The same for the copies at which the flow starts. */
  readonly starts: readonly number[];
  /** What was asked of components, each use once. */
  readonly uses: readonly (UsedCopy & { readonly node: number })[];
}

const VERBS: Record<Operation, string> = {
  call: 'calls',
  read: 'reads',
  write: 'writes to',
  update: 'updates',
  publish: 'publishes to',
  consume: 'hands messages to',
  resolve: 'looks up',
};

/** Nodes of a request to a target: the request as a whole, and the target's component alone. */
interface Asked {
  readonly request: number;
  readonly own: number;
  readonly use: StopUse;
  /** By copy, where any of several will do. */
  readonly spread: readonly number[];
}

/** What is asked of a flow's hops again and again, found in one pass. */
interface FlowIndex {
  /** Reads of a cache that are soft: the reader itself goes elsewhere on a miss, so a dead cache only makes it slower. */
  readonly soft: ReadonlySet<number>;
  /** CDN stops that are read-through: what they cannot answer they fetch, and so can the clients. */
  readonly readThrough: ReadonlySet<number>;
  readonly fallbacks: ReadonlyMap<number, readonly Hop[]>;
}

/** Hops that read a cache which the reader can do without: index of the read, and the cache. */
export function softReads(flow: Flow): Map<number, ElementId> {
  const soft = new Map<number, ElementId>();
  for (const hop of flow.hops) {
    const read = hop.miss?.read === undefined ? undefined : flow.hops[hop.miss.read];
    if (read && read.from === hop.from && read.to.length === 1 && hop.miss) soft.set(read.index, hop.miss.cache);
  }
  return soft;
}

function indexOf(design: Design, flow: Flow): FlowIndex {
  const readThrough = new Set<number>();
  const fallbacks = new Map<number, Hop[]>();
  for (const hop of flow.hops) {
    const source = design.components.get((flow.stops[hop.from] as Stop).component);
    if (hop.miss && hop.miss.read === undefined && source?.kind === 'cdn') readThrough.add(hop.from);
    if (hop.fallbackOf !== undefined) {
      const list = fallbacks.get(hop.fallbackOf) ?? [];
      fallbacks.set(hop.fallbackOf, list);
      list.push(hop);
    }
  }
  return { soft: new Set(softReads(flow).keys()), readThrough, fallbacks };
}

export function flowFailure(context: FailureContext, flow: Flow, completion: boolean): FlowFailure {
  const { design } = context;
  const tree = new FaultTreeBuilder((context.shifts?.length ?? 0) > 0);
  const components = new ComponentFailures(context, tree);
  const componentAt = (stop: number): Component => design.components.get((flow.stops[stop] as Stop).component) as Component;
  const stepOf: number[][] = flow.hops.map(() => []);
  const targets: number[][] = [];
  const spread: (readonly number[])[][] = [];
  const down: StopUse[][] = flow.stops.map(() => []);
  const below = new Map<string, number>();
  const index = indexOf(design, flow);
  const stepShares = sharesOf(context, flow);

  /** What fails below a stop, for one copy of its component: any of its steps with the fallback of each. */
  const stepsOf = (stop: number, copy: number): number => {
    const key = `${stop} ${copy}`;
    const known = below.get(key);
    if (known !== undefined) return known;
    const outgoing = (flow.stops[stop] as Stop).outgoing.map((h) => flow.hops[h] as Hop);
    // An `else` stands below the step that it replaces, so upwards its own node is known.
    const covered = new Map<number, number>();
    for (const hop of outgoing.toReversed()) {
      const elses = index.fallbacks.get(hop.index) ?? [];
      const own = stepOf[hop.index]?.[copy] ?? NEVER;
      const why = (): ChainLink => link(`the fallback ${elses.map((e) => hopName(flow, e)).join(', ')} fails with it`, elses[0] as Hop);
      const both =
        elses.length === 0
          ? own
          : tree.and([own, ...elses.map((e) => covered.get(e.index) ?? NEVER)], {
              why: why(),
              branches: [hop, ...elses].map((e) => hopName(flow, e)),
            });
      covered.set(hop.index, both);
    }
    const node = tree.or(outgoing.flatMap((h) => (h.fallbackOf === undefined ? [covered.get(h.index) ?? NEVER] : [])));
    below.set(key, node);
    return node;
  };
  const link = (text: string, hop: Hop): ChainLink => ({
    text,
    span: hop.span,
    element: `${componentAt(hop.from).id}->${componentAt(hop.to[0]?.stop ?? 0).id}`,
  });

  /** Copies of the target that a request from a copy of the source may go to, and how. */
  const copiesFor = (hop: Hop, target: number, copy: number): { copies: number[]; how: 'any' | 'one' } => {
    const stop = flow.stops[hop.to[target]?.stop as number] as Stop;
    const [source, component] = [componentAt(hop.from), componentAt(stop.index)];
    const all = component.copies.map((_, i) => i);
    const at = (place: ElementId | undefined) => component.copies.findIndex((c) => c.place === place);
    if (stop.copy !== undefined && at(stop.copy) >= 0) return { copies: [at(stop.copy)], how: 'any' };
    if (all.length > 1 && source.copies.length > 1 && sameStamp(design, source, component)) {
      const same = at(source.copies[copy]?.place);
      if (same >= 0) return { copies: [same], how: 'any' };
    }
    const stamp = stampOf(design, component);
    return { copies: all, how: stamp !== undefined && design.groups.get(stamp)?.pinned ? 'one' : 'any' };
  };

  const failTarget = (hop: Hop, target: number, copy: number): Asked => {
    const stop = hop.to[target]?.stop as number;
    const component = componentAt(stop);
    const use = useOf(design, context.meshes, flow, hop, component, scatterOf(design, hop) > 1);
    const { copies, how } = copiesFor(hop, target, copy);
    const soft = index.readThrough.has(stop) && !context.loadBearing.has(component.id);
    const handsOver = BROKERS.includes(component.kind) && !completion;
    const own = copies.map((c) => components.of(component, c, use));
    const whole = copies.map((c, i) => tree.or([soft ? NEVER : (own[i] as number), hop.lookup || handsOver ? NEVER : stepsOf(stop, c)]));
    const shares = copies.map(() => 1 / copies.length);
    const names = copies.map((c) => component.copies[c]?.place).filter((p) => p !== undefined);
    const join = (nodes: readonly number[]): number => {
      if (nodes.length === 1) return nodes[0] as number;
      if (how === 'one') {
        const why = link(`a request belongs to one copy of ${component.id} and no other can take it`, hop);
        return tree.oneOf(nodes, shares, { why }, stampOf(design, component));
      }
      return tree.and(
        nodes,
        { why: link(`every copy of ${component.id} (${names.join(', ')}) fails with it`, hop), branches: names },
        shares,
      );
    };
    const any = how === 'any' && copies.length > 1;
    return { request: join(whole), own: join(own), use: { copies: own, at: copies, pinned: how === 'one' }, spread: any ? whole : [] };
  };

  // Backwards through the text every step below a stop is known when the stop is entered, without recursion over long chains.
  for (const hop of flow.hops.toReversed()) {
    const sources = componentAt(hop.from).copies;
    const requests: number[][] = hop.to.map(() => []);
    for (let copy = 0; copy < Math.max(1, sources.length); copy++) {
      const asked = hop.to.map((_, i) => failTarget(hop, i, copy));
      hop.to.forEach((target, i) => {
        if (asked[i]) down[target.stop]?.push(asked[i].use);
        requests[i]?.push(asked[i]?.request ?? NEVER);
      });
      if (copy === 0) spread[hop.index] = asked.map((a) => a.spread);
      (stepOf[hop.index] as number[])[copy] = stepNode(hop, asked);
    }
    targets[hop.index] = requests.map((nodes) => tree.and(nodes));
  }

  function stepNode(hop: Hop, asked: readonly Asked[]): number {
    if (hop.optional || hop.when?.value === 0) return NEVER;
    const cache = index.soft.has(hop.index) ? componentAt(hop.to[0]?.stop as number).id : undefined;
    const first = componentAt(hop.to[0]?.stop as number);
    const toBroker = BROKERS.includes(first.kind);
    const share = stepShares[hop.index];
    const more = share === undefined ? {} : { share };
    const from = componentAt(hop.from).id;
    if (cache !== undefined) {
      if (!context.loadBearing.has(cache)) return NEVER;
      const what = context.loadBearing.get(cache)?.overloaded ?? 'what lies behind it';
      const why = link(`${from} reads ${cache}, without which ${what} is overloaded`, hop);
      return tree.or([asked[0]?.own ?? NEVER], { why, ...more });
    }
    if (!hop.sync && !toBroker && !completion) return NEVER;
    const waits =
      toBroker && !completion ? 'waits for the acknowledgement' : hop.sync ? 'waits for the answer' : 'the work is only done when that is';
    const names = hop.to.map((t) => componentAt(t.stop).id).join(' or ');
    const object = hop.table ?? hop.query;
    const why = link(`${from} ${VERBS[hop.operation]} ${names}${object === undefined ? '' : ` (${object})`} and ${waits}`, hop);
    if (asked.length === 1) return tree.or([asked[0]?.request ?? NEVER], { why, ...more });
    const both = tree.and(
      asked.map((a) => a.request),
      { why: link(`${names.replaceAll(' or ', ' and ')} all fail with it`, hop), branches: hop.to.map((t) => componentAt(t.stop).id) },
      hop.to.map((t) => t.share),
    );
    return tree.or([both], { why, ...more });
  }

  const { top, starts } = topOf();
  function topOf(): { readonly top: number; readonly starts: readonly number[] } {
    const source = componentAt(0);
    const stop = flow.stops[0] as Stop;
    const copies =
      stop.copy === undefined ? source.copies.map((_, i) => i) : source.copies.flatMap((c, i) => (c.place === stop.copy ? [i] : []));
    const use = { operation: 'start' as const, fresh: false, noticed: true, scatter: false };
    const asked = copies.length > 0 ? copies : [0];
    const own = asked.map((c) => components.of(source, c, use));
    const nodes = asked.map((c, i) => tree.or([own[i] as number, stepsOf(0, c)]));
    const stamp = stampOf(design, source);
    const pinned = stamp !== undefined && (design.groups.get(stamp)?.pinned ?? false);
    // What starts the flow can have failed as well: then it starts nothing.
    down[0]?.push({ copies: own, at: asked, pinned });
    const shares = nodes.map(() => 1 / nodes.length);
    const why: ChainLink = { text: completion ? `${flow.id} is not completed` : `${flow.id} fails`, span: flow.nameSpan, element: flow.id };
    const branches = asked.length > 1 ? { branches: asked.map((c) => source.copies[c]?.place ?? source.id) } : {};
    const joined = pinned ? tree.oneOf(nodes, shares, {}, stop.copy === undefined ? stamp : undefined) : tree.and(nodes, branches, shares);
    return { top: joined === NEVER ? NEVER : tree.or([joined], { why }), starts: pinned || nodes.length < 2 ? [] : nodes };
  }
  const steps = stepOf.map((list) => tree.and(list));
  return { tree: tree.build(top), down, steps, targets, spread, starts, uses: components.uses };
}

/** By hop: share of the source's requests that take it: when × misses × the share of the read that misses. Undefined where all do. */
function sharesOf(context: FailureContext, flow: Flow): (Estimate | undefined)[] {
  const shares: (Estimate | undefined)[] = [];
  const { design, cold } = context;
  for (const hop of flow.hops) {
    const misses = missRatio({ design, ...(cold ? { cold } : {}) }, flow, hop);
    const ofRead = hop.miss?.read === undefined ? undefined : shares[hop.miss.read];
    const factors = [hop.when && quantityLeaf('when', hop.when), misses, ofRead].filter((f) => f !== undefined);
    const formula = factors.map((f) => ('label' in f ? f.label : 'misses')).join(' × ');
    shares.push(factors.length === 0 ? undefined : product(`share of requests that take ${hopName(flow, hop)}`, formula, factors));
  }
  return shares;
}

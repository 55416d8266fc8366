import { type Component, type Copy, type Design, type ElementId, effective, known, property, shardCount } from '@sysd/core';
import { directoryOf } from '../queries/classify.ts';
import { readersOf, rolesOf } from '../scenario/roles.ts';
import { failedInRuns, placeFailed } from '../scenario/standing.ts';
import { placementOf, type Sizing } from '../traffic/sizing.ts';
import { type EventClass, type FaultTreeBuilder, type Members, NEVER } from './fault-tree.ts';
import type { LoadBearing } from './load-bearing.ts';
import type { LoadShift } from './load-shifts/load-shift.ts';
import { neededOf } from './needed.ts';
import { type Run, runsOf } from './runs.ts';
import { isNoticed, type Use } from './use.ts';

/** What the failure function reads beside the design. */
export interface FailureContext {
  readonly design: Design;
  /** Sizes at peak; absent where failure is asked without load (which steps a scenario fails). */
  readonly sizing?: Pick<ReadonlyMap<ElementId, Sizing>, 'get'>;
  /** Caches whose loss overloads what lies behind them. */
  readonly loadBearing: Pick<ReadonlyMap<ElementId, LoadBearing>, 'has' | 'get'>;
  /** The meshes of the design, found once. */
  readonly meshes: readonly Component[];
  /** Sizes at peak that say only how many instances run: of what is autoscaled. */
  readonly running?: Pick<ReadonlyMap<ElementId, Pick<Sizing, 'replicas'>>, 'get'>;
  /** Caches that have failed altogether, so that every read is a miss: for the shares of requests. */
  readonly cold?: ReadonlySet<ElementId>;
  /** What more is needed of components while others are down, whose load they take. */
  readonly shifts?: readonly LoadShift[];
  /** Ids of events that are taken not to happen. */
  readonly without?: ReadonlySet<string>;
}

/** A copy of a component and what it is used for. */
export interface UsedCopy {
  readonly component: ElementId;
  readonly copy: number;
  readonly use: Use;
}

/** The same for uses that fail alike. */
export const useKey = ({ component, copy, use }: UsedCopy): string =>
  [component, copy, use.operation, use.fresh, use.noticed, use.scatter, use.consistency ?? ''].join('\u0000');

/** Writes the failure of components into a tree, each use of a copy once. */
export class ComponentFailures {
  readonly #context: FailureContext;
  readonly #tree: FaultTreeBuilder;
  readonly #done = new Map<string, number>();
  readonly #uses: (UsedCopy & { readonly node: number })[] = [];
  /** Failure without load, by what is taken not to happen. */
  readonly #unloaded = new Map<string, ComponentFailures>();
  /** Components of which `#neededBelow` has seen what they need. */
  readonly #reached = new Set<ElementId>();

  constructor(context: FailureContext, tree: FaultTreeBuilder) {
    this.#context = context;
    this.#tree = tree;
  }

  /** Node: the copy of the component does not do what it is used for. */
  of(component: Component, copy: number, use: Use): number {
    const used = { component: component.id, copy, use };
    const key = useKey(used);
    const known = this.#done.get(key);
    if (known !== undefined) return known;
    // Least fixpoint: what fails over through itself does not fail by that.
    this.#done.set(key, NEVER);
    const node = this.#build(component, copy, use);
    this.#done.set(key, node);
    this.#uses.push({ ...used, node });
    return node;
  }

  /** The uses of copies that were asked for, each with its node. */
  get uses(): readonly (UsedCopy & { readonly node: number })[] {
    return this.#uses;
  }

  /** Node: all of this is down by itself, whatever the load. */
  #isDown(shift: LoadShift): number {
    const { design, meshes } = this.#context;
    const key = [...shift.without].join('\u0000');
    const plain =
      this.#unloaded.get(key) ?? new ComponentFailures({ design, meshes, loadBearing: new Map(), without: shift.without }, this.#tree);
    this.#unloaded.set(key, plain);
    const one = ({ component: id, copy, use }: UsedCopy): number => {
      const component = design.components.get(id);
      return component ? plain.of(component, copy, use) : NEVER;
    };
    const nodes = shift.down.map((outages) => this.#tree.or(outages.map((all) => this.#tree.and(all.map(one)))));
    if (shift.event) nodes.unshift(this.#tree.eventNode(shift.event));
    return nodes.length === 0 ? this.#tree.always() : this.#tree.and(nodes);
  }

  #event(event: EventClass): number {
    return this.#context.without?.has(event.id) ? NEVER : this.#tree.eventNode(event);
  }

  /** `own`, or one of the load shifts asks so much of the component that fewer failures of its own stop it: `tight` gives the node for so many. */
  #withShifts(component: Component, own: number, tight: (needed: number, reason: string) => number): number {
    const shifted = (this.#context.shifts ?? []).flatMap((shift) => {
      const needed = shift.needed.get(component.id);
      if (needed === undefined) return [];
      const down = this.#isDown(shift);
      const text = needed === Number.POSITIVE_INFINITY ? `${component.id} cannot carry the peak ${shift.while}` : shift.while;
      const why = { text, span: component.nameSpan, element: component.id };
      const more =
        needed === Number.POSITIVE_INFINITY ? [] : [tight(needed, `the peak load needs them at max-utilization, ${shift.while}`)];
      return [this.#tree.and([down, ...more], { why, full: component.id })];
    });
    return shifted.length === 0 ? own : this.#tree.or([own, ...shifted]);
  }

  /** Node: the component as a whole does not work, whichever copy one asks (a directory, a failover mechanism, a control plane). */
  whole(id: ElementId): number {
    for (const below of this.#neededBelow(id)) this.#whole(below);
    return this.#whole(id);
  }

  /** What must be known before: components that it needs, deepest first, each once. A chain of them may be too long for recursion. */
  #neededBelow(id: ElementId): ElementId[] {
    const order: ElementId[] = [];
    const open = [{ id, left: false }];
    for (let next = open.pop(); next; next = open.pop()) {
      const component = this.#context.design.components.get(next.id);
      if (next.left) order.push(next.id);
      if (next.left || !component || this.#reached.has(next.id)) continue;
      this.#reached.add(next.id);
      open.push({ id: next.id, left: true });
      const failover = effective(component.properties, 'failover')?.value;
      const needs = [
        failover?.kind === 'automatic' ? failover.via?.name : undefined,
        directoryOf(component),
        ...this.#closedMeshes(component).map((m) => m.id),
      ];
      for (const one of needs) if (one !== undefined) open.push({ id: one, left: false });
    }
    return order;
  }

  #whole(id: ElementId): number {
    const component = this.#context.design.components.get(id);
    if (!component) return NEVER;
    const use: Use = {
      operation: 'call',
      fresh: false,
      noticed: isNoticed(this.#context.meshes, component, []),
      scatter: false,
    };
    return this.#tree.and(component.copies.map((_, i) => this.of(component, i, use)));
  }

  #build(component: Component, copyIndex: number, use: Use): number {
    const level = component.kind === 'cache' ? property(component.properties, 'level')?.value : undefined;
    if (component.kind === 'client' || level?.level === 'browser') return NEVER;
    const placed = placementOf(this.#context.design, component);
    if (placed !== component)
      return this.of(placed, Math.min(copyIndex, placed.copies.length - 1), { ...use, operation: 'call', fresh: false });
    const copy = component.copies[copyIndex];
    if (!copy) return NEVER;
    const own = isWhole(component)
      ? this.#withShifts(component, this.#managed(component, copy), () => NEVER)
      : this.#instances(component, copy, use);
    const directory = directoryOf(component);
    const meshes = this.#closedMeshes(component);
    return this.#tree.or([
      own,
      ...(directory === undefined
        ? []
        : [this.#because(this.whole(directory), component, `${directory} says on which shard of ${component.id} a key lies`)]),
      ...meshes.map((m) =>
        this.#because(
          this.whole(m.id),
          component,
          `the sidecars of ${component.id} stop without ${m.id} (when-control-plane-fails: closed)`,
        ),
      ),
    ]);
  }

  /** Meshes without whose control plane the component's sidecars stop. */
  #closedMeshes(component: Component): Component[] {
    return this.#context.meshes.filter(
      (m) =>
        m.id !== component.id &&
        effective(m.properties, 'when-control-plane-fails')?.value === 'closed' &&
        property(m.properties, 'covers')?.value.some((n) => n.name === component.id),
    );
  }

  #because(node: number, component: Component, text: string): number {
    return this.#tree.or([node], { why: { text, span: component.nameSpan, element: component.id } });
  }

  /** Something managed, external or a name service: one event; and its places, where it is placed, all of them. */
  #managed(component: Component, copy: Copy): number {
    const suffix = copy.place === undefined ? '' : `@${copy.place}`;
    const failed = failedInRuns(this.#context.design, component, copy).some((n) => n > 0);
    const event = this.#event({
      id: `managed:${component.id}${suffix}`,
      kind: 'managed',
      element: component.id,
      ...(copy.place === undefined ? {} : { place: copy.place }),
      label: `${component.id}${copy.place === undefined ? '' : ` in ${copy.place}`}`,
      span: component.nameSpan,
      count: 1,
      failed: failed ? 1 : 0,
    });
    const places = [...new Set(copy.instances.map((r) => r.place ?? copy.place))];
    const nodes = places.map((p) => this.#place(p));
    const why = { text: `all of ${component.id} is there`, span: component.nameSpan, element: component.id };
    return this.#tree.or([event, nodes.length > 0 ? this.#tree.and(nodes, nodes.includes(NEVER) ? {} : { why }) : NEVER]);
  }

  /** Instances with k of n, and the primary where the use needs it. */
  #instances(component: Component, copy: Copy, use: Use): number {
    const roles = rolesOf(component);
    const needsPrimary =
      (roles === 'primary' && (use.operation !== 'read' || readersOf(component, use.fresh) === 'primary')) || roles === 'active-passive';
    const total = copy.instances.reduce((n, r) => n + r.count, 0);
    const split = total > 1 && (roles === 'primary' || roles === 'active-passive');
    const runs = runsOf(this.#context.design, component, copy, split, (this.#context.running ?? this.#context.sizing)?.get(component.id));
    const serving =
      split && use.operation === 'read' && readersOf(component, use.fresh) === 'replicas' ? runs.filter((r) => !r.primary) : runs;
    const n = serving.reduce((sum, r) => sum + r.count, 0);
    const shards = shardCount(component);
    const sizing = this.#context.sizing?.get(component.id);
    const autoscale = property(component.properties, 'autoscale')?.value;
    // An autoscaler with room left replaces what is lost, so load alone makes no instance indispensable.
    const selfHealing = autoscale !== undefined && n < autoscale.range.high;
    // That the primary's place is taken is the business of failover below, not of callers that notice.
    const seen: Use = needsPrimary && split ? { ...use, noticed: true } : use;
    const groups = serving.map((run) => this.#members(component, copy, run, { total, split, shards }));
    // Of all replicas that the load needs, one is the primary, which does not serve here.
    const ofServing = (count: number): number => (serving === runs ? count : Math.max(1, count - 1));
    const tooFew = (load: number | undefined, reason: string): number => {
      const needed = neededOf(component, seen, n, load === undefined ? undefined : { count: ofServing(load), reason }, selfHealing);
      const redundancy = {
        component: component.id,
        member: serving === runs ? 'instance' : 'standby',
        total: n,
        needed: needed.count,
        reason: needed.reason,
        unnoticed: needed.unnoticed,
        shards: use.scatter ? 1 : shards,
      };
      return this.#tree.atLeast(n - needed.count + 1, groups, { redundancy });
    };
    const plain = tooFew(known(sizing?.neededPerCopy), 'the peak load needs them at max-utilization');
    const enough = this.#withShifts(component, plain, tooFew);
    if (!needsPrimary || !split) return enough;
    return this.#tree.or([enough, this.#primary(component, copy, runs, use, shards)]);
  }

  /** primary ∧ (no automatic failover ∨ all others ∨ the mechanism). */
  #primary(component: Component, copy: Copy, runs: readonly Run[], use: Use, shards: number): number {
    const tree = this.#tree;
    const total = runs.reduce((n, r) => n + r.count, 0);
    const groups = (list: readonly Run[]): Members[] => list.map((r) => this.#members(component, copy, r, { total, split: true, shards }));
    const first = runs.filter((r) => r.primary);
    const others = runs.filter((r) => !r.primary);
    const failover = effective(component.properties, 'failover')?.value;
    const what = rolesOf(component) === 'active-passive' ? 'requests' : use.operation === 'read' ? 'these reads' : 'writes';
    const role = rolesOf(component) === 'active-passive' ? 'active instance' : 'primary';
    const scope = { component: component.id, member: role, unnoticed: false, shards: use.scatter ? 1 : shards };
    const primary = tree.atLeast(1, groups(first), { redundancy: { ...scope, total: 1, needed: 1, reason: `${what} need the ${role}` } });
    if (failover?.kind !== 'automatic') {
      const text = `${what} to ${component.id} need its ${role}, and nothing makes a standby take over (failover: ${failover?.kind ?? 'none'})`;
      return tree.or([primary], { why: { text, span: component.nameSpan, element: component.id } });
    }
    const standbys = others.reduce((n, r) => n + r.count, 0);
    const allOthers = tree.atLeast(standbys, groups(others), {
      redundancy: { ...scope, member: 'standby', total: standbys, needed: 1, reason: 'a standby must be left to take over' },
    });
    const via = failover.via ? this.whole(failover.via.name) : NEVER;
    const success = property(component.properties, 'failover-success');
    const unlucky = success
      ? tree.eventNode({
          id: `failover:${component.id}`,
          kind: 'failover',
          element: component.id,
          label: `the failover of ${component.id}`,
          span: success.span ?? component.nameSpan,
          count: 1,
          failed: 0,
        })
      : NEVER;
    const text = `the ${role} of ${component.id} fails, and none takes over`;
    return tree.and([primary, tree.or([allOthers, via, unlucky])], { why: { text, span: component.nameSpan, element: component.id } });
  }

  #members(component: Component, copy: Copy, run: Run, all: { total: number; split: boolean; shards: number }): Members {
    const { total, split, shards } = all;
    const place = run.place ?? copy.place;
    const at = [place, run.host].filter((x) => x !== undefined).join('/');
    const suffix = at === '' ? '' : `@${at}`;
    const where = place === undefined ? '' : ` in ${place}`;
    const ofWhat = shards > 1 ? `one of the ${shards} shards of ${component.id}` : component.id;
    const control = component.kind === 'mesh';
    const alone = total === 1 && component.copies.length === 1;
    const member = split ? (run.primary ? 'primary' : 'standby') : total === 1 && shards > 1 ? 'shard' : 'instance';
    const kind = control ? 'control-plane' : member;
    const label = control
      ? `${alone ? 'the control plane' : 'a control plane instance'} of ${component.id}${alone ? '' : where}`
      : kind === 'primary'
        ? `the ${rolesOf(component) === 'active-passive' ? 'active instance' : 'primary'} of ${ofWhat}${component.copies.length > 1 ? where : ''}`
        : `${oneOf(total, split)} of ${ofWhat}${alone ? '' : where}`;
    const base = { element: component.id, ...(place === undefined ? {} : { place }), span: component.nameSpan, count: run.count };
    const own = [
      this.#tree.event({
        ...base,
        id: `${kind}:${component.id}${kind === 'primary' && component.copies.length === 1 ? '' : suffix}`,
        kind,
        label,
        failed: run.failed,
      }),
    ];
    const mesh = this.#sidecarMesh(component.id);
    if (mesh) {
      own.push(
        this.#tree.event({
          ...base,
          id: `sidecar:${component.id}${run.primary ? '#primary' : ''}${suffix}`,
          kind: 'sidecar',
          label: `the sidecar of ${label}`,
          failed: 0,
        }),
      );
    }
    return { count: run.count, own, shared: this.#shared(component, place, run.host) };
  }

  #sidecarMesh(id: ElementId): Component | undefined {
    for (const mesh of this.#context.meshes) {
      if (!property(mesh.properties, 'sidecar-availability')) continue;
      if (property(mesh.properties, 'covers')?.value.some((n) => n.name === id)) return mesh;
    }
    return undefined;
  }

  /** What takes every instance of a run with it: its place, its host, fates that the component shares. */
  #shared(component: Component, place: ElementId | undefined, host: string | undefined): number {
    const fate = (name: string, kind: 'host' | 'shared'): number => {
      const said = property(component.properties, kind === 'host' ? 'host' : 'shares')?.value.find((n) => n.name === name);
      return this.#event({
        id: `${kind}:${name}`,
        kind,
        element: name,
        label: kind === 'host' ? `host ${name}` : name,
        span: said?.span ?? component.nameSpan,
        count: 1,
        failed: 0,
      });
    };
    const shares = property(component.properties, 'shares')?.value ?? [];
    return this.#tree.or([
      this.#place(place),
      ...(host === undefined ? [] : [fate(host, 'host')]),
      ...shares.map((s) => fate(s.name, 'shared')),
    ]);
  }

  /** A zone fails by itself or with its region. */
  #place(id: ElementId | undefined): number {
    const place = id === undefined ? undefined : this.#context.design.places.get(id);
    if (!place) return NEVER;
    const event: EventClass = {
      id: `${place.kind}:${place.id}`,
      kind: place.kind,
      element: place.id,
      place: place.id,
      label: `${place.kind} ${place.id}`,
      span: place.nameSpan,
      count: 1,
      failed: placeFailed(this.#context.design, place.id) ? 1 : 0,
    };
    return this.#tree.or([this.#event(event), ...(place.region === undefined ? [] : [this.#place(place.region)])]);
  }
}

function oneOf(total: number, split: boolean): string {
  if (split) return total === 2 ? 'the only standby' : 'a standby';
  return total === 1 ? 'the only instance' : 'an instance';
}

/** Fails as a whole or not at all: managed, run by others, or a name service of which nobody says how many there are. */
export function isWhole(component: Component): boolean {
  if (property(component.properties, 'managed')?.value === 'yes') return true;
  if (component.kind === 'external') return true;
  return component.kind === 'dns' && !component.properties.has('replicas');
}

/** The meshes of a design. */
export function meshesOf(design: Design): Component[] {
  return [...design.components.values()].filter((c) => c.kind === 'mesh');
}

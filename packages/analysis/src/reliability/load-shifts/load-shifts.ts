import type { Component, Design, ElementId, Flow } from '@sysd/core';
import { placementOf } from '../../traffic/sizing.ts';
import type { TrafficModel } from '../../traffic/traffic.ts';
import type { FailureContext } from '../component-failure.ts';
import { flowFailure } from '../flow-failure.ts';
import { neededAtPeak } from '../over-capacity.ts';
import type { LoadShift } from './load-shift.ts';
import { type LoadWith, loadWith } from './load-with.ts';
import { type OutageUnit, outageUnits, type SharedEvent } from './outages.ts';
import { shiftingUses } from './shifting-uses.ts';

export interface LoadShifts {
  readonly shifts: readonly LoadShift[];
  /** How many things that are down at once the shifts speak of at most, where more could be. */
  readonly upTo?: number;
}

/** Work of all runs of the traffic: runs × (components + steps). */
const MOST_WORK = 1e6;
/** Combinations of outages that are computed. */
const MOST_COMBINATIONS = 500;

/** Outages that leave the same load to the same others: any of them. */
interface OutageClass {
  readonly units: readonly OutageUnit[];
  readonly shared: readonly SharedEvent[];
}

/**
 * What the load needs while something is down, for one outage, for all combinations as long as these are few, and for what one event takes
 * down together. It only grows with what is down: that something which has failed asks less of others is not counted.
 */
export function loadShifts(design: Design, meshes: readonly Component[], model: TrafficModel): LoadShifts {
  const sized = [...design.components.values()].some((c) => neededAtPeak(c, model.sizing.get(c.id)) !== undefined);
  if (!sized) return { shifts: [] };
  const context: FailureContext = { design, meshes, loadBearing: new Map() };
  const failures = new Map([...design.flows.values()].map((flow) => [flow.id, flowFailure(context, flow, false)]));
  const shifting = [...failures].flatMap(([id, failure]) => shiftingUses(design, design.flows.get(id) as Flow, failure));
  if (shifting.length === 0) return { shifts: [] };
  const { units, events } = outageUnits(
    design,
    meshes,
    shifting,
    [...failures.values()].flatMap((f) => f.uses),
  );
  const steps = [...design.flows.values()].reduce((n, flow) => n + flow.hops.length, 0);
  const runs = Math.max(1, Math.floor(MOST_WORK / (design.components.size + steps + 1)));
  const load = loadWith(design, model, failures);
  const tried = units.slice(0, runs);
  const classes = classesOf(load, tried);
  const each = Math.max(1, ...classes.map(({ shared }) => 1 + shared.length));
  const chosen = combinations(classes.length, Math.min(Math.floor((runs - tried.length) / each), MOST_COMBINATIONS));
  const shifts = new ShiftList(design, load);
  for (const event of events) shifts.addEvent(event);
  for (const indices of chosen.sets) shifts.add(indices.map((i) => classes[i] as OutageClass));
  const upTo = tried.length < units.length ? 0 : chosen.upTo;
  return { shifts: shifts.list, ...(upTo < classes.length || tried.length < units.length ? { upTo } : {}) };
}

/** Leaves out what shifts no load, and takes together what shifts the same. */
function classesOf(load: LoadWith, units: readonly OutageUnit[]): OutageClass[] {
  const classes = new Map<string, OutageUnit[]>();
  for (const unit of units) {
    const raised = [...load(new Set(unit.keys))].flatMap(([id, { before, now }]) => {
      const more = now.rates.map((rate, i) => (rate > (before.rates[i] ?? 0) * (1 + 1e-9) ? rate.toPrecision(9) : ''));
      const isMore = more.some((rate) => rate !== '') || (now.needed ?? 0) > (before.needed ?? 0);
      return isMore && now.needed !== undefined ? [[id, now.needed === Number.POSITIVE_INFINITY ? 'all' : now.needed, more]] : [];
    });
    if (raised.length === 0) continue;
    const key = JSON.stringify(raised);
    classes.set(key, [...(classes.get(key) ?? []), unit]);
  }
  return [...classes.values()].map((of) => ({ units: of, shared: [...new Set(of.flatMap((u) => u.shared))] }));
}

/** Sets of indices by size, as long as all of a size are few enough; at least the single ones. */
function combinations(n: number, most: number): { readonly sets: readonly number[][]; readonly upTo: number } {
  const sets: number[][] = [];
  let level: number[][] = Array.from({ length: n }, (_, i) => [i]);
  for (let size = 1; size <= n; size++) {
    sets.push(...level);
    // So many are there of the next size: C(n, size + 1) = C(n, size) × (n − size) ÷ (size + 1).
    const next = (level.length * (n - size)) / (size + 1);
    if (size < n && sets.length + next > most) return { sets, upTo: size };
    level = level.flatMap((set) =>
      Array.from({ length: n - 1 - (set.at(-1) as number) }, (_, i) => [...set, (set.at(-1) as number) + 1 + i]),
    );
  }
  return { sets, upTo: n };
}

const NONE: ReadonlySet<string> = new Set();

/** Needs of components beyond what they need with everything up. */
type Needs = ReadonlyMap<ElementId, number>;

class ShiftList {
  readonly list: LoadShift[] = [];
  readonly #design: Design;
  readonly #load: LoadWith;
  readonly #before: { readonly of: ReadonlySet<OutageClass>; readonly needs: Needs }[] = [];
  readonly #byEvent = new Map<SharedEvent, Needs>();

  constructor(design: Design, load: LoadWith) {
    this.#design = design;
    this.#load = load;
  }

  addEvent(event: SharedEvent): void {
    const needs = this.#needs([], event.keys);
    this.#byEvent.set(event, needs);
    this.#push({ down: [], event: event.event, without: NONE, while: `while ${event.event.label} is down`, needed: needs });
  }

  /** Adds what is needed while all of these are down, as far as it is more than with some of them. */
  add(classes: readonly OutageClass[]): void {
    const of = new Set(classes);
    const less = this.#before.filter((b) => [...b.of].every((c) => of.has(c))).map((b) => b.needs);
    const units = classes.map((c) => c.units[0] as OutageUnit);
    const needs = this.#needs(units, []);
    this.#before.push({ of, needs });
    const needed = beyond(needs, less);
    if (needed.size === 0) return;
    const down = classes.map((c) => c.units.map((u) => u.uses));
    const names = `${classes.map(nameOf).join(' and ')} ${classes.length > 1 ? 'are' : 'is'}`;
    const without = new Set<string>();
    for (const shared of new Set(classes.flatMap((c) => c.shared))) {
      const { event } = shared;
      const relieved = this.#needs(units, shared.keys);
      if ([...needed].every(([id, n]) => (relieved.get(id) ?? 0) >= n)) continue;
      without.add(event.id);
      const left = beyond(new Map([...relieved].filter(([id]) => needed.has(id))), [this.#byEvent.get(shared) ?? new Map(), ...less]);
      this.#push({ down, event, without: NONE, while: `while ${names} down with ${event.label}`, needed: left });
    }
    this.#push({ down, without, while: `while ${names} down`, needed });
  }

  #push(shift: LoadShift): void {
    if (shift.needed.size > 0) this.list.push(shift);
  }

  #needs(units: readonly OutageUnit[], more: readonly string[]): Needs {
    const needs = new Map<ElementId, number>();
    const gone = new Set(units.map((u) => u.component));
    for (const [id, { before, now }] of this.#load(new Set([...units.flatMap((u) => u.keys), ...more]))) {
      const component = this.#design.components.get(id);
      if (!component || now.needed === undefined || before.needed === Number.POSITIVE_INFINITY) continue;
      if (now.needed <= (before.needed ?? 1) || (component.properties.has('autoscale') && now.needed !== Number.POSITIVE_INFINITY))
        continue;
      if (gone.has(placementOf(this.#design, component).id) && component.copies.length <= 1) continue;
      needs.set(id, now.needed);
    }
    return needs;
  }
}

/** Those needs that are more than in all of the others. */
const beyond = (needs: Needs, others: readonly Needs[]): Needs =>
  new Map([...needs].filter(([id, n]) => others.every((o) => (o.get(id) ?? 0) < n)));

function nameOf({ units }: OutageClass): string {
  const names = [...new Set(units.map((u) => u.label))];
  return names.length > 2 ? `${names[0]} or one of ${names.length - 1} others` : names.join(' or ');
}

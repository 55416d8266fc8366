import { type Component, type Design, type ElementId, type Flow, InputMap, known, RecordedDesign, Recorder } from '@sysd/core';
import type { Contribution } from '../../traffic/contributions.ts';
import type { FlowOutcome } from '../../traffic/outcomes.ts';
import { trafficOf } from '../../traffic/traffic.ts';
import { outcomeOf } from '../outcomes.ts';
import { neededAtPeak } from '../over-capacity.ts';

/** What a component has to carry at peak. */
export interface Carried {
  /** Instances of a copy that it needs (see `neededAtPeak`). */
  readonly needed: number | undefined;
  /** Requests/s of each copy. */
  readonly rates: readonly number[];
}

/** Answers what components have to carry, where it is something else than before, when these uses of copies (`useKey`) fail as well. */
export type LoadWith = (down: ReadonlySet<string>) => ReadonlyMap<ElementId, { readonly before: Carried; readonly now: Carried }>;

/**
 * The traffic of a design again and again, each time with something else down: as a scenario computes it, but only what follows from what
 * is down is computed again. `users` has the flows in which a use is asked for.
 */
export function loadWith(design: Design, meshes: readonly Component[], users: ReadonlyMap<string, ReadonlySet<ElementId>>): LoadWith {
  const recorder = new Recorder();
  const recorded = new RecordedDesign(recorder);
  const outcomes = new InputMap<FlowOutcome>(recorder);
  const { model, update } = trafficOf(recorder, recorded, outcomes);
  const context = { design, meshes, loadBearing: new Set<ElementId>() };
  const flows = [...design.flows.values()];
  const standing = new Map(design.failed.length === 0 ? [] : flows.map((flow) => [flow.id, outcomeOf(context, flow)]));
  const compute = (next: ReadonlyMap<ElementId, FlowOutcome>) => {
    recorder.round++;
    outcomes.update(next);
    update();
    return { sizing: model.sizing.plain, contributions: model.contributions.plain };
  };
  recorded.update(design);
  const base = compute(standing);
  const carried = (of: typeof base, component: Component): Carried => ({
    needed: neededAtPeak(component, of.sizing.get(component.id)),
    rates: ratesOfCopies(component, of.contributions.get(component.id) ?? []),
  });
  return (down) => {
    const concerned = new Set([...down].flatMap((key) => [...(users.get(key) ?? [])]));
    const next = new Map(standing);
    for (const id of concerned) next.set(id, outcomeOf({ ...context, down }, design.flows.get(id) as Flow));
    const now = compute(next);
    const changed = new Map<ElementId, { before: Carried; now: Carried }>();
    for (const [id, component] of design.components) {
      const same = now.sizing.get(id) === base.sizing.get(id) && now.contributions.get(id) === base.contributions.get(id);
      if (!same) changed.set(id, { before: carried(base, component), now: carried(now, component) });
    }
    return changed;
  };
}

function ratesOfCopies(component: Component, parts: readonly Contribution[]): number[] {
  const copies = Math.max(1, component.copies.length);
  return Array.from({ length: copies }, (_, i) => parts.reduce((n, c) => n + (known(c.rate.peak) ?? 0) * (c.copies[i] ?? 1 / copies), 0));
}

import { type Component, Derived, type Design, type ElementId, keepItems, RecordedDesign, Recorder, type Traffic } from '@sysd/core';
import type { FlowOutcome } from '../traffic/outcomes.ts';
import { trafficOf } from '../traffic/traffic.ts';
import { type FailureContext, meshesOf } from './component-failure.ts';
import { type LoadBearing, loadBearingCaches } from './load-bearing.ts';
import { loadShifts } from './load-shifts/load-shifts.ts';
import { outcomesOf } from './outcomes.ts';

/** A design at its load, in its scenario: what failure functions read. */
export interface LoadedDesign {
  /** With the load as it is. */
  readonly context: FailureContext;
  readonly traffic: Traffic;
  /** Caches without which something behind them is overloaded. */
  readonly loadBearing: ReadonlyMap<ElementId, LoadBearing>;
  /** What its scenario makes of each flow; nothing where nothing has failed. */
  readonly outcomes: Pick<ReadonlyMap<ElementId, FlowOutcome>, 'get'>;
  /** With the load as it shifts while something is down (made when asked for); and where not all of that is in it, up to how many things at once. */
  readonly shifting: FailureContext & { readonly upTo?: number };
}

/**
 * Computes it for the versions of a design, one after another: what has not changed is not computed again. What it gives stays as it is
 * when the next version comes.
 */
export function designLoads(): (design: Design) => LoadedDesign {
  const recorder = new Recorder();
  const recorded = new RecordedDesign(recorder);
  const meshes = new Derived<readonly Component[]>(recorder, keepItems);
  const { outcomes, update: updateOutcomes } = outcomesOf(recorder, recorded, meshes);
  const { model, update: updateTraffic } = trafficOf(recorder, recorded, outcomes);
  const { carrying, update: updateCaches } = loadBearingCaches(recorder, recorded, model);
  let latest: LoadedDesign | undefined;
  return (design) => {
    recorder.round++;
    recorded.update(design);
    meshes.update(() => meshesOf(recorded));
    updateOutcomes();
    const traffic = updateTraffic();
    updateCaches();
    const context: FailureContext = { design, sizing: model.sizing.plain, loadBearing: new Map(), meshes: meshes.value };
    let shifting: LoadedDesign['shifting'] | undefined;
    const loaded: LoadedDesign = {
      context,
      traffic,
      loadBearing: carrying.plain,
      outcomes: outcomes.plain,
      get shifting() {
        // The model is that of the latest version.
        shifting ??= latest === loaded ? { ...context, ...loadShifts(design, context.meshes, model) } : loadedDesign(design).shifting;
        return shifting;
      },
    };
    latest = loaded;
    return loaded;
  };
}

/** Computes it for one design. */
export function loadedDesign(design: Design): LoadedDesign {
  return designLoads()(design);
}

import { type Component, Derived, type Design, type ElementId, keepItems, RecordedDesign, Recorder, type Traffic } from '@sysd/core';
import type { FlowOutcome } from '../traffic/outcomes.ts';
import { trafficOf } from '../traffic/traffic.ts';
import { type FailureContext, meshesOf } from './component-failure.ts';
import { type LoadBearing, loadBearingCaches } from './load-bearing.ts';
import { outcomesOf } from './outcomes.ts';

/** A design at its load, in its scenario: what failure functions read. */
export interface LoadedDesign {
  readonly context: FailureContext;
  readonly traffic: Traffic;
  /** Caches without which something behind them is overloaded. */
  readonly loadBearing: ReadonlyMap<ElementId, LoadBearing>;
  /** What its scenario makes of each flow; nothing where nothing has failed. */
  readonly outcomes: Pick<ReadonlyMap<ElementId, FlowOutcome>, 'get'>;
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
  return (design) => {
    recorder.round++;
    recorded.update(design);
    meshes.update(() => meshesOf(recorded));
    updateOutcomes();
    const traffic = updateTraffic();
    updateCaches();
    const loadBearing = carrying.plain;
    return { context: { design, sizing: model.sizing.plain, loadBearing, meshes: meshes.value }, traffic, loadBearing, outcomes };
  };
}

/** Computes it for one design. */
export function loadedDesign(design: Design): LoadedDesign {
  return designLoads()(design);
}

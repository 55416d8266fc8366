import { type Component, Derived, type Design, type ElementId, keepItems, RecordedDesign, Recorder, type Traffic } from '@sysd/core';
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
}

/** Computes it for one version of a design. */
export function loadedDesign(design: Design): LoadedDesign {
  const recorder = new Recorder();
  const recorded = new RecordedDesign(recorder);
  const meshes = new Derived<readonly Component[]>(recorder, keepItems);
  const { outcomes, update: updateOutcomes } = outcomesOf(recorder, recorded, meshes);
  const { model, update: updateTraffic } = trafficOf(recorder, recorded, outcomes);
  const { carrying, update: updateCaches } = loadBearingCaches(recorder, recorded, model);
  recorder.round++;
  recorded.update(design);
  meshes.update(() => meshesOf(recorded));
  updateOutcomes();
  const traffic = updateTraffic();
  updateCaches();
  return { context: { design, sizing: model.sizing, loadBearing: carrying, meshes: meshes.value }, traffic, loadBearing: carrying.plain };
}

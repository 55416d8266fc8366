import { type Component, Derived, type Design, type ElementId, keepItems, RecordedDesign, Recorder, type Traffic } from '@sysd/core';
import type { FlowOutcome } from '../traffic/outcomes.ts';
import { trafficOf } from '../traffic/traffic.ts';
import { type FailureContext, meshesOf } from './component-failure.ts';
import { loadBearingCaches } from './load-bearing.ts';
import { outcomesOf } from './outcomes.ts';

/** A design at its load, in its scenario: what failure functions read. */
export interface LoadedDesign {
  readonly context: FailureContext;
  readonly traffic: Traffic;
  /** What its scenario makes of each flow; nothing where nothing has failed. */
  readonly outcomes: Pick<ReadonlyMap<ElementId, FlowOutcome>, 'get'>;
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
  return { context: { design, sizing: model.sizing, loadBearing: carrying, meshes: meshes.value }, traffic, outcomes };
}

import { type Component, Derived, type Design, keepItems, RecordedDesign, Recorder, type Traffic } from '@sysd/core';
import { trafficOf } from '../traffic/traffic.ts';
import { type FailureContext, meshesOf } from './component-failure.ts';
import { loadShifts } from './load-shifts/load-shifts.ts';
import { outcomesOf } from './outcomes.ts';

/** A design at its load, in its scenario: what failure functions read. */
export interface LoadedDesign {
  /** With the load as it is. */
  readonly context: FailureContext;
  readonly traffic: Traffic;
  /** With the load as it shifts while something is down (made when asked for); and where not all of that is in it, up to how many things at once. */
  readonly shifting: FailureContext & { readonly upTo?: number };
}

/** Computes it for one version of a design. */
export function loadedDesign(design: Design): LoadedDesign {
  const recorder = new Recorder();
  const recorded = new RecordedDesign(recorder);
  const meshes = new Derived<readonly Component[]>(recorder, keepItems);
  const { outcomes, update: updateOutcomes } = outcomesOf(recorder, recorded, meshes);
  const { model, update: updateTraffic } = trafficOf(recorder, recorded, outcomes);
  recorder.round++;
  recorded.update(design);
  meshes.update(() => meshesOf(recorded));
  updateOutcomes();
  const traffic = updateTraffic();
  const context: FailureContext = { design, sizing: model.sizing, loadBearing: new Map(), meshes: meshes.value };
  let shifting: LoadedDesign['shifting'] | undefined;
  return {
    context,
    traffic,
    get shifting() {
      shifting ??= { ...context, ...loadShifts(design, context.meshes, model) };
      return shifting;
    },
  };
}

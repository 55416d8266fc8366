import { type Analysis, type Component, Derived, type Design, keepItems, RecordedDesign, Recorder, type Traffic } from '@sysd/core';
import { limitsOf } from './limits/limits.ts';
import { type FailureContext, meshesOf } from './reliability/component-failure.ts';
import { failuresOf } from './reliability/failures.ts';
import { loadShifts } from './reliability/load-shifts/load-shifts.ts';
import { type LoadedDesign, loadedDesign } from './reliability/loaded-design.ts';
import { outcomesOf } from './reliability/outcomes.ts';
import { storageOf } from './storage/storage.ts';
import { trafficOf } from './traffic/traffic.ts';

/**
 * Analyses the versions of one design, one after another. What it gives is what `analyse` gives; but only results are computed again of
 * which something that they were computed from has changed, and all others are the same objects as for the version before. Elements
 * of the design that did not change must be the same objects as well.
 *
 * In a scenario what fails comes first, since fallbacks and retries change the traffic; then the traffic, then what else could fail at
 * that load.
 */
export function analyser(): Analyser {
  const recorder = new Recorder();
  const design = new RecordedDesign(recorder);
  const meshes = new Derived<readonly Component[]>(recorder, keepItems);
  const { outcomes, update: updateOutcomes } = outcomesOf(recorder, design, meshes);
  const traffic = trafficOf(recorder, design, outcomes);
  const storage = storageOf(recorder, design, traffic.model);
  const limits = limitsOf(recorder, design, traffic.model, storage.model);
  const failures = failuresOf(recorder, design, traffic.model, meshes);
  let latest: { readonly design: Design; readonly traffic: Traffic } | undefined;
  const analyse = (next: Design): Analysis => {
    recorder.round++;
    design.update(next);
    meshes.update(() => meshesOf(design));
    updateOutcomes();
    const analysis = { traffic: traffic.update(), storage: storage.update(), limits: limits(), failures: failures.update() };
    latest = { design: next, traffic: analysis.traffic };
    return analysis;
  };
  const loaded = (of: Design): LoadedDesign => {
    if (latest?.design !== of) return loadedDesign(of);
    const context: FailureContext = { design: of, sizing: traffic.model.sizing.plain, loadBearing: new Map(), meshes: meshes.value };
    let shifting: LoadedDesign['shifting'] | undefined;
    return {
      context,
      traffic: latest.traffic,
      loadBearing: failures.carrying.plain,
      outcomes: outcomes.plain,
      get shifting() {
        // The model is that of the version that was analysed last.
        shifting ??= latest?.design === of ? { ...context, ...loadShifts(of, context.meshes, traffic.model) } : loadedDesign(of).shifting;
        return shifting;
      },
    };
  };
  return Object.assign(analyse, { loaded });
}

export interface Analyser {
  (design: Design): Analysis;
  /** What failure functions read of a design: of the one that was analysed last it is there already, else it is computed. */
  loaded(design: Design): LoadedDesign;
}

/** Everything that is computed from a design. Pure; never throws for what the author wrote. */
export function analyse(design: Design): Analysis {
  return analyser()(design);
}

import { type Analysis, type Component, Derived, type Design, keepItems, RecordedDesign, Recorder } from '@sysd/core';
import { limitsOf } from './limits/limits.ts';
import { meshesOf } from './reliability/component-failure.ts';
import { failuresOf } from './reliability/failures.ts';
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
export function analyser(): (design: Design) => Analysis {
  const recorder = new Recorder();
  const design = new RecordedDesign(recorder);
  const meshes = new Derived<readonly Component[]>(recorder, keepItems);
  const { outcomes, update: updateOutcomes } = outcomesOf(recorder, design, meshes);
  const traffic = trafficOf(recorder, design, outcomes);
  const storage = storageOf(recorder, design, traffic.model);
  const limits = limitsOf(recorder, design, traffic.model, storage.model);
  const failures = failuresOf(recorder, design, traffic.model, meshes);
  return (next) => {
    recorder.round++;
    design.update(next);
    meshes.update(() => meshesOf(design));
    updateOutcomes();
    return { traffic: traffic.update(), storage: storage.update(), limits: limits(), failures: failures() };
  };
}

/** Everything that is computed from a design. Pure; never throws for what the author wrote. */
export function analyse(design: Design): Analysis {
  return analyser()(design);
}

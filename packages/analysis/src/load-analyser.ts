import { type Analysis, type Component, Derived, type Design, keepItems, RecordedDesign, Recorder } from '@sysd/core';
import { meshesOf } from './reliability/component-failure.ts';
import { outcomesOf } from './reliability/outcomes.ts';
import { storageOf } from './storage/storage.ts';
import { type TrafficModel, trafficOf } from './traffic/traffic.ts';

/** Traffic and storage of a design, with what the first follows from. */
export interface Loads extends Pick<Analysis, 'traffic' | 'storage'> {
  readonly model: TrafficModel;
}

/**
 * Traffic and storage of the versions of one design, one after another, as `analyser` gives them: for many versions of which nobody asks
 * what could fail.
 */
export function loadAnalyser(): (design: Design) => Loads {
  const recorder = new Recorder();
  const design = new RecordedDesign(recorder);
  const meshes = new Derived<readonly Component[]>(recorder, keepItems);
  const { outcomes, update: updateOutcomes } = outcomesOf(recorder, design, meshes);
  const traffic = trafficOf(recorder, design, outcomes);
  const storage = storageOf(recorder, design, traffic.model);
  return (next) => {
    recorder.round++;
    design.update(next);
    meshes.update(() => meshesOf(design));
    updateOutcomes();
    return { traffic: traffic.update(), storage: storage.update(), model: traffic.model };
  };
}

import type { Analysis, Design } from '@sysd/core';
import { failuresOf } from './reliability/failures.ts';
import { outcomesOf } from './reliability/outcomes.ts';
import { storageOf } from './storage/storage.ts';
import { trafficOf } from './traffic/traffic.ts';

/**
 * Everything that is computed from a design. Pure; never throws for what the author wrote. In a scenario what fails comes first, since
 * fallbacks and retries change the traffic; then the traffic, then what else could fail at that load.
 */
export function analyse(design: Design): Analysis {
  const model = trafficOf(design, outcomesOf(design));
  return { traffic: model.traffic, storage: storageOf(design, model), failures: failuresOf(design, model) };
}

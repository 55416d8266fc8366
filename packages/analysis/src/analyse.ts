import type { Analysis, Design } from '@sysd/core';
import { trafficOf } from './traffic/traffic.ts';

/** Everything that is computed from a design. Pure; never throws for what the author wrote. */
export function analyse(design: Design): Analysis {
  const { traffic } = trafficOf(design);
  return { traffic, storage: { entries: [], stores: new Map() }, failures: { singles: [], notes: [] } };
}

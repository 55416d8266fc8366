import type { Design, RecordedMap } from '@sysd/core';
import type { Stored } from '../storage/storage.ts';
import type { TrafficModel } from '../traffic/traffic.ts';
import type { ConnectionEnds } from './ends.ts';

/** What limits follow from. Reading it is recorded. */
export interface LimitContext {
  readonly design: Design;
  readonly traffic: Pick<TrafficModel, 'flows' | 'contributions' | 'components' | 'connections'>;
  readonly stored: RecordedMap<Stored>;
  readonly ends: ConnectionEnds;
}

import { asyncWithoutBroker } from './availability/async-without-broker/rule.ts';
import { missingHealthCheck } from './availability/missing-health-check/rule.ts';
import { missingRouter } from './availability/missing-router/rule.ts';
import { singlePointOfFailure } from './availability/single-point-of-failure/rule.ts';
import { syncCycle } from './availability/sync-cycle/rule.ts';
import { overCapacity } from './capacity/over-capacity/rule.ts';
import { capMismatch } from './consistency/cap-mismatch/rule.ts';
import { unreachableComponent } from './model/unreachable-component/rule.ts';
import { unusedAccept } from './model/unused-accept/rule.ts';
import { unusedComponent } from './model/unused-component/rule.ts';
import { unusedHitRatio } from './model/unused-hit-ratio/rule.ts';
import type { Rule } from './rule.ts';
import { crossShardJoin } from './sharding/cross-shard-join/rule.ts';
import { crossShardQuery } from './sharding/cross-shard-query/rule.ts';

/** Every rule, in the order of the documentation: by category, then by id. A test compares it with the folders. */
export const RULES: readonly Rule[] = [
  asyncWithoutBroker,
  missingHealthCheck,
  missingRouter,
  singlePointOfFailure,
  syncCycle,
  overCapacity,
  capMismatch,
  crossShardJoin,
  crossShardQuery,
  unreachableComponent,
  unusedAccept,
  unusedComponent,
  unusedHitRatio,
];

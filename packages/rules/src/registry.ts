import { asyncWithoutBroker } from './availability/async-without-broker/rule.ts';
import { deepHealthCheck } from './availability/deep-health-check/rule.ts';
import { missingHealthCheck } from './availability/missing-health-check/rule.ts';
import { missingRouter } from './availability/missing-router/rule.ts';
import { singlePointOfFailure } from './availability/single-point-of-failure/rule.ts';
import { cacheUndersized } from './capacity/cache-undersized/rule.ts';
import { connectionPoolMissing } from './capacity/connection-pool-missing/rule.ts';
import { connectionPoolOverflow } from './capacity/connection-pool-overflow/rule.ts';
import { consumersExceedPartitions } from './capacity/consumers-exceed-partitions/rule.ts';
import { networkSaturated } from './capacity/network-saturated/rule.ts';
import { overCapacity } from './capacity/over-capacity/rule.ts';
import { partitionsInsufficient } from './capacity/partitions-insufficient/rule.ts';
import { poolTooSmall } from './capacity/pool-too-small/rule.ts';
import { retentionMissing } from './capacity/retention-missing/rule.ts';
import { storageExceedsDisk } from './capacity/storage-exceeds-disk/rule.ts';
import { unboundedQueue } from './capacity/unbounded-queue/rule.ts';
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
  deepHealthCheck,
  missingHealthCheck,
  missingRouter,
  singlePointOfFailure,
  cacheUndersized,
  connectionPoolMissing,
  connectionPoolOverflow,
  consumersExceedPartitions,
  networkSaturated,
  overCapacity,
  partitionsInsufficient,
  poolTooSmall,
  retentionMissing,
  storageExceedsDisk,
  unboundedQueue,
  capMismatch,
  crossShardJoin,
  crossShardQuery,
  unreachableComponent,
  unusedAccept,
  unusedComponent,
  unusedHitRatio,
];

import { asyncWithoutBroker } from './availability/async-without-broker/rule.ts';
import { backupMissing } from './availability/backup-missing/rule.ts';
import { conflictPolicyMissing } from './availability/conflict-policy-missing/rule.ts';
import { deepHealthCheck } from './availability/deep-health-check/rule.ts';
import { evenQuorum } from './availability/even-quorum/rule.ts';
import { failoverArbiterMissing } from './availability/failover-arbiter-missing/rule.ts';
import { failoverMissing } from './availability/failover-missing/rule.ts';
import { missingHealthCheck } from './availability/missing-health-check/rule.ts';
import { missingRouter } from './availability/missing-router/rule.ts';
import { objectiveMissed } from './availability/objective-missed/rule.ts';
import { quorumZoneMajority } from './availability/quorum-zone-majority/rule.ts';
import { rpoMissed } from './availability/rpo-missed/rule.ts';
import { rtoMissed } from './availability/rto-missed/rule.ts';
import { singlePointOfFailure } from './availability/single-point-of-failure/rule.ts';
import { syncCycle } from './availability/sync-cycle/rule.ts';
import { cacheUndersized } from './capacity/cache-undersized/rule.ts';
import { celebrityFanout } from './capacity/celebrity-fanout/rule.ts';
import { connectionPoolMissing } from './capacity/connection-pool-missing/rule.ts';
import { connectionPoolOverflow } from './capacity/connection-pool-overflow/rule.ts';
import { connectionsExceeded } from './capacity/connections-exceeded/rule.ts';
import { consumersExceedPartitions } from './capacity/consumers-exceed-partitions/rule.ts';
import { highUtilization } from './capacity/high-utilization/rule.ts';
import { networkSaturated } from './capacity/network-saturated/rule.ts';
import { overCapacity } from './capacity/over-capacity/rule.ts';
import { partitionsInsufficient } from './capacity/partitions-insufficient/rule.ts';
import { poolTooSmall } from './capacity/pool-too-small/rule.ts';
import { queueRefuses } from './capacity/queue-refuses/rule.ts';
import { retentionMissing } from './capacity/retention-missing/rule.ts';
import { storageExceedsDisk } from './capacity/storage-exceeds-disk/rule.ts';
import { unboundedQueue } from './capacity/unbounded-queue/rule.ts';
import { capMismatch } from './consistency/cap-mismatch/rule.ts';
import { latencyObjectiveMissed } from './latency/latency-objective-missed/rule.ts';
import { closedClient } from './model/closed-client/rule.ts';
import { dailyProfile } from './model/daily-profile/rule.ts';
import { rateWithoutEach } from './model/rate-without-each/rule.ts';
import { unreachableComponent } from './model/unreachable-component/rule.ts';
import { unusedAccept } from './model/unused-accept/rule.ts';
import { unusedComponent } from './model/unused-component/rule.ts';
import { unusedHitRatio } from './model/unused-hit-ratio/rule.ts';
import { metastableRetries } from './resilience/metastable-retries/rule.ts';
import { missingTimeout } from './resilience/missing-timeout/rule.ts';
import { retryAmplification } from './resilience/retry-amplification/rule.ts';
import { retryNotIdempotent } from './resilience/retry-not-idempotent/rule.ts';
import { retryWithoutBackoff } from './resilience/retry-without-backoff/rule.ts';
import { timeoutBelowTail } from './resilience/timeout-below-tail/rule.ts';
import { timeoutInversion } from './resilience/timeout-inversion/rule.ts';
import type { Rule } from './rule.ts';
import { crossShardJoin } from './sharding/cross-shard-join/rule.ts';
import { crossShardQuery } from './sharding/cross-shard-query/rule.ts';
import { shardHotSpot } from './sharding/shard-hot-spot/rule.ts';
import { shardKeyMissing } from './sharding/shard-key-missing/rule.ts';

/** Every rule, in the order of the documentation: by category, then by id. A test compares it with the folders. */
export const RULES: readonly Rule[] = [
  asyncWithoutBroker,
  backupMissing,
  conflictPolicyMissing,
  deepHealthCheck,
  evenQuorum,
  failoverArbiterMissing,
  failoverMissing,
  missingHealthCheck,
  missingRouter,
  objectiveMissed,
  quorumZoneMajority,
  rpoMissed,
  rtoMissed,
  singlePointOfFailure,
  syncCycle,
  metastableRetries,
  missingTimeout,
  retryAmplification,
  retryNotIdempotent,
  retryWithoutBackoff,
  timeoutBelowTail,
  timeoutInversion,
  cacheUndersized,
  celebrityFanout,
  connectionPoolMissing,
  connectionPoolOverflow,
  connectionsExceeded,
  consumersExceedPartitions,
  highUtilization,
  networkSaturated,
  overCapacity,
  partitionsInsufficient,
  poolTooSmall,
  queueRefuses,
  retentionMissing,
  storageExceedsDisk,
  unboundedQueue,
  latencyObjectiveMissed,
  capMismatch,
  crossShardJoin,
  crossShardQuery,
  shardHotSpot,
  shardKeyMissing,
  closedClient,
  dailyProfile,
  rateWithoutEach,
  unreachableComponent,
  unusedAccept,
  unusedComponent,
  unusedHitRatio,
];

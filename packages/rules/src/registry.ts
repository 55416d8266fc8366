import { asyncWithoutBroker } from './availability/async-without-broker/rule.ts';
import { deepHealthCheck } from './availability/deep-health-check/rule.ts';
import { missingHealthCheck } from './availability/missing-health-check/rule.ts';
import { missingRouter } from './availability/missing-router/rule.ts';
import { singlePointOfFailure } from './availability/single-point-of-failure/rule.ts';
import { overCapacity } from './capacity/over-capacity/rule.ts';
import { capMismatch } from './consistency/cap-mismatch/rule.ts';
import { unreachableComponent } from './model/unreachable-component/rule.ts';
import { unusedAccept } from './model/unused-accept/rule.ts';
import { unusedComponent } from './model/unused-component/rule.ts';
import { unusedHitRatio } from './model/unused-hit-ratio/rule.ts';
import { metastableRetries } from './resilience/metastable-retries/rule.ts';
import { missingTimeout } from './resilience/missing-timeout/rule.ts';
import { retryAmplification } from './resilience/retry-amplification/rule.ts';
import { retryNotIdempotent } from './resilience/retry-not-idempotent/rule.ts';
import { retryWithoutBackoff } from './resilience/retry-without-backoff/rule.ts';
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
  metastableRetries,
  missingTimeout,
  retryAmplification,
  retryNotIdempotent,
  retryWithoutBackoff,
  overCapacity,
  capMismatch,
  crossShardJoin,
  crossShardQuery,
  unreachableComponent,
  unusedAccept,
  unusedComponent,
  unusedHitRatio,
];

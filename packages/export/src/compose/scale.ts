import type { Quantity } from '@sysd/core';

/** How far a design is scaled down to run on a laptop. Every place where it applies says so in a comment. */
export const SCALE = {
  /** Instances of something that answers requests or consumes messages. */
  instances: 2,
  /** Copies of a store: the primary and its replicas. */
  copies: 3,
  /** Calls of one step for one request. */
  times: 10,
  /** Bytes of one message, row or answer. */
  bytes: 64 * 1024,
  /** CPU time of one request, in milliseconds. */
  cpuMs: 20,
  /** Connections of a pool, messages in work. */
  pool: 10,
  /** Partitions of a stream. */
  partitions: 6,
} as const;

export const scaledBytes = (size: Quantity | undefined): number => Math.min(SCALE.bytes, Math.round(size?.value ?? 0));

export const milliseconds = (time: Quantity | undefined): number | undefined =>
  time === undefined ? undefined : Math.round(time.value * 1e6) / 1e3;

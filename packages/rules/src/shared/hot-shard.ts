import { type Component, type ComponentLoad, effective, known } from '@sysd/core';

/** Is the store above its `max-utilization` at peak, and below 100 %, only because its hottest shard gets more than its part? */
export function isHotShard(component: Component, { utilization, hotShard }: ComponentLoad): boolean {
  const limit = effective(component.properties, 'max-utilization')?.value.value;
  const [used, even] = [known(utilization), known(hotShard?.evenUtilization ?? { notEstimated: 'all shards get the same' })];
  if (limit === undefined || used === undefined || even === undefined) return false;
  const most = limit * (1 + 1e-9);
  return used > most && used < 1 && even <= most;
}

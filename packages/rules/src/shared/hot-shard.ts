import { type Component, type ComponentLoad, effective, formatRatio, known, property, shardCount, significant } from '@sysd/core';
import { counted } from './counted.ts';

/** How full the hottest shard is at peak, and how full all would be if they got the same. */
interface Fullness {
  readonly used: number;
  readonly even: number;
}

function fullness({ utilization, hotShard }: ComponentLoad): Fullness | undefined {
  const [used, even] = [known(utilization), hotShard && known(hotShard.evenUtilization)];
  return used === undefined || even === undefined ? undefined : { used, even };
}

/** Is the store above its `max-utilization` at peak, and below 100 %, only because its hottest shard gets more than its part? */
export function isHotShard(component: Component, load: ComponentLoad): boolean {
  const limit = effective(component.properties, 'max-utilization')?.value.value;
  const full = fullness(load);
  if (limit === undefined || full === undefined) return false;
  const most = limit * (1 + 1e-9);
  return full.used > most && full.used < 1 && full.even <= most;
}

/** Is its hottest shard over capacity at peak, while no shard would be if all got the same? */
export function isShardOverCapacity(load: ComponentLoad): boolean {
  const full = fullness(load);
  return full !== undefined && full.used >= 1 && full.even < 1;
}

/** What the hottest shard gets, in words; undefined where that is not estimated. */
export function hotShardText(
  component: Component,
  { hotShard }: ComponentLoad,
): { readonly share: string; readonly times: string; readonly even: string } | undefined {
  const [share, even] = [hotShard && known(hotShard.share), hotShard && known(hotShard.evenUtilization)];
  if (share === undefined || even === undefined) return undefined;
  return { share: formatRatio(share), times: `${significant(share * shardCount(component), 2)} times`, even: formatRatio(even) };
}

const SALT = 'split it (a salt puts its rows on several shards)';

/** What helps a hot shard. A single popular key (`zipf`) lies on one shard, so that what helps depends on whether it is read or written. */
export function hotShardAdvice(component: Component, { growth, reads, writes }: ComponentLoad): string {
  const skew = property(component.properties, 'skew')?.value;
  const isOneKey = skew !== undefined && 'zipf' in skew;
  const [read, written] = [known(reads.peak) !== 0, known(writes.peak) !== 0];
  const oneKey = [
    ...(read ? [`cache ${written ? 'its reads' : 'it'} in front`] : []),
    SALT,
    ...(written ? ['add up its writes before they reach the store'] : []),
    'or shard by another key',
  ].join(', ');
  const key = isOneKey
    ? `The most popular key lies on one shard, however many there are: ${oneKey}`
    : `Shard by a key with more values, ${read ? '' : 'or '}split the hot key (a salt puts its rows on several shards)${read ? ', or cache what is popular in front' : ''}`;
  const within = `with which it stays within ${effective(component.properties, 'max-utilization')?.text}`;
  const none =
    isOneKey && written && growth?.by !== 'replicas' ? ' Every replica takes every write, so that more of them do not help.' : '';
  if (!growth) return `${key}.${none}`;
  if (growth.by === 'shards') return `${key}; or take ${counted(growth.shards, 'shard')}, ${within}.${none}`;
  const more = isOneKey ? `${counted(growth.replicas, 'replica')} of that shard` : `${counted(growth.replicas, 'replica')} of each shard`;
  const here = isOneKey ? ` Only that shard needs them; replicas: ${growth.replicas} gives them to every shard.` : '';
  return `${key}; or take ${more}, over which its reads are spread and ${within}.${here}`;
}

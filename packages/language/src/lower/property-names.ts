import { didYouMean, type Owner, type PropertyName } from '@sysd/core';

/** What a property under another name may be meant to be. */
interface MeantProperty {
  readonly name: PropertyName;
  /** Whether it is that and nothing else; a guess is offered, but for the author to choose. */
  readonly sure: boolean;
}

/** Properties under the names that other tools and people give them: some names are those of several, each of other things. */
const ALSO_CALLED: readonly (readonly [name: string, of: PropertyName])[] = [
  ['instances', 'replicas'],
  ['count', 'replicas'],
  ['instance-count', 'replicas'],
  ['nodes', 'replicas'],
  ['scale', 'replicas'],
  ['copies', 'replicas'],
  ['replication-factor', 'replicas'],
  ['cpu', 'cores'],
  ['cpus', 'cores'],
  ['vcpu', 'cores'],
  ['vcpus', 'cores'],
  ['ram', 'memory'],
  ['mem-limit', 'memory'],
  ['mem', 'memory'],
  ['storage', 'disk'],
  ['price', 'cost'],
  ['shard', 'shards'],
  ['replication-mode', 'replication'],
  ['backups', 'backup'],
  ['ports', 'port'],
  ['max-rps', 'capacity'],
  ['response-time', 'latency'],
  ['dau', 'daily-active'],
  ['daily-users', 'daily-active'],
  ['concurrent', 'online'],
  ['concurrent-users', 'online'],
  ['peak-factor', 'peak'],
  ['health-check', 'health'],
  ['healthcheck', 'health'],
  ['hit-rate', 'hit-ratio'],
  ['uptime', 'availability'],
  ['expiry', 'ttl'],
  ['autoscaling', 'autoscale'],
  ['sla', 'slo'],
  ['objective', 'slo'],
  ['objectives', 'slo'],
];

/** Names under which several things go, with what they are most likely here; of some kinds first what they are there. */
const MAY_BE: readonly (readonly [name: string, of: PropertyName, on?: Owner])[] = [
  ['size', 'max-length', 'queue'],
  ['size', 'memory', 'cache'],
  ['size', 'disk'],
  ['rate', 'capacity'],
  ['service-time', 'cpu-time'],
  ['throughput', 'capacity'],
  ['rps', 'capacity'],
  ['qps', 'capacity'],
  ['users', 'daily-active'],
  ['count', 'daily-active'],
  ['mau', 'daily-active'],
];

/** Which of its `own` properties an element was meant to have: by its other name, else by its spelling. O(properties). */
export function meantProperty(name: string, owners: readonly Owner[], own: readonly PropertyName[]): MeantProperty | undefined {
  const word = name.toLowerCase().replaceAll('_', '-');
  const said = ALSO_CALLED.find(([called, of]) => called === word && own.includes(of));
  if (said) return { name: said[1], sure: true };
  const guess = MAY_BE.find(([called, of, on]) => called === word && own.includes(of) && (on === undefined || owners.includes(on)));
  if (guess) return { name: guess[1], sure: false };
  const near = didYouMean(name, own) as PropertyName | undefined;
  return near && { name: near, sure: true };
}

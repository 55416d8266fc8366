import { didYouMean, type PropertyName } from '@sysd/core';

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
  ['rate', 'capacity'],
  ['max-rps', 'capacity'],
  ['size', 'disk'],
  ['service-time', 'cpu-time'],
  ['response-time', 'latency'],
  ['throughput', 'capacity'],
  ['rps', 'capacity'],
  ['qps', 'capacity'],
  ['dau', 'daily-active'],
  ['daily-users', 'daily-active'],
  ['users', 'daily-active'],
  ['count', 'daily-active'],
  ['mau', 'daily-active'],
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

/** Which of its `own` properties an element was meant to have: by its other name, else by its spelling. */
export function meantProperty(name: string, own: readonly PropertyName[]): PropertyName | undefined {
  const word = name.toLowerCase().replaceAll('_', '-');
  const said = ALSO_CALLED.find(([called, of]) => called === word && own.includes(of));
  return said?.[1] ?? (didYouMean(name, own) as PropertyName | undefined);
}

import { valueIn } from '@sysd/core';
import { slug } from './names.ts';
import type { Part, Visit } from './project.ts';

export const isBroker = ({ role }: Part): boolean => role === 'rabbitmq' || role === 'redis-broker' || role === 'kafka';

/** The consumer group of a worker: a queue hands each message to one consumer, so all share one group; a stream has one per worker or as said. */
export function groupOf(broker: Part, worker: Part): string {
  if (broker.component.kind === 'queue') return 'consumers';
  const said = valueIn(worker.component.properties, 'group')?.name;
  return said === undefined ? worker.host : slug(said);
}

/** The groups that read a broker in some flow. */
export function groupsOf(broker: Part, parts: ReadonlyMap<string, Part>, visits: readonly Visit[]): string[] {
  const groups = new Set<string>();
  for (const { flow, stop, part } of visits) {
    if (part !== broker) continue;
    for (const index of flow.stops[stop]!.outgoing) {
      for (const to of flow.hops[index]!.to) {
        const consumer = parts.get(flow.stops[to.stop]!.component);
        if (consumer?.role === 'standin') groups.add(groupOf(broker, consumer));
      }
    }
  }
  return [...groups].sort();
}

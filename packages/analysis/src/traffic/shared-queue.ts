import { type Component, type Design, type ElementId, shardCount } from '@sysd/core';
import type { Contribution } from './contributions.ts';

/**
 * The queue from which all instances of a component take all their work, the next that is free the next message; undefined where that is not sure:
 * it is also called, takes from a stream (whose partitions belong to one instance each) or from several queues, competes with another
 * component for the messages, or one of both has copies.
 */
export function sharedQueueOf(design: Design, component: Component, contributions: readonly Contribution[]): ElementId | undefined {
  if (component.copies.length > 1 || contributions.some((c) => c.operation !== 'consume' || c.hop?.to.length !== 1)) return undefined;
  const sources = new Set(
    contributions.map((c) => {
      const stop = c.hop?.from;
      return stop === undefined ? undefined : design.flows.get(c.flow)?.stops[stop]?.component;
    }),
  );
  const [id] = sources;
  const queue = sources.size === 1 && id !== undefined ? design.components.get(id) : undefined;
  return queue?.kind === 'queue' && queue.copies.length <= 1 && shardCount(queue) === 1 ? id : undefined;
}

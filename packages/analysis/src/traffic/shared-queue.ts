import {
  type Component,
  type ComponentLoad,
  type Design,
  type ElementId,
  type Estimate,
  type Figure,
  property,
  shardCount,
} from '@sysd/core';
import { propertyLeaf } from '../figure/make.ts';
import type { Contribution } from './contributions.ts';

/**
 * The queue from which all instances of a component take all their work, the next that is free the next message; undefined where that is not sure:
 * it is also called, takes from a stream (whose partitions belong to one instance each) or from several queues, competes with another
 * component for the messages, or one of both has copies.
 */
export function sharedQueueOf(design: Design, component: Component, contributions: readonly Contribution[]): ElementId | undefined {
  if (component.copies.length > 1 || contributions.some((c) => c.operation !== 'consume' || c.hop?.to.length !== 1)) return undefined;
  const sources = sourcesOf(design, contributions);
  const [id] = sources;
  const queue = sources.size === 1 && id !== undefined ? design.components.get(id) : undefined;
  return queue?.kind === 'queue' && queue.copies.length <= 1 && shardCount(queue) === 1 ? id : undefined;
}

/** The queue that all instances share, with its `max-length` where it says one. */
export function sharedQueue(design: Design, queue: ElementId, instances: Estimate): NonNullable<ComponentLoad['sharedQueue']> {
  const maxLength = maxLengthOf(design, queue);
  return maxLength ? { queue, instances, maxLength } : { queue, instances };
}

/** Queues with a `max-length` from which a component takes that does not share one alone. */
export function boundedQueues(design: Design, contributions: readonly Contribution[]): Pick<ComponentLoad, 'boundedQueues'> {
  const consumed = contributions.filter((c) => c.operation === 'consume');
  const bounded = [...sourcesOf(design, consumed)].flatMap((queue) => {
    const maxLength = queue === undefined ? undefined : maxLengthOf(design, queue);
    return queue !== undefined && maxLength ? [{ queue, maxLength }] : [];
  });
  return bounded.length > 0 ? { boundedQueues: bounded } : {};
}

/** Components that take from a queue, by what flows bring to it; counted up to 2. */
export function takersOf(design: Design, queue: ElementId, brought: readonly Contribution[]): number {
  let taker: ElementId | undefined;
  for (const { flow: id, hop } of brought) {
    const flow = design.flows.get(id);
    for (const at of hop ? hop.to.map((t) => t.stop) : [0]) {
      const stop = flow?.stops[at];
      if (!flow || stop?.component !== queue) continue;
      for (const index of stop.outgoing) {
        for (const { stop: next } of flow.hops[index]?.to ?? []) {
          const found = flow.stops[next]?.component;
          if (taker !== undefined && taker !== found) return 2;
          taker = found;
        }
      }
    }
  }
  return taker === undefined ? 0 : 1;
}

/** With the end of the shared queue told as one that others fill too, where another component takes from it. `partsOf`: what flows bring to a component. */
export function withQueueOfItsOwn<Load extends Pick<ComponentLoad, 'sharedQueue' | 'boundedQueues'>>(
  design: Design,
  load: Load,
  partsOf: (id: ElementId) => readonly Contribution[],
): Load {
  if (!load.sharedQueue?.maxLength) return load;
  const { queue, instances, maxLength } = load.sharedQueue;
  if (takersOf(design, queue, partsOf(queue)) < 2) return load;
  return { ...load, sharedQueue: { queue, instances }, boundedQueues: [{ queue, maxLength }] };
}

/** Where the steps come from that reach a component. */
function sourcesOf(design: Design, contributions: readonly Contribution[]): Set<ElementId | undefined> {
  return new Set(
    contributions.map((c) => {
      const stop = c.hop?.from;
      return stop === undefined ? undefined : design.flows.get(c.flow)?.stops[stop]?.component;
    }),
  );
}

function maxLengthOf(design: Design, queue: ElementId): Figure | undefined {
  const length = property(design.components.get(queue)?.properties ?? new Map(), 'max-length');
  return length && propertyLeaf(`${queue}.max-length`, length);
}

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

import { type Component, type ElementId, type Estimate, known } from '@sysd/core';
import { serversOf } from '../latency/own-time.ts';
import { isNotEstimated } from '../queueing/domain.ts';
import { type ConsumerContext, capacityFor, refusedShare } from './backlog.ts';

/** Longest queue that is tried. */
const LONGEST = 2 ** 20;

/**
 * Least `max-length` (messages) with which a queue refuses less than `share` of the messages that reach its consumer at peak (`arrival`, 1/s): loss of
 * M/M/c/K, as the table of backlogs counts it, which falls with the length. Undefined where none up to a million does, or where it is not estimated.
 */
export function leastLength(
  context: ConsumerContext,
  queue: Component,
  to: ElementId,
  arrival: Estimate,
  share: number,
): number | undefined {
  const consumer = context.design.components.get(to);
  const { rate, instances } = capacityFor(context, queue, to, arrival);
  const [messages, served, working] = [arrival, rate, instances].map(known);
  if (!consumer || messages === undefined || served === undefined || working === undefined) return undefined;
  const atOnce = serversOf(consumer);
  const enough = (places: number): boolean => {
    const refused = refusedShare(messages, served, working, atOnce, places);
    return !isNotEstimated(refused) && refused < share;
  };
  let high = 1;
  while (high <= LONGEST && !enough(high)) high *= 2;
  if (high > LONGEST) return undefined;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

import { COUNT, type Component, type Design, known, notEstimated, property, sameDimension, type Traffic } from '@sysd/core';
import { serversOf } from '../latency/own-time.ts';
import { capacityFor, refusedShare } from '../limits/backlog.ts';
import { type Estimated, isNotEstimated } from '../queueing/domain.ts';

/**
 * Share of the messages that a queue with a `max-length` refuses, by how many times those of its peak are offered: M/M/c/K, as the table of backlogs
 * counts it. Never falls.
 */
export function refusalsOf(
  { design, traffic }: { readonly design: Design; readonly traffic: Pick<Traffic, 'components' | 'connections'> },
  queue: Component,
): Estimated<(times: number) => number> {
  const length = property(queue.properties, 'max-length')?.value;
  if (!length || !sameDimension(length.dimension, COUNT)) {
    return notEstimated(`${queue.id} says its max-length in bytes: which share of the messages it refuses is not computed`);
  }
  const out = [...design.connections.values()].filter((c) => c.from === queue.id && known(traffic.connections.get(c.id)?.total.peak) !== 0);
  const [consumer] = out;
  const to = consumer && design.components.get(consumer.to);
  if (!to || out.length > 1) {
    return notEstimated(
      `${queue.id} has a max-length and ${out.length} consumers: which share of the messages it refuses is computed for one`,
    );
  }
  const arrival = traffic.connections.get(consumer.id)?.total.peak ?? notEstimated(`no flow uses ${consumer.id}`);
  const { rate, instances } = capacityFor({ design, traffic }, queue, to.id, arrival);
  for (const estimate of [arrival, rate, instances]) if ('notEstimated' in estimate) return estimate;
  const [messages, served, working] = [known(arrival) ?? 0, known(rate) ?? 0, known(instances) ?? 0];
  const refused = (times: number): Estimated<number> => refusedShare(messages * times, served, working, serversOf(to), length.value);
  const first = refused(1);
  if (isNotEstimated(first)) return first;
  return (times) => {
    const share = refused(times);
    // Beyond the range of numbers nearly all are.
    return isNotEstimated(share) ? 1 : share;
  };
}

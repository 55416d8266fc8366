import {
  BANDWIDTH,
  COUNT,
  type Component,
  type Connection,
  type ConsumerGroup,
  type ElementId,
  type Estimate,
  notEstimated,
  type PartitionUse,
  property,
  RATE,
  sameDimension,
} from '@sysd/core';
import { peakSum } from '../day/peak.ts';
import { compute, leaf, propertyLeaf, sum, wholeAbove } from '../figure/make.ts';
import { bytesOf } from '../traffic/bytes.ts';
import type { LimitContext } from './context.ts';
import { instancesSeenBy } from './instances.ts';
import { greatest } from './law.ts';

/**
 * Partitions of a stream and what needs them: max(⌈t/p⌉, ⌈t/c⌉), t being what is published at peak, p what one partition takes and c what
 * one consumer works off. Source: Jun Rao, How to choose the number of topics/partitions in a Kafka cluster?, Confluent 2015.
 */
export function partitionsOf(context: LimitContext, stream: Component): PartitionUse | undefined {
  if (stream.kind !== 'stream') return undefined;
  const partitions = property(stream.properties, 'partitions');
  const forProducers = producersNeed(context, stream);
  const groups = groupsOf(context, stream);
  const none = notEstimated(`${stream.id} has no partition-capacity and no consumer`);
  return {
    partitions: partitions ? propertyLeaf(`${stream.id}.partitions`, partitions) : notEstimated(`${stream.id} has no partitions`),
    forProducers,
    groups,
    needed: greatest(
      `partitions that ${stream.id} needs`,
      'the most of both sides',
      [...groups.map((g) => g.partitions), forProducers],
      none,
    ),
  };
}

function producersNeed({ design, traffic }: LimitContext, stream: Component): Estimate {
  const capacity = property(stream.properties, 'partition-capacity');
  if (!capacity) return notEstimated(`${stream.id} has no partition-capacity`);
  const published = (traffic.contributions.get(stream.id) ?? []).filter((c) => c.operation === 'publish' || c.operation === 'write');
  const total = (label: string, dimension: typeof RATE, of: (c: (typeof published)[number]) => Estimate): Estimate =>
    peakSum(
      label,
      published.map((c) => ({ name: c.name, value: of(c), ...(c.profile ? { profile: c.profile } : {}) })),
      dimension,
      `no flow publishes to ${stream.id}`,
    );
  const needs = capacity.value.map((one) => {
    const messages = sameDimension(one.dimension, RATE);
    const rate = messages
      ? total(`messages/s to ${stream.id} at peak`, RATE, (c) => c.rate.peak)
      : total(`bytes/s to ${stream.id} at peak`, BANDWIDTH, (c) => {
          const flow = design.flows.get(c.flow);
          return flow && c.hop ? bytesOf(design, flow, c.hop, 'request', c.rate.peak) : notEstimated(`${c.name} has no size`);
        });
    const each = leaf(`${stream.id}.partition-capacity`, one.value, one.dimension, { ...capacity, text: one.text ?? capacity.text });
    return compute(
      `partitions for the ${messages ? 'messages' : 'bytes'} of ${stream.id}`,
      'published at peak ÷ what a partition takes, rounded up',
      [rate, each],
      COUNT,
      (t, p) => Math.max(1, wholeAbove(t / p)),
    );
  });
  return greatest(`partitions for what is published to ${stream.id}`, 'the most of them', needs, notEstimated(''));
}

function groupsOf({ design, traffic, ends }: LimitContext, stream: Component): ConsumerGroup[] {
  const groups = new Map<string, { id: ElementId; connection: ElementId }[]>();
  for (const id of ends.outOf.get(stream.id) ?? []) {
    const { to } = design.connections.get(id) as Connection;
    const consumer = design.components.get(to) as Component;
    const name = property(consumer.properties, 'group')?.value.name ?? to;
    const members = groups.get(name) ?? [];
    members.push({ id: to, connection: id });
    groups.set(name, members);
  }
  return [...groups].map(([name, members]) => {
    const none = notEstimated(`nothing consumes ${stream.id}`);
    const instances = sum(
      `consumers of group ${name}`,
      members.map((m) => ({ name: m.id, value: instancesSeenBy(design, design.components.get(m.id) as Component, stream) })),
      COUNT,
      none.notEstimated,
    );
    // Each message goes to one of the group: steps to several of them, each with all messages, are the same messages.
    const published = traffic.components.get(stream.id)?.total.peak ?? none;
    const rates = members.map((m) => traffic.connections.get(m.connection)?.total.peak ?? none);
    const rate = compute(
      `messages/s to group ${name} at peak`,
      members.length > 1 ? 'sum over the group, no more than is published or one of them gets' : 'messages/s',
      members.length > 1 ? [...rates, published] : rates,
      RATE,
      (...all) => {
        const own = all.slice(0, members.length);
        const most = Math.max(...own, all[members.length] ?? 0);
        return Math.min(
          own.reduce((n, r) => n + r, 0),
          most,
        );
      },
    );
    const capacities = members.map((m) => traffic.components.get(m.id)?.capacityPerInstance ?? none);
    return {
      name,
      consumers: members.map((m) => m.id),
      instances,
      rate,
      partitions: compute(
        `partitions for group ${name}`,
        'messages/s ÷ capacity of one consumer, rounded up',
        [rate, ...capacities],
        COUNT,
        (t, ...c) => Math.max(1, wholeAbove(t / Math.min(...c))),
      ),
    };
  });
}

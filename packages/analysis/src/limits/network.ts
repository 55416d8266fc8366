import {
  BANDWIDTH,
  BROKERS,
  COUNT,
  type Component,
  type Estimate,
  isFigure,
  isWrite,
  type NetworkUse,
  notEstimated,
  property,
  replicasPerCopy,
  shardCount,
} from '@sysd/core';
import { compute, leaf, named, product, propertyLeaf, quotient } from '../figure/make.ts';
import { readersOf, replicatesWrites, rolesOf } from '../scenario/roles.ts';
import { bytesOf, sizesOf, sumBytes } from '../traffic/bytes.ts';
import { notSized } from '../traffic/capacity.ts';
import { partsThen } from '../traffic/peak-load.ts';
import { shardSkew } from '../traffic/shard-skew.ts';
import { busiestCopy } from '../traffic/sizing.ts';
import type { LimitContext } from './context.ts';
import { greatest } from './law.ts';

/**
 * Bytes/s of the busiest instance at peak, in each direction. Instances share what a component gets and sends as they share its requests.
 * A store's primary takes all writes of its shard and sends them on to each standby; without a primary (and in a broker) every machine is
 * primary of a part, so all of them share both.
 */
export function networkOf(context: LimitContext, component: Component): NetworkUse | undefined {
  const load = context.traffic.components.get(component.id);
  if (!load || component.kind === 'client' || !context.traffic.contributions.get(component.id)) return undefined;
  if (property(component.properties, 'level')?.value.level === 'in-process') return undefined;
  const speed = property(component.properties, 'bandwidth');
  const bandwidth = speed ? propertyLeaf(`${component.id}.bandwidth`, speed) : notEstimated(`${component.id} has no bandwidth`);
  const why = notSized(component);
  const no = why === undefined ? undefined : notEstimated(why);
  const directions = no ? { in: no, out: no } : replicatesWrites(component) ? ofStore(context, component) : ofSpread(context, component);
  const busier = greatest(
    `busier direction of one instance of ${component.id}`,
    'the greater',
    [directions.in, directions.out],
    directions.in,
  );
  return {
    ...directions,
    bandwidth,
    utilization: quotient(`use of the network by one instance of ${component.id}`, 'bytes/s ÷ bandwidth', busier, bandwidth),
  };
}

type Directions = Pick<NetworkUse, 'in' | 'out'>;

function ofSpread({ traffic }: LimitContext, component: Component): Directions {
  const load = traffic.components.get(component.id);
  const none = notEstimated(`no flow reaches ${component.id}`);
  if (!load) return { in: none, out: none };
  const share = quotient('share of the busiest instance', 'its rate ÷ rate of all', load.perInstance, load.day?.rate ?? load.total.peak);
  const one = (direction: string, all: Estimate) =>
    product(`bytes/s ${direction} one instance of ${component.id} at peak`, 'bytes/s of all × share of the busiest', [all, share]);
  return { in: one('into', load.ingress), out: one('out of', load.egress) };
}

function ofStore(context: LimitContext, component: Component): Directions {
  const load = context.traffic.components.get(component.id);
  const none = notEstimated(`no flow reaches ${component.id}`);
  if (!load) return { in: none, out: none };
  const reaching = context.traffic.contributions.get(component.id) ?? [];
  const busiest = busiestCopy(context.design, component, load.day ? partsThen(reaching, load.day.busiest) : reaching);
  // Those that are up: in a scenario the others have their part.
  const replicas = busiest.replicas;
  if (replicas === 0) {
    const failed = notEstimated(`${component.id} has failed in this scenario`);
    return { in: failed, out: failed };
  }
  const shards = shardCount(component);
  const nodes = property(component.properties, 'nodes')?.value.value;
  const written = writtenTo(context, component);
  const hottest = shardSkew(component).shareOf(shards) * busiest.share;
  const roles = rolesOf(component);
  const hasPrimary = !BROKERS.includes(component.kind) && (roles === 'primary' || replicasPerCopy(component) === 1) && nodes === undefined;
  const scale = (label: string, formula: string, value: Estimate, by: number): Estimate =>
    product(label, formula, [value, leaf('share of one machine', by, COUNT)]);
  const sent = (share: number, formula: string): Estimate =>
    scale(`copies of what is written, from one machine of ${component.id}`, formula, written, share * (replicas - 1));
  if (!hasPrimary) {
    // As many as would carry everything if all copies had as much as the busiest.
    const machines = (nodes ?? shards * replicas) / busiest.share;
    const answers = scale(`bytes/s to callers from one machine of ${component.id}`, 'bytes/s ÷ machines', load.egress, 1 / machines);
    return {
      in: intoMachine(
        component,
        scale(`bytes/s from callers into one machine of ${component.id}`, 'bytes/s ÷ machines', load.ingress, 1 / machines),
        replicas > 1 ? sent(1 / machines, 'written × (replicas − 1) ÷ machines') : undefined,
      ),
      out: replicas > 1 ? added(component, answers, sent(1 / machines, 'written × (replicas − 1) ÷ machines')) : answers,
    };
  }
  const reads = readersOf(component, false);
  const fromPrimary = reads === 'replicas' && replicas > 1 ? 0 : reads === 'any' ? hottest / replicas : hottest;
  const answers = scale(
    `bytes/s to callers from the primary of ${component.id}`,
    'bytes/s × share of the primary',
    load.egress,
    fromPrimary,
  );
  const primary =
    replicas > 1 ? added(component, answers, sent(hottest, 'written × (replicas − 1) × share of the hottest shard')) : answers;
  const standby = scale(
    `bytes/s to callers from one standby of ${component.id}`,
    'bytes/s × share of one standby',
    load.egress,
    hottest / Math.max(1, replicas - 1),
  );
  return {
    in: scale(`bytes/s into the primary of ${component.id} at peak`, 'bytes/s × share of the hottest shard', load.ingress, hottest),
    out:
      reads === 'replicas' && replicas > 1
        ? greatest(`bytes/s out of the busier of ${component.id}`, 'primary or standby', [primary, standby], primary)
        : primary,
  };
}

/** What callers send to one machine, and what other replicas pass on to it. */
function intoMachine(component: Component, requests: Estimate, copies: Estimate | undefined): Estimate {
  const label = `bytes/s into one machine of ${component.id} at peak`;
  if (!copies) return named(label, 'from callers', requests);
  return compute(label, 'from callers + from the other replicas', [requests, copies], BANDWIDTH, (a, b) => a + b);
}

/** Answers whose size nobody says are left out, as in the sums of the component. */
function added(component: Component, answers: Estimate, copies: Estimate): Estimate {
  const label = `bytes/s out of one machine of ${component.id} at peak`;
  if (!isFigure(answers)) return named(label, 'to the other replicas (answers say no size, not counted)', copies);
  return compute(label, 'to callers + to the other replicas', [answers, copies], BANDWIDTH, (a, b) => a + b);
}

/** Bytes/s at peak of what is written, which each replica must get. */
function writtenTo({ design, traffic }: LimitContext, component: Component): Estimate {
  const parts = (traffic.contributions.get(component.id) ?? []).flatMap((c) => {
    const flow = design.flows.get(c.flow);
    if (!flow || !c.hop || !(isWrite(c.operation) || c.operation === 'publish')) return [];
    const { request, answer } = sizesOf(design, flow, c.hop);
    const value = bytesOf(design, flow, c.hop, 'request', c.rate.peak);
    return [{ name: c.name, value, sized: request !== undefined || answer !== undefined, ...(c.profile ? { profile: c.profile } : {}) }];
  });
  const zero: Estimate = { value: 0, dimension: BANDWIDTH, label: `bytes/s written to ${component.id}`, formula: 'nothing is written' };
  return parts.length === 0 ? zero : sumBytes(`bytes/s written to ${component.id}`, parts, `nothing is written to ${component.id}`);
}

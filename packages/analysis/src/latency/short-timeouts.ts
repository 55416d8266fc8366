import { type Connection, type Flow, type Hop, type HopTarget, property, type Stop } from '@sysd/core';
import { isNotEstimated } from '../queueing/domain.ts';
import { type Composition, compose, type LatencyInput } from './composition.ts';
import { type KnownMoments, quantileIsAtMost } from './distribution/moments.ts';
import { summarize } from './distribution/quantiles.ts';
import { ACCURACY } from './objectives.ts';

/** A step that takes longer than its timeout more than once in a hundred times. */
export interface ShortTimeout {
  readonly hop: Hop;
  readonly connection: Connection;
  /** Both in s. */
  readonly timeout: number;
  readonly p99: number;
  /** Also if each latency of one number were always the same. */
  readonly sure: boolean;
}

/** Steps whose transforms are computed for one flow: what it takes is theirs times the steps of the flow. */
const MOST_WORK = 400;

/**
 * Steps of a flow that wait for an answer no longer than a timeout which their own 99th percentile exceeds, at peak load. Those that may fail
 * (`optional`, with an `else`) are left out: giving up early may be what is meant; so are
 * those of connections that another flow uses before: the first speaks for all. Cheap where timeouts are generous: the moments settle it.
 */
export function shortTimeouts(input: LatencyInput, flow: Flow): ShortTimeout[] {
  if (flow.hops.length > MOST_WORK) return [];
  const replaced = new Set(flow.hops.map((hop) => hop.fallbackOf));
  const timed = flow.hops.flatMap((hop) => (hop.optional || hop.lookup || replaced.has(hop.index) ? [] : timedTargets(input, flow, hop)));
  if (timed.length === 0) return [];
  const composition = compose(input, flow, false);
  const known: KnownMoments = new Map();
  let left = Math.floor(MOST_WORK / flow.hops.length);
  let constant: Composition | undefined;
  const found: ShortTimeout[] = [];
  for (const { hop, i, connection, timeout } of timed) {
    const time = composition.blocks[hop.index]?.targets[i]?.time;
    if (!time || isNotEstimated(time) || quantileIsAtMost(time, 0.99, known) <= timeout) continue;
    if (left-- <= 0) break;
    const p99 = percentile(time);
    if (p99 <= timeout * (1 + ACCURACY)) continue;
    constant ??= compose({ ...input, singles: 'constant' }, flow, false);
    const least = constant.blocks[hop.index]?.targets[i]?.time;
    const sure = least !== undefined && !isNotEstimated(least) && percentile(least) > timeout * (1 + ACCURACY);
    found.push({ hop, connection, timeout, p99, sure });
  }
  return found;
}

const percentile = (time: Parameters<typeof summarize>[0]): number => summarize(time, [0.99]).quantiles[0] as number;

function timedTargets({ design }: LatencyInput, flow: Flow, hop: Hop): { hop: Hop; i: number; connection: Connection; timeout: number }[] {
  const from = (flow.stops[hop.from] as Stop).component;
  return hop.to.flatMap((target: HopTarget, i) => {
    const connection = design.connections.get(`${from}->${(flow.stops[target.stop] as Stop).component}`);
    const timeout = connection && property(connection.properties, 'timeout')?.value.value;
    return connection && connection.uses[0]?.flow === flow.id && timeout !== undefined && timeout > 0
      ? [{ hop, i, connection, timeout }]
      : [];
  });
}

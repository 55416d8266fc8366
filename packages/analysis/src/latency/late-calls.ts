import {
  BROKERS,
  effective,
  type Flow,
  formatQuantity,
  formatRatio,
  type Hop,
  type HopTarget,
  type LeftOut,
  property,
  type Stop,
  TIME,
} from '@sysd/core';
import { isNotEstimated } from '../queueing/domain.ts';
import type { Composition, LatencyInput } from './composition.ts';
import { type KnownMoments, quantileIsAtMost } from './distribution/moments.ts';
import { shareBeyond } from './distribution/share-beyond.ts';

/** Fewer calls than this that come after their timeout change no figure that is shown. */
const LEAST_SHARE = 1e-3;

/** Calls whose transforms are computed for one flow: what it takes is theirs times the steps of the flow. */
const MOST_WORK = 400;

/**
 * Calls of a flow that come after their `timeout` so often that the latency would be another if timeouts cut them off and retries were added, each
 * connection once with its largest share. What is `optional` is cut off in the latency itself. Cheap where timeouts are generous: the moments settle it.
 */
export function lateCalls(input: LatencyInput, flow: Flow, composition: Composition): LeftOut[] {
  const known: KnownMoments = new Map();
  const found = new Map<string, Late>();
  const open = new Set<string>();
  let left = Math.max(1, Math.floor(MOST_WORK / Math.max(1, flow.hops.length)));
  for (const hop of flow.hops) {
    if (hop.optional || !composition.taken[hop.index]) continue;
    for (const [i, target] of hop.to.entries()) {
      const call = timedCall(input, flow, hop, target);
      const time = composition.blocks[hop.index]?.targets[i]?.time;
      if (!call || !time || isNotEstimated(time) || input.outcome?.targetFails[hop.index]?.[i]) continue;
      if (quantileIsAtMost(time, 1 - LEAST_SHARE, known) <= call.timeout) continue;
      if (left-- <= 0) {
        open.add(call.connection);
        continue;
      }
      const share = shareBeyond(time, call.timeout);
      if (share > Math.max(LEAST_SHARE, found.get(call.connection)?.share ?? 0)) found.set(call.connection, { ...call, share });
    }
  }
  const unknown = [...open].filter((connection) => !found.has(connection));
  return [
    ...[...found.values()].map(lateCall),
    ...(unknown.length === 0
      ? []
      : [
          {
            what: 'timeout' as const,
            elements: unknown,
            reason: 'which share of the calls comes after its timeout is not computed, of so many steps',
          },
        ]),
  ];
}

interface TimedCall {
  readonly connection: string;
  /** s */
  readonly timeout: number;
  readonly retries: number;
}

interface Late extends TimedCall {
  readonly share: number;
}

const lateCall = ({ connection, timeout, retries, share }: Late): LeftOut => ({
  what: 'timeout',
  elements: [connection],
  share,
  reason: `exceeds its timeout of ${formatQuantity(timeout, TIME)} in ${formatRatio(share)} of the calls: what that cuts off${retries > 0 ? ' and retries add' : ''} is not counted`,
});

/** A call that waits for an answer no longer than a timeout; into a queue or stream for its acknowledgement. */
function timedCall({ design }: LatencyInput, flow: Flow, hop: Hop, { stop }: HopTarget): TimedCall | undefined {
  const [from, to] = [(flow.stops[hop.from] as Stop).component, (flow.stops[stop] as Stop).component];
  const kind = design.components.get(to)?.kind;
  if (hop.lookup || !(hop.sync || (kind !== undefined && BROKERS.includes(kind)))) return undefined;
  const connection = design.connections.get(`${from}->${to}`);
  const timeout = connection && property(connection.properties, 'timeout')?.value.value;
  if (!connection || timeout === undefined || timeout <= 0) return undefined;
  return { connection: connection.id, timeout, retries: effective(connection.properties, 'retries')?.value.value ?? 0 };
}

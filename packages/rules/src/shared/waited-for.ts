import { BROKERS, type Design, type Flow, type Hop } from '@sysd/core';

/**
 * Hops that the answer of a flow waits for and has nothing to do instead: not `optional`, no `else`, no alternatives, no misses of a cache that
 * can be missed, and neither is a hop on the way there. Some that are not among them stop the flow as well (two alternatives that need the same
 * store); the failure analysis knows. O(hops).
 */
export function waitedForIn(design: Design, flow: Flow): ReadonlySet<Hop> {
  const replaced = new Set(flow.hops.map((hop) => hop.fallbackOf));
  const soft = new Set(flow.hops.map((hop) => hop.miss?.read));
  const stops = new Set([0]);
  const waitedFor = new Set<Hop>();
  for (const hop of flow.hops) {
    if (!stops.has(hop.from) || hop.optional || hop.to.length > 1 || hop.when?.value === 0) continue;
    if (hop.fallbackOf !== undefined || replaced.has(hop.index) || soft.has(hop.index)) continue;
    const stop = hop.to[0]?.stop ?? -1;
    // A broker acknowledges what it is given, whether or not one waits for more; what lies behind it goes on after the answer.
    const broker = BROKERS.includes(design.components.get(flow.stops[stop]?.component ?? '')?.kind ?? 'service');
    if (!hop.sync && !broker) continue;
    waitedFor.add(hop);
    if (!broker) stops.add(stop);
  }
  return waitedFor;
}

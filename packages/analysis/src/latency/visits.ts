import { type Flow, known } from '@sysd/core';
import { missRatio } from '../traffic/flow-rates.ts';
import { type Composition, cacheShare, type LatencyInput } from './composition.ts';

/**
 * By hop and target: how often the mean request that waits goes there; undefined where a hit ratio on the way is not known. One pass in text order, as
 * for rates: the visits of a stop are the sum over the steps into it, all of which stand above the steps out of it.
 */
export function visitsOf(
  { design, outcome }: LatencyInput,
  flow: Flow,
  composition: Composition,
): readonly (readonly (number | undefined)[])[] {
  const stops: (number | undefined)[] = flow.stops.map((_, i) => (i === 0 ? 1 : 0));
  const taken: (number | undefined)[] = [];
  return flow.hops.map((hop) => {
    const block = composition.taken[hop.index] ? composition.blocks[hop.index] : undefined;
    if (!block) {
      taken.push(0);
      return hop.to.map(() => 0);
    }
    const read = hop.miss?.read;
    const reading = read === undefined ? undefined : flow.hops[read];
    const base = reading ? times(taken[reading.index], cacheShare(flow, hop, reading)) : stops[hop.from];
    const misses = missRatio({ design, ...(outcome ? { outcome } : {}) }, flow, hop);
    const often = times(base, misses ? known(misses) : 1, hop.when?.value ?? 1, hop.times?.value ?? 1);
    taken.push(often);
    // Where some alternatives fail in the scenario, the others take their share.
    const failing = outcome?.targetFails[hop.index] ?? [];
    const standing = hop.to.some((_, i) => !failing[i]) ? hop.to.map((t, i) => (failing[i] ? 0 : t.share)) : hop.to.map((t) => t.share);
    const whole = standing.reduce((a, b) => a + b, 0);
    return hop.to.map(({ stop }, i) => {
      const visits = times(often, whole > 0 ? (standing[i] as number) / whole : 0);
      if (!hop.lookup && !block.targets[i]?.handsOver) stops[stop] = plus(stops[stop], visits);
      return visits;
    });
  });
}

/** What never happens does not happen more or less often for what is unknown. */
function times(...factors: readonly (number | undefined)[]): number | undefined {
  return factors.reduce<number | undefined>((a, b) => (a === 0 || b === 0 ? 0 : a === undefined || b === undefined ? undefined : a * b), 1);
}

const plus = (a: number | undefined, b: number | undefined): number | undefined => (a === undefined || b === undefined ? undefined : a + b);

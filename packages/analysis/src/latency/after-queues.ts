import { type AfterQueue, BROKERS, type Estimate, type Figure, type Flow, type Hop, isFigure, type Stop } from '@sysd/core';
import { isNotEstimated } from '../queueing/domain.ts';
import { type Composition, type LatencyInput, timeAfter } from './composition.ts';
import { latencyFigures } from './latency-figures.ts';

/**
 * How long it takes from each queue or stream of a flow on until all is done that follows: the wait for its consumers, their work and all that they wait
 * for. For a completion that is not estimated, say since the queue has no latency: these parts of it may be known, or say what they lack. What lies
 * within a part that is known is not told again.
 */
export function afterQueues({ design }: LatencyInput, flow: Flow, composition: Composition): AfterQueue[] {
  const within = new Set<number>();
  return flow.stops.flatMap(({ component }, stop): AfterQueue[] => {
    const kind = design.components.get(component)?.kind;
    if (kind === undefined || !BROKERS.includes(kind) || !composition.stages[stop]?.length || within.has(stop)) return [];
    const time = timeAfter(composition, stop);
    const behind = isNotEstimated(time) ? [] : stopsBehind(flow, stop);
    for (const next of behind) within.add(next);
    const formula = `the wait for the consumers of ${component}, their work and what they wait for, as distributions`;
    const figures = latencyFigures(
      time,
      `${flow.id} from ${component} on`,
      { mean: formula, quantile: formula },
      timesAt(flow, composition, behind),
    );
    return [{ queue: component, ...figures }];
  });
}

/** In text order. */
function stopsBehind(flow: Flow, stop: number): number[] {
  const behind = new Set<number>();
  const open = [stop];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const index of (flow.stops[next] as Stop).outgoing) {
      for (const target of (flow.hops[index] as Hop).to) {
        if (behind.has(target.stop)) continue;
        behind.add(target.stop);
        open.push(target.stop);
      }
    }
  }
  return [...behind].sort((a, b) => a - b);
}

/** What is known of the components at these stops, each once. */
function timesAt(flow: Flow, composition: Composition, stops: readonly number[]): Figure[] {
  const components = new Set(stops.map((s) => (flow.stops[s] as Stop).component));
  const times = [...components].flatMap((id): Estimate[] => {
    const own = composition.own.get(id);
    return own ? [own.wait, own.own] : [];
  });
  return times.filter(isFigure);
}

import { type Estimate, type Flow, isFigure, keepItems, sameData } from '@sysd/core';
import type { FlowRates } from './flow-rates.ts';

/** Figures within a figure that are looked at before it counts as another one. */
const DEEPEST = 8;

/**
 * The rates with those figures of `before` that say the same, so that what is computed from them stays valid. Each figure of a flow
 * derives from those of the steps above, so they are compared in that order and each once: a chain of 10,000 steps takes 10,000 looks.
 */
export function keepRates(flow: Flow, before: FlowRates, now: FlowRates): FlowRates {
  /** Figures found to say the same as one of before. */
  const known = new Map<Estimate, Estimate>();
  const same = (old: Estimate, figure: Estimate, depth: number): boolean => {
    if (old === figure || known.get(figure) === old) return true;
    if (depth > DEEPEST) return false;
    if (!isFigure(figure) || !isFigure(old)) return !isFigure(figure) && !isFigure(old) && figure.notEstimated === old.notEstimated;
    const { inputs: oldInputs, ...oldRest } = old;
    const { inputs, ...rest } = figure;
    if (oldInputs?.length !== inputs?.length || !sameData(oldRest, rest)) return false;
    if (inputs?.some((input, i) => !same((oldInputs as typeof inputs)[i] as Estimate, input, depth + 1))) return false;
    known.set(figure, old);
    return true;
  };
  const keep = (old: Estimate | undefined, figure: Estimate): Estimate => (old !== undefined && same(old, figure, 0) ? old : figure);
  const stops: Estimate[] = [];
  const stop = (i: number): void => {
    stops[i] ??= keep(before.stops[i], now.stops[i] as Estimate);
  };
  const hops: Estimate[] = [];
  const targets: (readonly Estimate[])[] = [];
  for (const { from, index } of flow.hops) {
    stop(from);
    hops.push(keep(before.hops[index], now.hops[index] as Estimate));
    const old = before.targets[index] ?? [];
    targets.push(
      keepItems(
        old,
        (now.targets[index] as readonly Estimate[]).map((figure, i) => keep(old[i], figure)),
      ),
    );
  }
  for (let i = 0; i < flow.stops.length; i++) stop(i);
  const kept = {
    stops: keepItems(before.stops, stops),
    hops: keepItems(before.hops, hops),
    targets: keepItems(before.targets, targets),
  };
  const all = kept.stops === before.stops && kept.hops === before.hops && kept.targets === before.targets;
  return all ? before : kept;
}

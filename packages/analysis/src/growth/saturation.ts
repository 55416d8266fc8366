import {
  type Component,
  DAY,
  DAYS_A_YEAR,
  type Design,
  type Estimate,
  type Figure,
  type Growth,
  type Headroom,
  isFigure,
  known,
  type Saturation,
  TIME,
} from '@sysd/core';
import { compute } from '../figure/make.ts';
import { sizeOf } from '../traffic/component-load.ts';
import type { Contribution } from '../traffic/contributions.ts';
import { withoutScaling } from '../traffic/peak-load.ts';
import type { TrafficModel } from '../traffic/traffic.ts';
import { compound } from './compound.ts';
import { firstDay } from './first-time.ts';

/**
 * When the growth of what loads a component has used up its headroom. Flows grow each with its own source, so the time is sought at which the
 * component's load, Σ rate × (1 + growth)^years sized as always, is as many times that of today as the headroom says.
 */
export function saturationOf(
  design: Design,
  { contributions }: Pick<TrafficModel, 'contributions'>,
  sources: Growth['sources'],
  { component: id, toTarget, toFull }: Headroom,
): Saturation {
  const parts = contributions.get(id) ?? [];
  // With the instances of today: the headroom has counted those that scaling adds.
  const component = withoutScaling(design.components.get(id) as Component);
  const load = (days: number): number => known(sizeOf(design, component, grown(parts, days / DAYS_A_YEAR)).utilization) ?? Number.NaN;
  const rates = sources.filter(({ component: source }) =>
    parts.some((p) => p.growth && design.flows.get(p.flow) && startsAt(design, p.flow) === source),
  );
  const now = load(0);
  const when = (factor: Estimate, label: string): Estimate => {
    if (!isFigure(factor)) return factor;
    const days = factor.value <= 1 ? 0 : firstDay((day) => load(day) / now, factor.value);
    if (days === undefined) return { notEstimated: `nothing that loads ${id} grows` };
    const inputs: Figure[] = [factor, ...rates.map((r) => r.perYear)];
    const formula =
      days === 0 ? 'its headroom is used up' : 'years after which its load, Σ rate × (1 + growth)^years, is so many times that of today';
    return compute(label, formula, inputs, TIME, () => days * DAY);
  };
  return { component: id, toTarget: when(toTarget, `${id} reaches its target in`), toFull: when(toFull, `${id} is full in`) };
}

/** Client of a flow, or of the flow that it follows in the end. */
function startsAt(design: Design, id: string): string | undefined {
  const seen = new Set<string>();
  let flow = design.flows.get(id);
  while (flow?.demand?.kind === 'flow' && !seen.has(flow.id)) {
    seen.add(flow.id);
    flow = design.flows.get(flow.demand.flow);
  }
  return flow?.source;
}

function grown(parts: readonly Contribution[], years: number): Contribution[] {
  return parts.map((part) => {
    const factor = compound(part.growth ?? 0, years);
    const times = (rate: Estimate): Estimate => (isFigure(rate) ? { ...rate, value: rate.value * factor } : rate);
    return part.growth ? { ...part, rate: { average: times(part.rate.average), peak: times(part.rate.peak) } } : part;
  });
}

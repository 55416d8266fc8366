import {
  COUNT,
  type Component,
  type Design,
  type Estimate,
  type Figure,
  type Headroom,
  isFigure,
  known,
  property,
  type Traffic,
} from '@sysd/core';
import { loadedByUsers } from '../closed/loaded.ts';
import { compute, leaf } from '../figure/make.ts';
import { maxUtilization } from '../traffic/capacity.ts';

/**
 * How far the traffic may grow until each component is full, the first to saturate first (equal ones in text order); components whose
 * utilisation is not estimated are left out. Dimensionless factors of all entry rates at once.
 *
 * By the utilisation law U = λ ÷ capacity, and each λ is proportional to the rates at which the flows start: so a fixed number of instances
 * is full at 1 ÷ U times the traffic (Denning and Buzen, The Operational Analysis of Queueing Network Models, 1978). What scales by itself
 * is full when all instances of its range are. Users who think only come again when they have been answered, so that no traffic of theirs fills
 * anything: components that they load are left out, and `ClosedLoad` says from how many users on they queue.
 */
export function headroomOf(design: Design, traffic: Traffic): readonly Headroom[] {
  const closed = loadedByUsers(traffic);
  const found = [...design.components.values()].flatMap((component): Headroom[] => {
    const utilization = traffic.components.get(component.id)?.utilization;
    const target = maxUtilization(component);
    if (closed.has(component.id) || !isFigure(utilization) || !isFigure(target)) return [];
    const growth = (to: Figure) => factorTo(component, traffic, utilization, to);
    const full = leaf('full', 1, COUNT);
    return [{ component: component.id, utilization, target, toTarget: growth(target), toFull: growth(full) }];
  });
  const factor = (h: Headroom) => known(h.toFull) ?? Number.POSITIVE_INFINITY;
  return found.sort((a, b) => (factor(a) === factor(b) ? 0 : factor(a) - factor(b)));
}

/** Times the traffic at which the component reaches a utilisation (or passes it, where instances come and go). */
function factorTo({ id, properties, copies }: Component, traffic: Traffic, utilization: Figure, to: Figure): Estimate {
  if (utilization.value === 0) return { notEstimated: `nothing loads ${id}: no growth fills it` };
  const label = to.label === 'full' ? `growth until ${id} is full` : `growth until ${id} reaches its target`;
  const autoscale = property(properties, 'autoscale');
  if (!autoscale || property(properties, 'mode')?.value === 'active-passive')
    return compute(label, `${to.label === 'full' ? '1' : 'max-utilization'} ÷ utilisation`, [utilization, to], COUNT, (u, t) => t / u);
  // Within its range the autoscaler keeps utilisation at or below its own target; beyond the range the instances are those of its top.
  const { range, target } = autoscale.value;
  const most = target.value <= to.value * (1 + 1e-9) ? range.high : range.low;
  const now = (traffic.components.get(id)?.replicas ?? 1) / Math.max(1, copies.length);
  return compute(
    label,
    `${to.label === 'full' ? '1' : 'max-utilization'} ÷ utilisation × ${most === range.high ? 'most' : 'fewest'} instances of the range ÷ instances at peak`,
    [utilization, to, leaf(`${id}.autoscale`, most, COUNT, autoscale), leaf(`instances of ${id} at peak`, now, COUNT)],
    COUNT,
    (u, t, n, instances) => ((t / u) * n) / instances,
  );
}

import { type Component, type Design, effective, isFigure, type Traffic, valueIn } from '@sysd/core';
import type { NodeLoad } from './diagram-model.ts';

/** What the bar of a component shows. */
export function loadOf(component: Component, traffic: Traffic | undefined): NodeLoad {
  if (component.kind === 'client' || component.kind === 'scheduler') return { state: 'none' };
  const utilization = traffic?.components.get(component.id)?.utilization;
  if (isFigure(utilization) && Number.isFinite(utilization.value)) {
    return {
      state: 'estimated',
      utilisation: utilization.value,
      target: effective(component.properties, 'max-utilization')?.value.value ?? 1,
    };
  }
  if (valueIn(component.properties, 'managed') === 'yes') return { state: 'managed' };
  const reason = utilization !== undefined && 'notEstimated' in utilization ? utilization.notEstimated : 'no flow goes through it';
  return { state: 'unknown', reason: reason.replace(/^not estimated: /, '') };
}

/** The highest of several: what a collapsed group shows. */
export function highestLoad(loads: readonly NodeLoad[]): NodeLoad {
  const known = loads.filter((l) => l.state === 'estimated').sort((a, b) => b.utilisation - a.utilisation);
  return known[0] ?? loads.find((l) => l.state === 'unknown') ?? loads.find((l) => l.state === 'managed') ?? { state: 'none' };
}

/** Room for load bars: as soon as some flow says how often it starts, so that one missing number does not change every card. */
export function hasLoadBars(design: Design, traffic: Traffic | undefined): boolean {
  return traffic !== undefined && [...design.flows.values()].some((flow) => flow.demand !== undefined);
}

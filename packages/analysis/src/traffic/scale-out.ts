import { type Component, type ComponentLoad, property } from '@sysd/core';

/** How far an autoscaler may go beyond what it runs at peak. */
export interface ScaleOut {
  /** Instances of a copy at the top of the range. */
  readonly most: number;
  /** These over the instances at peak, at least 1. */
  readonly factor: number;
}

/** Undefined where nothing scales by itself; what is active-passive has one that serves, however many there are. */
export function scaleOutOf({ properties, copies }: Component, load: ComponentLoad): ScaleOut | undefined {
  const autoscale = property(properties, 'autoscale');
  if (!autoscale || property(properties, 'mode')?.value === 'active-passive') return undefined;
  const most = autoscale.value.range.high;
  return { most, factor: Math.max(1, (most * Math.max(1, copies.length)) / load.replicas) };
}

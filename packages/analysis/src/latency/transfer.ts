import { type Design, type Estimate, type Figure, type Flow, type Hop, property, type Stop, TIME } from '@sysd/core';
import { compute, propertyLeaf, quantityLeaf } from '../figure/make.ts';
import { sizesOf } from '../traffic/bytes.ts';

/**
 * Time to send what a step says is sent, there and back, over the narrower end: undefined where it says no size; `unknown` where it does
 * but no end has a `bandwidth`.
 */
export function transferTime(design: Design, flow: Flow, hop: Hop, target: number): Estimate | 'unknown' | undefined {
  const { request, answer } = sizesOf(design, flow, hop);
  if (!request && !answer) return undefined;
  const ends = [hop.from, hop.to[target]?.stop as number].flatMap((stop): Figure[] => {
    const id = (flow.stops[stop] as Stop).component;
    const bandwidth = property(design.components.get(id)?.properties ?? new Map(), 'bandwidth');
    return bandwidth && bandwidth.value.value > 0 ? [propertyLeaf(`${id}.bandwidth`, bandwidth)] : [];
  });
  if (ends.length === 0) return 'unknown';
  const sizes = [request, answer].flatMap((size) => (size ? [quantityLeaf('size', size)] : []));
  return compute('time to send', 'size ÷ bandwidth of the narrower end', [...sizes, ...ends], TIME, (...values) => {
    const bytes = values.slice(0, sizes.length).reduce((n, v) => n + v, 0);
    return bytes / Math.min(...values.slice(sizes.length));
  });
}

import type { ElementId } from '@sysd/core';
import type { FailureContext } from '../component-failure.ts';
import { isOverCapacity } from '../over-capacity.ts';
import type { LoadShift } from './load-shift.ts';

/** Components that cannot carry the peak even with all of their instances. */
function overCapacityIn({ design, sizing }: FailureContext): ElementId[] {
  return [...design.components.values()].filter((c) => sizing !== undefined && isOverCapacity(c, sizing)).map((c) => c.id);
}

/** The same context, in which what cannot carry the peak does not do what it is used for. */
export function withOverload(context: FailureContext): FailureContext {
  const needed = new Map(overCapacityIn(context).map((id) => [id, Number.POSITIVE_INFINITY]));
  const overload: LoadShift = { down: [], without: new Set(), while: 'with what is left', needed };
  return { ...context, shifts: [overload] };
}

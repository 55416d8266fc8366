import type { Availability, Design, FailureEvent, FlowAvailability } from '@sysd/core';
import type { ExactOptions } from '../exact/exact-reliability.ts';
import { type LoadedDesign, loadedDesign } from '../loaded-design.ts';
import { flowAvailability } from './flow-availability.ts';
import { partsOf } from './later-work.ts';

export interface AvailabilityOptions extends Omit<ExactOptions, 'choiceOf'> {
  /** Only flows of which this is true. */
  readonly only?: (flow: string) => boolean;
}

/** Enough for every design that people write by hand; what takes more is answered with bounds, and says so. */
const BUDGET = { mostEvents: 2000, mostNodes: 300_000 };

/**
 * How available each flow is, against its objectives, and what makes it fail: single failures, pairs, numbers of minimal cut sets,
 * importances. Exact where the budgets of nodes allow, else bounds. Takes up to seconds, so it is for commands and pages, not for every
 * keystroke. Deterministic; never throws for what the author wrote.
 */
export function availabilityOf(
  design: Design,
  loaded: LoadedDesign = loadedDesign(design),
  options: AvailabilityOptions = {},
): Availability {
  const { only = () => true, ...budget } = options;
  const order = new Map([...design.components.keys(), ...design.places.keys()].map((id, i) => [id, i]));
  const at = (event: FailureEvent): number => order.get(event.element) ?? order.size;
  const flows: FlowAvailability[] = [];
  for (const flow of design.flows.values()) {
    if (!only(flow.id)) continue;
    for (const { completion } of partsOf(design, flow)) {
      flows.push(flowAvailability(loaded.shifting, flow, completion, at, { ...BUDGET, ...budget }));
    }
  }
  return { flows };
}

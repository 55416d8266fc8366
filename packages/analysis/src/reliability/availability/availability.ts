import type { Availability, Design, FailureEvent, FlowAvailability } from '@sysd/core';
import { type LoadedDesign, loadedDesign } from '../loaded-design.ts';
import { type FlowOptions, flowAvailability } from './flow-availability.ts';
import { hasLaterWork } from './later-work.ts';

export interface AvailabilityOptions extends FlowOptions {
  /** Only the answers and completions of which this is true. */
  readonly only?: (flow: string, completion: boolean) => boolean;
}

/** Enough for every design that people write by hand; what takes more is answered with bounds, and says so. */
const BUDGET = { mostEvents: 2000, mostNodes: 300_000 };

/** What one flow may take where somebody waits for many: some tens of milliseconds. */
export const QUICK_BUDGET: FlowOptions = { mostEvents: 2000, mostNodes: 50_000, mostPairWords: 2e7 };

/**
 * How available each flow is, against its objectives, and what makes it fail: single failures, pairs, numbers of minimal cut sets,
 * importances. Exact where the budgets of nodes allow, else bounds. Takes up to seconds, so it is for commands and pages, not for every
 * keystroke. Deterministic; never throws for what the author wrote.
 */
export function availabilityOf(
  design: Design,
  { context }: LoadedDesign = loadedDesign(design),
  options: AvailabilityOptions = {},
): Availability {
  const { only = () => true, ...budget } = options;
  const order = new Map([...design.components.keys(), ...design.places.keys()].map((id, i) => [id, i]));
  const at = (event: FailureEvent): number => order.get(event.element) ?? order.size;
  const flows: FlowAvailability[] = [];
  for (const flow of design.flows.values()) {
    for (const completion of hasLaterWork(design, flow) ? [false, true] : [false]) {
      if (only(flow.id, completion)) flows.push(flowAvailability(context, flow, completion, at, { ...BUDGET, ...budget }));
    }
  }
  return { flows };
}

/**
 * Flows with an availability objective, their answers and completions, in text order, within `QUICK_BUDGET`: what `objective-missed` looks
 * at. Yields between flows, so that a host can see to other things.
 */
export function* objectivesOf(
  design: Design,
  loaded: () => LoadedDesign = () => loadedDesign(design),
): Generator<void, FlowAvailability[]> {
  const found: FlowAvailability[] = [];
  for (const flow of design.flows.values()) {
    if (!flow.objectives.some((o) => o.metric === 'availability')) continue;
    const only = (id: string): boolean => id === flow.id;
    const { flows } = availabilityOf(design, loaded(), { ...QUICK_BUDGET, only });
    found.push(...flows.filter((f) => f.objectives.length > 0));
    yield;
  }
  return found;
}

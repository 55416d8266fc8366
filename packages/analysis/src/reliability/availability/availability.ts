import type { Availability, Design, ElementId, FailureEvent, Flow, FlowAvailability } from '@sysd/core';
import { type LoadedDesign, loadedDesign } from '../loaded-design.ts';
import { type FlowOptions, flowAvailability } from './flow-availability.ts';
import { partsOf } from './later-work.ts';

export interface AvailabilityOptions extends FlowOptions {
  /** Only the answers and completions of which this is true. */
  readonly only?: (flow: string, completion: boolean) => boolean;
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
  const at = placeIn(design);
  const flows: FlowAvailability[] = [];
  for (const flow of design.flows.values()) {
    for (const { completion } of partsOf(design, flow)) {
      if (only(flow.id, completion)) flows.push(flowAvailability(loaded.shifting, flow, completion, at, { ...BUDGET, ...budget }));
    }
  }
  return { flows };
}

/** Places of events in the text, by design: they are asked for flow by flow. */
const orders = new WeakMap<Design, ReadonlyMap<ElementId, number>>();

function placeIn(design: Design): (event: FailureEvent) => number {
  const known = orders.get(design);
  const order = known ?? new Map([...design.components.keys(), ...design.places.keys()].map((id, i) => [id, i]));
  if (!known) orders.set(design, order);
  return (event) => order.get(event.element) ?? order.size;
}

/** What one flow may take where somebody waits for many: some tens of milliseconds. */
const QUICK_BUDGET: FlowOptions = { mostEvents: 2000, mostNodes: 30_000, mostPairWords: 5e6 };

/** The availability of one flow, its answer before its completion, within the budget of those who wait. */
export function quickAvailability(design: Design, flow: string, loaded?: LoadedDesign): readonly FlowAvailability[] {
  return availabilityOf(design, loaded, { ...QUICK_BUDGET, only: (id) => id === flow }).flows;
}

/** The same of its answer or its completion alone, without pairs; undefined where there is none. */
export function quickReliability(
  design: Design,
  { flow, completion }: Pick<FlowAvailability, 'flow' | 'completion'>,
  loaded?: LoadedDesign,
): FlowAvailability | undefined {
  const only = (id: string, part: boolean): boolean => id === flow && part === completion;
  return availabilityOf(design, loaded, { ...QUICK_BUDGET, mostPairWords: 0, only }).flows[0];
}

/** Whether somebody promises how available a flow is. */
export const hasAvailabilityObjective = (flow: Flow): boolean => flow.objectives.some((o) => o.metric === 'availability');

/**
 * Flows with an availability objective, their answers and completions, in text order: what `objective-missed` looks at. Yields between flows,
 * so that a host can see to other things. `of` is asked for each; unless given, it computes them.
 */
export function* objectivesOf(
  design: Design,
  of: (flow: string) => readonly FlowAvailability[] = computing(design),
): Generator<void, readonly FlowAvailability[]> {
  const found: FlowAvailability[] = [];
  for (const flow of design.flows.values()) {
    if (!hasAvailabilityObjective(flow)) continue;
    found.push(...of(flow.id).filter((f) => f.objectives.length > 0));
    yield;
  }
  return found;
}

function computing(design: Design): (flow: string) => readonly FlowAvailability[] {
  let loaded: LoadedDesign | undefined;
  return (flow) => {
    loaded ??= loadedDesign(design);
    return quickAvailability(design, flow, loaded);
  };
}

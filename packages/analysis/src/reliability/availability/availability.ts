import type { Availability, Design, FailureEvent, FlowAvailability } from '@sysd/core';
import { type TrafficModel, trafficOf } from '../../traffic/traffic.ts';
import { type FailureContext, meshesOf } from '../component-failure.ts';
import type { ExactOptions } from '../exact/exact-reliability.ts';
import { loadBearingCaches } from '../load-bearing.ts';
import { outcomesOf } from '../outcomes.ts';
import { flowAvailability } from './flow-availability.ts';
import { hasLaterWork } from './later-work.ts';

export interface AvailabilityOptions extends Omit<ExactOptions, 'choiceOf'> {
  /** Only flows of which this is true. */
  readonly only?: (flow: string) => boolean;
}

/** Enough for every design that people write by hand; what takes more is answered with bounds, and says so. */
const BUDGET = { mostEvents: 2000, mostNodes: 300_000 };

/** The traffic of a design as it is in its scenario: what `availabilityOf` and `failureContext` read beside it. */
export function trafficModelOf(design: Design): TrafficModel {
  return trafficOf(design, outcomesOf(design));
}

/** What the failure functions read at the load of a design: sizes at peak, and the caches that carry load. */
export function failureContext(design: Design, model: TrafficModel): FailureContext {
  const loadBearing = new Set(loadBearingCaches(design, model).keys());
  return { design, sizing: model.sizing, loadBearing, meshes: meshesOf(design) };
}

/**
 * How available each flow is, against its objectives, and what makes it fail: single failures, pairs, numbers of minimal cut sets,
 * importances. Exact where the budgets of nodes allow, else bounds. Takes up to seconds, so it is for commands and pages, not for every
 * keystroke. Deterministic; never throws for what the author wrote.
 */
export function availabilityOf(
  design: Design,
  model: TrafficModel = trafficModelOf(design),
  options: AvailabilityOptions = {},
): Availability {
  const { only = () => true, ...budget } = options;
  const context = failureContext(design, model);
  const order = new Map([...design.components.keys(), ...design.places.keys()].map((id, i) => [id, i]));
  const at = (event: FailureEvent): number => order.get(event.element) ?? order.size;
  const flows: FlowAvailability[] = [];
  for (const flow of design.flows.values()) {
    if (!only(flow.id)) continue;
    for (const completion of hasLaterWork(design, flow) ? [false, true] : [false]) {
      flows.push(flowAvailability(context, flow, completion, at, { ...BUDGET, ...budget }));
    }
  }
  return { flows };
}

import type { Design, Latency } from '@sysd/core';
import { type LoadedDesign, loadedDesign } from '../reliability/loaded-design.ts';
import { flowLatencies } from './flow-latency.ts';

/**
 * Latency of every flow of a design, in its scenario. Takes milliseconds a flow, so it is for commands and pages, not for every keystroke. Deterministic;
 * never throws for what the author wrote.
 */
export function latencyOf(design: Design, { traffic, outcomes }: LoadedDesign = loadedDesign(design)): Latency {
  const flows = [...design.flows.values()].flatMap((flow) => {
    const outcome = outcomes.get(flow.id);
    return flowLatencies({ design, traffic, ...(outcome ? { outcome } : {}) }, flow);
  });
  return { flows };
}

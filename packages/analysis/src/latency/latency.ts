import type { Design, FlowLatency, Latency } from '@sysd/core';
import { hasLaterWork } from '../reliability/availability/later-work.ts';
import { type LoadedDesign, loadedDesign } from '../reliability/loaded-design.ts';
import { flowLatency } from './flow-latency.ts';

/**
 * Latency of every flow of a design, in its scenario. Takes milliseconds a flow, so it is for commands and pages, not for every keystroke. Deterministic;
 * never throws for what the author wrote.
 */
export function latencyOf(design: Design, { traffic, outcomes }: LoadedDesign = loadedDesign(design)): Latency {
  const flows = [...design.flows.values()].flatMap((flow): FlowLatency[] => {
    const outcome = outcomes.get(flow.id);
    const input = { design, traffic, ...(outcome ? { outcome } : {}) };
    return (hasLaterWork(design, flow) ? [false, true] : [false]).map((completion) => flowLatency(input, flow, completion));
  });
  return { flows };
}

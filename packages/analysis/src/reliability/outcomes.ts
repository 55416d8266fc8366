import type { Design, ElementId } from '@sysd/core';
import type { FlowOutcome } from '../traffic/outcomes.ts';
import { meshesOf } from './component-failure.ts';
import { flowFailure, type StopUse } from './flow-failure.ts';
import { singleFailures } from './single-failures.ts';

/**
 * What the scenario of a design makes of each flow: which steps have failed, so that their `else` is taken and their callers retry.
 * Load is left out (no capacity makes an instance indispensable here): rates follow from this, so this cannot follow from rates.
 */
export function outcomesOf(design: Design): Map<ElementId, FlowOutcome> | undefined {
  if (design.failed.length === 0) return undefined;
  const context = { design, loadBearing: new Set<ElementId>(), meshes: meshesOf(design) };
  const outcomes = new Map<ElementId, FlowOutcome>();
  for (const flow of design.flows.values()) {
    const failure = flowFailure(context, flow, false);
    const { fails } = singleFailures(failure.tree);
    const failed = (node: number): boolean => fails[node] ?? false;
    outcomes.set(flow.id, {
      down: failure.down.map((uses) => (uses.length === 0 ? 0 : Math.min(...uses.map((use) => lostShare(use, failed))))),
      stepFails: failure.steps.map(failed),
      targetFails: failure.targets.map((nodes) => nodes.map(failed)),
    });
  }
  return outcomes;
}

/** Share of the requests that go to copies which have failed. */
function lostShare(use: StopUse, failed: (node: number) => boolean): number {
  const lost = use.copies.filter(failed).length;
  if (use.pinned) return lost / use.copies.length;
  return lost === use.copies.length ? 1 : 0;
}

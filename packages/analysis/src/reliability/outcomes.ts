import {
  type Component,
  type Derived,
  DerivedMap,
  type ElementId,
  type Flow,
  keepData,
  type RecordedDesign,
  type RecordedMap,
  type Recorder,
} from '@sysd/core';
import type { FlowOutcome } from '../traffic/outcomes.ts';
import type { FailureContext } from './component-failure.ts';
import { type FlowFailure, flowFailure, type StopUse } from './flow-failure.ts';
import { singleFailures } from './single-failures.ts';

/**
 * What the scenario of a design makes of each flow: which steps have failed, so that their `else` is taken and their callers retry.
 * Load is left out (no capacity makes an instance indispensable here): rates follow from this, so this cannot follow from rates.
 * Empty where nothing has failed.
 */
export function outcomesOf(
  recorder: Recorder,
  design: RecordedDesign,
  meshes: Derived<readonly Component[]>,
): { readonly outcomes: RecordedMap<FlowOutcome>; readonly update: () => void } {
  const outcomes = new DerivedMap<FlowOutcome>(recorder, keepData);
  const context: FailureContext = {
    design,
    loadBearing: new Map(),
    get meshes() {
      return meshes.value;
    },
  };
  const update = (): void => {
    const none = design.plain.failed.length === 0;
    outcomes.update(none ? NO_FLOWS : design.flows.ids, (id) => outcomeOf(context, design.flows.get(id) as Flow));
  };
  return { outcomes, update };
}

const NO_FLOWS: readonly ElementId[] = [];

function outcomeOf(context: FailureContext, flow: Flow): FlowOutcome {
  const failure = flowFailure(context, flow, false);
  const { fails } = singleFailures(failure.tree);
  return outcomeFrom(failure, (node) => fails[node] ?? false);
}

/** What becomes of a flow where these nodes of its failure function fail. */
export function outcomeFrom(failure: FlowFailure, failed: (node: number) => boolean): FlowOutcome {
  return {
    down: failure.down.map((uses) => (uses.length === 0 ? 0 : Math.min(...uses.map((use) => lostShare(use, failed))))),
    stepFails: failure.steps.map(failed),
    targetFails: failure.targets.map((nodes) => nodes.map(failed)),
    copyFails: failure.spread.map((targets) => targets.map((nodes) => nodes.map(failed))),
    startFails: failure.starts.map(failed),
    copyDown: failure.down.map((uses) => copiesDown(uses, failed)),
  };
}

/** A copy is down at a stop where none of the ways in which it is entered works. */
function copiesDown(uses: readonly StopUse[], failed: (node: number) => boolean): boolean[] {
  const down: boolean[] = [];
  for (const use of uses) {
    use.at.forEach((copy, i) => {
      down[copy] = (down[copy] ?? true) && failed(use.copies[i] as number);
    });
  }
  return Array.from(down, (copy) => copy ?? false);
}

/** Share of the requests that go to copies which have failed. */
function lostShare(use: StopUse, failed: (node: number) => boolean): number {
  const lost = use.copies.filter(failed).length;
  if (use.pinned) return lost / use.copies.length;
  return lost === use.copies.length ? 1 : 0;
}

import { objectivesOf } from '@sysd/analysis';
import type { Design, Diagnostic, FlowAvailability } from '@sysd/core';
import { asksAboutObjectives, judgeObjectives } from '@sysd/rules';
import type { Severities } from './assess.ts';

/**
 * What is found of the availability objectives of a design: whole-design work, exact, and so apart from `assess`. Yields between flows, so
 * that a host can see to other things meanwhile. `of` says how available a flow is, where that is known already.
 */
export function* objectiveFindings(
  design: Design,
  severities: Severities = new Map(),
  of?: (flow: string) => readonly FlowAvailability[],
): Generator<void, readonly Diagnostic[]> {
  if (design.failed.length > 0 || !asksAboutObjectives({ severities })) return [];
  const reached = yield* objectivesOf(design, of);
  return judgeObjectives(design, reached, { severities });
}

/** Runs work to its end at once, for hosts that have nothing else to do. */
export function finish<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

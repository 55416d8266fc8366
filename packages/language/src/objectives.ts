import { type LoadedDesign, objectivesOf } from '@sysd/analysis';
import type { Design, Diagnostic } from '@sysd/core';
import { asksAboutObjectives, judgeObjectives } from '@sysd/rules';
import type { Severities } from './assess.ts';

/**
 * What is found of the availability objectives of a design: whole-design work, exact, and so apart from `assess`. Yields between flows, so
 * that a host can see to other things meanwhile; `loaded` is asked for only where there is an objective.
 */
export function* objectiveFindings(
  design: Design,
  severities: Severities = new Map(),
  loaded?: () => LoadedDesign,
): Generator<void, readonly Diagnostic[]> {
  if (design.failed.length > 0 || !asksAboutObjectives({ severities })) return [];
  const reached = yield* objectivesOf(design, loaded);
  return judgeObjectives(design, reached, { severities });
}

/** Runs work to its end at once, for hosts that have nothing else to do. */
export function finish<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

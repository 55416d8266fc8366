import { scenarioText } from '@sysd/core';
import type { Assessment } from '../../assess.ts';
import type { PreviewScenarios } from '../protocol.ts';
import type { DesignState } from '../session/design-state.ts';

/** A design as it is asked for: in a scenario of it, or as designed where that cannot be. */
export interface InView {
  readonly assessment: Assessment;
  readonly scenarios?: PreviewScenarios;
}

/**
 * Yields where there is a scenario to compute, between steps.
 *
 * @param asked title of a scenario, or whatever a client sent
 */
export function* inView(state: DesignState, asked: unknown): Generator<void, InView> {
  const all = state.design.scenarios.map((scenario) => ({
    title: scenario.id,
    text: scenarioText(scenario),
    sets: scenario.overrides.length > 0,
  }));
  if (typeof asked !== 'string') return { assessment: state.assessment(), ...(all.length > 0 ? { scenarios: { all } } : {}) };
  const found = yield* state.inScenario(asked);
  if ('problem' in found) return { assessment: state.assessment(), scenarios: { all, problem: found.problem } };
  return { assessment: found, scenarios: { all, shown: asked } };
}

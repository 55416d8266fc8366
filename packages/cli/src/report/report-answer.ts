import { componentEffectsOf, effectsOf } from '@sysd/analysis';
import type { Diagnostic, Quantity } from '@sysd/core';
import type { FailureOverlay } from '@sysd/diagram';
import { type Lowered, lowerProject } from '@sysd/language';
import { type AvailabilityAnswer, availabilityAnswer } from '../availability-answer.ts';
import { type Checked, designOf } from '../designs.ts';
import { type EstimateAnswer, estimateOf } from '../estimate-answer.ts';
import { CouldNotRun } from '../fail.ts';
import { type DesignUnderFailure, underFailure } from '../failure.ts';
import { type ScenarioColumn, scenarioColumns } from '../scenarios.ts';

export interface ReportOptions {
  readonly scenario?: string;
  /** What is set besides, as a line of a scenario would: `users.daily-active=1G`. */
  readonly set?: readonly string[];
  /** Every flow starts so many times as often. */
  readonly traffic?: number;
  /** How far in the future the design is seen, a time. */
  readonly horizon?: Quantity;
  readonly fail?: readonly string[];
}

/** All that a report tells of a design: the answers of the other commands. */
export interface ReportAnswer {
  readonly estimate: EstimateAnswer;
  readonly availability: AvailabilityAnswer;
  /** Findings as `sysd check` tells them, accepted ones among them; where something has failed those that are new with it. */
  readonly findings: readonly Diagnostic[];
  /** Set where something has failed in the design. */
  readonly failure?: DesignUnderFailure & { readonly overlay: FailureOverlay };
  /** The design and its scenarios side by side, or why they cannot be compared; nothing where there are none. */
  readonly scenarios?: readonly [ScenarioColumn, ...ScenarioColumn[]] | { readonly notCompared: string };
}

/**
 * Answers all questions about a checked design.
 *
 * @throws CouldNotRun where its text has errors, or is no design
 */
export function reportAnswer({ lowered, assessment, diagnostics }: Checked, options: ReportOptions): ReportAnswer {
  const design = designOf(lowered, options);
  if (!assessment) throw new CouldNotRun('there is no design to report on');
  const failure =
    design.failed.length === 0
      ? undefined
      : { ...underFailure(assessment), overlay: { flows: effectsOf(design), components: componentEffectsOf(design) } };
  const scenarios = comparison(lowered, options);
  return {
    estimate: estimateOf(assessment),
    availability: availabilityAnswer(design),
    findings: failure ? failure.findings : diagnostics,
    ...(failure ? { failure } : {}),
    ...(scenarios ? { scenarios } : {}),
  };
}

/** Against the design in no scenario, whichever the report is of. */
function comparison(lowered: Lowered, { scenario, set, fail, traffic, horizon }: ReportOptions): ReportAnswer['scenarios'] {
  if (lowered.design.scenarios.length === 0) return undefined;
  const options = {
    ...(set ? { set } : {}),
    ...(fail ? { fail } : {}),
    ...(traffic === undefined ? {} : { traffic }),
    ...(horizon ? { horizon } : {}),
  };
  try {
    return scenarioColumns(scenario === undefined ? lowered : lowerProject(lowered.project, options), options);
  } catch (error) {
    if (!(error instanceof CouldNotRun)) throw error;
    return { notCompared: error.message };
  }
}

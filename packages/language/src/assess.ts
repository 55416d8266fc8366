import { analyser, type LoadedDesign } from '@sysd/analysis';
import type { Analysis, Design, Diagnostic, Severity } from '@sysd/core';
import { ruleRunner } from '@sysd/rules';
import { finish } from './objectives.ts';

/** What hosts show of a design: the results of every analysis and the findings of every rule, `accept`s applied. */
export interface Assessment {
  readonly design: Design;
  readonly analysis: Analysis;
  /** Findings of rules. Errors of the language itself come from lowering. */
  readonly findings: readonly Diagnostic[];
  /** What failure functions read, for what is computed of them apart. */
  readonly loaded: () => LoadedDesign;
}

/** Severity per rule id, as the user set it; `off` silences a rule. */
export type Severities = ReadonlyMap<string, Severity | 'off'>;

/**
 * Assesses the versions of one design, one after another. What it gives is what `assess` gives; but results and findings that did not
 * change are the same objects as for the version before, if the elements of the design are that did not change.
 */
export function assessor(): (design: Design, severities?: Severities) => Assessment {
  const assess = assessorInSteps();
  return (design, severities) => finish(assess(design, severities));
}

/** The same, for hosts that see to other things between analyses and rules. What is left half way holds nothing up: the next version follows. */
export function assessorInSteps(): (design: Design, severities?: Severities) => Generator<void, Assessment> {
  const analyse = analyser();
  const runRules = ruleRunner();
  return function* (design, severities = new Map()) {
    const analysis = analyse(design);
    yield;
    return { design, analysis, findings: runRules(design, analysis, { severities }), loaded: () => analyse.loaded(design) };
  };
}

/** Analyses a design and runs the rules: the one way from a Design to results, for the server and the command line alike. */
export function assess(design: Design, severities: Severities = new Map()): Assessment {
  return assessor()(design, severities);
}

import { effectsOf, headroomOf, loadAnalyser, measuresOf } from '@sysd/analysis';
import { type Design, type FlowEffect, type Headroom, known, type Measure } from '@sysd/core';
import { type Lowered, type LowerOptions, lowerProject } from '@sysd/language';
import { designOf, NotInDesign } from './designs.ts';
import { shortName } from './files.ts';

/** A design in one of its scenarios, or (the first column) in none. */
export interface ScenarioColumn {
  readonly design: Design;
  readonly measures: readonly Measure[];
  readonly headroom: readonly Headroom[];
  readonly effects: readonly FlowEffect[];
}

/**
 * Evaluates a design as it is and in every scenario of it, in text order; each with what is set and failed besides.
 *
 * @param options those by which it was lowered
 */
export function scenarioColumns(
  lowered: Lowered,
  options: Pick<LowerOptions, 'set' | 'fail' | 'traffic' | 'horizon'>,
): readonly [ScenarioColumn, ...ScenarioColumn[]] {
  const analyse = loadAnalyser();
  const column = (design: Design): ScenarioColumn => {
    const analysis = analyse(design);
    return {
      design,
      measures: measuresOf(design, analysis),
      headroom: headroomOf(design, analysis.traffic),
      effects: effectsOf(design),
    };
  };
  const baseline = designOf(lowered, options);
  if (baseline.scenarios.length === 0)
    throw new NotInDesign({
      message: 'there is no scenario to compare: scenario "Black Friday" { users.peak: 10x } would be one',
      file: shortName(baseline.uri),
    });
  const inScenario = (scenario: string): Design => {
    const applied = { ...options, scenario };
    return designOf(lowerProject(lowered.project, applied), applied);
  };
  return [column(baseline), ...baseline.scenarios.map(({ id }) => column(inScenario(id)))];
}

/** How a measure differs from that of the baseline: more, less, known where the other is not, or not at all (beyond rounding noise). */
export function changeOf(baseline: Measure | undefined, measure: Measure | undefined): 'more' | 'less' | 'known' | 'unknown' | undefined {
  const [before, now] = [known(baseline?.estimate), known(measure?.estimate)];
  if (before === undefined || now === undefined) return before === now ? undefined : now === undefined ? 'unknown' : 'known';
  if (Math.abs(now - before) <= 1e-9 * Math.max(Math.abs(now), Math.abs(before))) return undefined;
  return now > before ? 'more' : 'less';
}

import type { PreviewScenarios } from '@sysd/language/protocol';

/** An entry of the list of scenarios. */
export interface Choice {
  /** Undefined for the design as it is. */
  readonly title: string | undefined;
  readonly label: string;
  /** What the scenario says. */
  readonly text: string;
}

const AS_DESIGNED: Choice = { title: undefined, label: 'as designed', text: '' };

/** What can be chosen: the design as it is, its scenarios in text order, and one that was chosen and is no longer there. */
export function choicesOf(scenarios: PreviewScenarios | undefined, chosen: string | undefined): Choice[] {
  const all = scenarios?.all ?? [];
  const gone =
    chosen === undefined || all.some((one) => one.title === chosen) ? [] : [{ title: chosen, label: `${chosen} (gone)`, text: '' }];
  return [AS_DESIGNED, ...all.map(({ title, text }) => ({ title, label: title, text })), ...gone];
}

/** Whether an answer is about what is chosen now: another may have been chosen since it was asked for. */
export const isAnswerTo = (chosen: string | undefined, scenarios: PreviewScenarios | undefined): boolean =>
  scenarios === undefined || (scenarios.problem === undefined ? scenarios.shown === chosen : chosen !== undefined);

/** Said above the drawing where it cannot be shown as chosen. */
export const problemInWords = (scenarios: PreviewScenarios | undefined): string[] =>
  scenarios?.problem === undefined ? [] : [`${scenarios.problem} The drawing is as designed.`];

/** What a screen reader is told when another scenario is shown. */
export function scenarioAloud(scenarios: PreviewScenarios | undefined): string {
  const shown = scenarios?.all.find((one) => one.title === scenarios.shown);
  return shown ? `Scenario ${shown.title}: ${shown.text}.` : 'As designed.';
}

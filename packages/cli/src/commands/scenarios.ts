import type { Quantity } from '@sysd/core';
import type { Answer } from '../answer.ts';
import { eachDesign } from '../designs.ts';
import { CouldNotRun } from '../fail.ts';
import { toldMarkdown, toldText } from '../formatters/parts.ts';
import { scenariosJson } from '../formatters/scenarios-json.ts';
import { scenariosParts } from '../formatters/scenarios-parts.ts';
import { lowerOptionsOf } from '../lower-options.ts';
import { scenarioColumns } from '../scenarios.ts';

export interface ScenariosOptions {
  readonly format: 'text' | 'json' | 'markdown' | 'csv';
  readonly set?: readonly string[];
  readonly traffic?: number;
  readonly horizon?: Quantity;
  readonly fail?: readonly string[];
}

/** `sysd estimate --scenarios`: every design among the paths as it is and in each of its scenarios, side by side. */
export function compareScenarios(paths: readonly string[], { format, ...given }: ScenariosOptions): Answer {
  if (format === 'csv') throw new CouldNotRun('--scenarios has no form csv: they are compared as text, json or markdown');
  const options = lowerOptionsOf(given);
  const { designs, notes, broken } = eachDesign(paths, options, (lowered) => scenarioColumns(lowered, options));
  const told = format === 'markdown' ? toldMarkdown : toldText;
  const output =
    format === 'json' ? `${JSON.stringify(designs.map(scenariosJson), null, 2)}\n` : designs.map((d) => told(scenariosParts(d))).join('\n');
  return { output, notes, code: broken ? 2 : 0 };
}

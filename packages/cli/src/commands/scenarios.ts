import { designsAmong } from '../designs.ts';
import { CouldNotRun } from '../fail.ts';
import { scenariosJson } from '../formatters/scenarios-json.ts';
import { scenariosText } from '../formatters/scenarios-text.ts';
import { scenarioColumns } from '../scenarios.ts';

export interface ScenariosOptions {
  readonly format: 'text' | 'json' | 'csv';
  readonly set?: readonly string[];
  readonly fail?: readonly string[];
}

/** `sysd estimate --scenarios`: every design among the paths as it is and in each of its scenarios, side by side. */
export function compareScenarios(paths: readonly string[], { format, set, fail }: ScenariosOptions): string {
  if (format === 'csv') throw new CouldNotRun('--format csv is a form of sweeps; scenarios are compared as text or json');
  const compared = designsAmong(paths).map((uri) => scenarioColumns(uri, { ...(set ? { set } : {}), ...(fail ? { fail } : {}) }));
  if (format === 'json') return `${JSON.stringify(compared.map(scenariosJson), null, 2)}\n`;
  return compared.map(scenariosText).join('\n');
}

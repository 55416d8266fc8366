import { CouldNotRun } from '../fail.ts';
import { compareScenarios } from './scenarios.ts';
import { sweepDesign } from './sweep.ts';

/** What `sysd estimate` may be asked instead of the plain estimate; one of them at a time. */
export interface WhatIfOptions {
  readonly format: 'text' | 'json' | 'csv';
  /** A value over a range: `users.daily-active=1M..1G`. */
  readonly sweep?: string;
  /** File for a drawing of the sweep. */
  readonly chart?: string;
  readonly force?: boolean;
  /** All scenarios of the design side by side. */
  readonly scenarios?: boolean;
  readonly scenario?: string;
  readonly set?: readonly string[];
  readonly fail?: readonly string[];
}

/** The answer to a question what if; undefined where none was asked. */
export function whatIf(paths: readonly string[], options: WhatIfOptions): string | undefined {
  const { sweep, chart, format, scenario, scenarios } = options;
  if (chart !== undefined && sweep === undefined)
    throw new CouldNotRun('--chart draws a sweep: say what runs over which range, as in --sweep users.daily-active=1M..1G');
  if (scenarios) {
    const other = sweep !== undefined ? '--sweep' : scenario !== undefined ? '--scenario' : undefined;
    if (other) throw new CouldNotRun(`--scenarios compares all scenarios, and goes not with ${other}: leave one of them out`);
    return compareScenarios(paths, options);
  }
  if (sweep !== undefined) return sweepDesign(paths, { ...options, sweep });
  if (format === 'csv')
    throw new CouldNotRun('--format csv is a form of sweeps: say what runs over which range, as in --sweep users.daily-active=1M..1G');
  return undefined;
}

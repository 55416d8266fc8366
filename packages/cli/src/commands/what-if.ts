import { CouldNotRun } from '../fail.ts';
import { estimateBands } from './bands.ts';
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
  /** Samples of the ranges in the design: how many, or as many as are usual. */
  readonly bands?: string | boolean;
  readonly scenario?: string;
  readonly set?: readonly string[];
  readonly fail?: readonly string[];
}

/** The answer to a question what if; undefined where none was asked. */
export function whatIf(paths: readonly string[], options: WhatIfOptions): string | undefined {
  const { sweep, chart, format, scenario, scenarios = false, bands } = options;
  if (chart !== undefined && sweep === undefined)
    throw new CouldNotRun('--chart draws a sweep: say what runs over which range, as in --sweep users.daily-active=1M..1G');
  const asked = [
    ...(sweep === undefined ? [] : ['--sweep']),
    ...(bands === undefined || bands === false ? [] : ['--bands']),
    ...(scenarios ? ['--scenarios', ...(scenario === undefined ? [] : ['--scenario'])] : []),
  ];
  if (asked.length > 1) throw new CouldNotRun(`${asked.join(' and ')} do not go together: ask for one of them`);
  if (scenarios) return compareScenarios(paths, options);
  if (sweep !== undefined) return sweepDesign(paths, { ...options, sweep });
  if (bands !== undefined && bands !== false) return estimateBands(paths, { ...options, bands });
  if (format === 'csv')
    throw new CouldNotRun('--format csv is a form of sweeps: say what runs over which range, as in --sweep users.daily-active=1M..1G');
  return undefined;
}

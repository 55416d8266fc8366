import type { Quantity } from '@sysd/core';
import type { Answer } from '../answer.ts';
import { CouldNotRun } from '../fail.ts';
import { estimateBands } from './bands.ts';
import { compareScenarios } from './scenarios.ts';
import { sweepDesign } from './sweep.ts';

/** What `sysd estimate` may be asked instead of the plain estimate; one of them at a time. */
export interface WhatIfOptions {
  readonly format: 'text' | 'json' | 'markdown' | 'csv';
  /** A value over a range: `users.daily-active=1M..1G`. */
  readonly sweep?: string;
  /** File for a drawing of the sweep. */
  readonly chart?: string;
  readonly force?: boolean;
  /** All scenarios of the design side by side. */
  readonly scenarios?: boolean;
  /** What the ranges in the design make of its results. */
  readonly bands?: boolean;
  /** Samples of these ranges. */
  readonly samples?: string;
  readonly explain?: boolean;
  readonly scenario?: string;
  readonly set?: readonly string[];
  readonly traffic?: number;
  readonly horizon?: Quantity;
  readonly fail?: readonly string[];
}

/** The answer to a question what if; undefined where none was asked. */
export function whatIf(paths: readonly string[], options: WhatIfOptions): Answer | undefined {
  const { sweep, chart, scenario, scenarios = false, bands = false, samples, explain = false } = options;
  if (chart !== undefined && sweep === undefined)
    throw new CouldNotRun('--chart draws a sweep: say what runs over which range, as in --sweep users.daily-active=1M..1G');
  const asked = [
    ...(sweep === undefined ? [] : ['--sweep']),
    ...(bands ? ['--bands'] : []),
    ...(scenarios ? ['--scenarios', ...(scenario === undefined ? [] : ['--scenario'])] : []),
  ];
  if (asked.length > 1) throw new CouldNotRun(`${asked.join(' and ')} do not go together: ask for one of them`);
  if (samples !== undefined && !bands) throw new CouldNotRun('--samples says how many samples --bands takes: add --bands');
  const [question] = asked;
  if (question !== undefined && explain)
    throw new CouldNotRun(`--explain shows how the numbers of one estimate came about, not of ${question}; leave one of them out`);
  if (scenarios) return compareScenarios(paths, options);
  if (sweep !== undefined) return sweepDesign(paths, { ...options, sweep });
  if (bands) return estimateBands(paths, options);
  return undefined;
}

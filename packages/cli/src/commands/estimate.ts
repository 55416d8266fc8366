import { designsAmong, loadDesign } from '../designs.ts';
import { estimateJson } from '../formatters/estimate-json.ts';
import { estimateText } from '../formatters/estimate-text.ts';
import { type WhatIfOptions, whatIf } from './what-if.ts';

export interface EstimateOptions extends WhatIfOptions {
  readonly format: 'text' | 'json' | 'csv';
  readonly scenario?: string;
  /** What is set besides, as a line of a scenario would: `users.daily-active=1G`. */
  readonly set?: readonly string[];
  readonly fail?: readonly string[];
  readonly explain: boolean;
}

/** `sysd estimate`: the sizes of every design among the paths. */
export function estimate(paths: readonly string[], options: EstimateOptions): string {
  const answer = whatIf(paths, options);
  if (answer !== undefined) return answer;
  const uris = designsAmong(paths);
  const assessed = uris.map((uri) => loadDesign(uri, options));
  if (options.format === 'json')
    return `${JSON.stringify(
      assessed.map((a) => estimateJson(a.design, a.analysis, options)),
      null,
      2,
    )}\n`;
  return assessed.map((a) => estimateText(a.design, a.analysis, options)).join('\n');
}

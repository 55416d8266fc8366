import type { Quantity } from '@sysd/core';
import type { Answer } from '../answer.ts';
import { readDesigns } from '../designs.ts';
import { type EstimateAnswer, estimateAnswer } from '../estimate-answer.ts';
import { estimateCsv } from '../formatters/estimate-csv.ts';
import { estimateJson } from '../formatters/estimate-json.ts';
import { estimateMarkdown } from '../formatters/estimate-markdown.ts';
import { estimateText } from '../formatters/estimate-text.ts';
import { type WhatIfOptions, whatIf } from './what-if.ts';

export interface EstimateOptions extends WhatIfOptions {
  readonly format: 'text' | 'json' | 'markdown' | 'csv';
  readonly scenario?: string;
  /** What is set besides, as a line of a scenario would: `users.daily-active=1G`. */
  readonly set?: readonly string[];
  /** Every flow starts so many times as often. */
  readonly traffic?: number;
  readonly fail?: readonly string[];
  /** How far in the future the design is seen (`--in`), a time. */
  readonly horizon?: Quantity;
  readonly explain: boolean;
}

/**
 * `sysd estimate`: the sizes and latencies of every design among the paths, or what else is asked (`whatIf`). Exit code 2 where one of them is
 * broken; the others are answered all the same.
 */
export function estimate(paths: readonly string[], options: EstimateOptions): Answer {
  const answer = whatIf(paths, options);
  if (answer !== undefined) return answer;
  const { designs, notes, broken } = readDesigns(paths, options);
  const assessed = designs.map(estimateAnswer);
  return { output: written(assessed, options), notes, code: broken ? 2 : 0 };
}

function written(assessed: readonly EstimateAnswer[], options: EstimateOptions): string {
  switch (options.format) {
    case 'json':
      return `${JSON.stringify(
        assessed.map((a) => estimateJson(a, options)),
        null,
        2,
      )}\n`;
    case 'csv':
      return estimateCsv(assessed);
    case 'markdown':
      return assessed.map((a) => estimateMarkdown(a, options)).join('\n');
    case 'text':
      return assessed.map((a) => estimateText(a, options)).join('\n');
  }
}

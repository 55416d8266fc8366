import type { Quantity } from '@sysd/core';
import type { Answer } from '../answer.ts';
import { type AvailabilityAnswer, availabilityAnswer } from '../availability-answer.ts';
import { readDesigns } from '../designs.ts';
import { availabilityJson } from '../formatters/availability-json.ts';
import { availabilityMarkdown } from '../formatters/availability-markdown.ts';
import { availabilityReport } from '../formatters/availability-text.ts';

export interface AvailabilityCommandOptions {
  readonly format: 'text' | 'json' | 'markdown';
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
 * `sysd availability`: how available the flows of every design among the paths are, and what brings those to their objectives that miss
 * them. Exit code 1 where an objective is missed, 2 where a design is broken; the others are answered all the same.
 */
export function availability(paths: readonly string[], options: AvailabilityCommandOptions): Answer {
  const { designs, notes, broken } = readDesigns(paths, options);
  const answers = designs.map(availabilityAnswer);
  const missed = answers.some((a) => a.availability.flows.some((f) => f.objectives.some((o) => o.verdict === 'missed')));
  return { output: written(answers, options), notes, code: broken ? 2 : missed ? 1 : 0 };
}

function written(answers: readonly AvailabilityAnswer[], options: AvailabilityCommandOptions): string {
  switch (options.format) {
    case 'json':
      return `${JSON.stringify(
        answers.map((a) => availabilityJson(a, options)),
        null,
        2,
      )}\n`;
    case 'markdown':
      return answers.map((a) => availabilityMarkdown(a)).join('\n');
    case 'text':
      return answers.map((a) => availabilityReport(a, options)).join('\n');
  }
}

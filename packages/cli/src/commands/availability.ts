import { availabilityOf } from '@sysd/analysis';
import type { Availability, Design } from '@sysd/core';
import { designsAmong, readDesign } from '../designs.ts';
import { availabilityJson } from '../formatters/availability-json.ts';
import { availabilityMarkdown } from '../formatters/availability-markdown.ts';
import { availabilityReport } from '../formatters/availability-text.ts';

export interface AvailabilityCommandOptions {
  readonly format: 'text' | 'json' | 'markdown';
  readonly scenario?: string;
  /** What is set besides, as a line of a scenario would: `users.daily-active=1G`. */
  readonly set?: readonly string[];
  readonly fail?: readonly string[];
  readonly explain: boolean;
}

/** `sysd availability`: how available the flows of every design among the paths are. Exit code 1 where an objective is missed. */
export function availability(
  paths: readonly string[],
  options: AvailabilityCommandOptions,
): { readonly output: string; readonly code: 0 | 1 } {
  const answers = designsAmong(paths).map((uri) => {
    const design = readDesign(uri, options);
    return { design, availability: availabilityOf(design) };
  });
  const missed = answers.some((a) => a.availability.flows.some((f) => f.objectives.some((o) => o.verdict === 'missed')));
  return { output: written(answers, options), code: missed ? 1 : 0 };
}

interface Answer {
  readonly design: Design;
  readonly availability: Availability;
}

function written(answers: readonly Answer[], options: AvailabilityCommandOptions): string {
  switch (options.format) {
    case 'json':
      return `${JSON.stringify(
        answers.map((a) => availabilityJson(a.design, a.availability, options)),
        null,
        2,
      )}\n`;
    case 'markdown':
      return answers.map((a) => availabilityMarkdown(a.design, a.availability)).join('\n');
    case 'text':
      return answers.map((a) => availabilityReport(a.design, a.availability, options)).join('\n');
  }
}

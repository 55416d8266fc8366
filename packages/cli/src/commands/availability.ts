import { availabilityOf } from '@sysd/analysis';
import type { Availability, Design, ObjectiveResult } from '@sysd/core';
import { designBench, finish, improvementsOf } from '@sysd/language';
import { designsAmong, readDesign } from '../designs.ts';
import { readText } from '../files.ts';
import { availabilityJson } from '../formatters/availability-json.ts';
import { availabilityMarkdown } from '../formatters/availability-markdown.ts';
import { availabilityReport } from '../formatters/availability-text.ts';
import type { Found } from '../formatters/improvements-text.ts';

export interface AvailabilityCommandOptions {
  readonly format: 'text' | 'json' | 'markdown';
  readonly scenario?: string;
  readonly fail?: readonly string[];
  readonly explain: boolean;
}

/**
 * `sysd availability`: how available the flows of every design among the paths are, and what brings those to their objectives that miss
 * them. Exit code 1 where an objective is missed.
 */
export function availability(
  paths: readonly string[],
  options: AvailabilityCommandOptions,
): { readonly output: string; readonly code: 0 | 1 } {
  const answers = designsAmong(paths).map((uri) => {
    const design = readDesign(uri, options);
    const availability = availabilityOf(design);
    return { design, availability, improvements: improvementsIn(uri, design, availability, options) };
  });
  const missed = answers.some((a) => a.availability.flows.some((f) => f.objectives.some((o) => o.verdict === 'missed')));
  return { output: written(answers, options), code: missed ? 1 : 0 };
}

interface Answer {
  readonly design: Design;
  readonly availability: Availability;
  readonly improvements: ReadonlyMap<ObjectiveResult, Found>;
}

/** For each missed objective; not while something has failed, as the objective speaks of the whole year. */
function improvementsIn(
  root: string,
  design: Design,
  { flows }: Availability,
  { scenario }: AvailabilityCommandOptions,
): ReadonlyMap<ObjectiveResult, Found> {
  const found = new Map<ObjectiveResult, Found>();
  if (design.failed.length > 0) return found;
  const source = { readText, bench: designBench(root, scenario === undefined ? {} : { scenario }) };
  for (const { flow, completion, objectives } of flows) {
    for (const result of objectives) {
      if (result.verdict !== 'missed') continue;
      const answer = finish(improvementsOf(source, { flow, completion, objective: result.objective }));
      found.set(result, 'notEstimated' in answer ? answer : answer.improvements);
    }
  }
  return found;
}

function written(answers: readonly Answer[], options: AvailabilityCommandOptions): string {
  switch (options.format) {
    case 'json':
      return `${JSON.stringify(
        answers.map((a) => availabilityJson(a.design, a.availability, { ...options, improvements: a.improvements })),
        null,
        2,
      )}\n`;
    case 'markdown':
      return answers.map((a) => availabilityMarkdown(a.design, a.availability, a.improvements)).join('\n');
    case 'text':
      return answers.map((a) => availabilityReport(a.design, a.availability, { ...options, improvements: a.improvements })).join('\n');
  }
}

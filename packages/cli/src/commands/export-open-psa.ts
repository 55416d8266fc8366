import { faultModelOf, openPsaModel } from '@sysd/analysis';
import { type Design, didYouMean } from '@sysd/core';
import type { Answer } from '../answer.ts';
import { designNamed, readDesign } from '../designs.ts';
import { CouldNotRun } from '../fail.ts';
import { shortName } from '../files.ts';
import { writeFile } from '../write.ts';

export interface ExportOpenPsaOptions {
  readonly out?: string;
  /** Flows to export; all where none is named. */
  readonly flow: readonly string[];
  readonly scenario?: string;
  readonly fail?: readonly string[];
  readonly force: boolean;
}

const MARK = '<!-- Made by sysd. Exporting again replaces this file. -->';

/**
 * `sysd export open-psa`: the fault trees of a design's flows for other tools. An event whose availability nobody says stands in them without
 * a probability: its cut sets are right, and a tool that is asked for a probability refuses rather than take it for 0. `notes` are
 * for the error output.
 */
export function exportOpenPsa(path: string, options: ExportOpenPsaOptions): Answer {
  const uri = designNamed(path);
  const design = readDesign(uri, options);
  for (const flow of options.flow) {
    if (design.flows.has(flow)) continue;
    throw new CouldNotRun(noFlow(design, flow, shortName(uri)));
  }
  const model = faultModelOf(design, undefined, (flow) => options.flow.length === 0 || options.flow.includes(flow));
  const [refused] = model.refused;
  if (refused) throw new CouldNotRun(`${refused.name} cannot be written as a fault tree of single events: ${refused.reason}`);
  if (model.trees.length === 0) throw new CouldNotRun(`${shortName(uri)} has no flow, so nothing that can fail`);
  const xml = openPsaModel(model.trees).replace('\n', `\n${MARK}\n`);
  const notes = withoutValue(model.withoutValue);
  const pinned = model.trees.filter((t) => t.dag.choices.length > 0).map((t) => t.name);
  if (pinned.length > 0)
    notes.push(
      `note: requests of ${pinned.join(', ')} are pinned to copies: which one is drawn by events named copy-…, so these trees are not coherent`,
    );
  if (options.out === undefined) return { output: xml, notes, code: 0 };
  const wrote = writeFile(options.out, xml, { force: options.force, isOurs: (old) => old.includes(MARK) });
  return { output: '', notes: [...notes, ...wrote], code: 0 };
}

function noFlow(design: Design, flow: string, file: string): string {
  const near = didYouMean(flow, design.flows.keys());
  const all = [...design.flows.keys()].join(', ');
  return `there is no flow ${flow} in ${file}; ${near === undefined ? '' : `did you mean ${near}? `}${all === '' ? 'it has none' : `there is ${all}`}`;
}

/** Events that are named in a note. */
const NAMED = 3;

function withoutValue(ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const [has, stands] = ids.length === 1 ? ['has', 'it stands'] : ['have', 'they stand'];
  const more = ids.length - NAMED;
  const named = `${ids.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const what = ids.length === 1 ? named : `${ids.length} events (${named})`;
  return [`note: ${what} ${has} no availability; ${stands} in the model without a probability`];
}

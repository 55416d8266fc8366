import { faultModelOf, openPsaModel } from '@sysd/analysis';
import { didYouMean } from '@sysd/core';
import { readDesign } from '../designs.ts';
import { CouldNotRun } from '../fail.ts';
import { shortName, sysdFiles } from '../files.ts';
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
export function exportOpenPsa(path: string, options: ExportOpenPsaOptions): { readonly output: string; readonly notes: readonly string[] } {
  const [uri] = sysdFiles([path]);
  const design = readDesign(uri as string, options);
  for (const flow of options.flow) {
    if (design.flows.has(flow)) continue;
    const near = didYouMean(flow, design.flows.keys());
    throw new CouldNotRun(`there is no flow ${flow} in ${shortName(uri as string)}${near === undefined ? '' : `; did you mean ${near}?`}`);
  }
  const model = faultModelOf(design, undefined, (flow) => options.flow.length === 0 || options.flow.includes(flow));
  const [refused] = model.refused;
  if (refused) throw new CouldNotRun(`${refused.name} cannot be written as a fault tree of single events: ${refused.reason}`);
  if (model.trees.length === 0) throw new CouldNotRun(`${shortName(uri as string)} has no flow, so nothing that can fail`);
  const xml = openPsaModel(model.trees).replace('\n', `\n${MARK}\n`);
  const notes = model.withoutValue.map((id) => `note: ${id} has no availability; it stands in the model without a probability`);
  const pinned = model.trees.filter((t) => t.dag.choices.length > 0).map((t) => t.name);
  if (pinned.length > 0)
    notes.push(
      `note: requests of ${pinned.join(', ')} are pinned to copies: which one is drawn by events named copy-…, so these trees are not coherent`,
    );
  if (options.out === undefined) return { output: xml, notes };
  writeFile(options.out, xml, { force: options.force, isOurs: (old) => old.includes(MARK) });
  return { output: '', notes };
}

import { checkFiles, loadDesign } from '../designs.ts';
import { CouldNotRun } from '../fail.ts';
import { shortName, sysdFiles } from '../files.ts';
import { estimateJson } from '../formatters/estimate-json.ts';
import { estimateText } from '../formatters/estimate-text.ts';

export interface EstimateOptions {
  readonly format: 'text' | 'json';
  readonly scenario?: string;
  readonly explain: boolean;
}

/** `sysd estimate`: the sizes of every design among the paths. */
export function estimate(paths: readonly string[], options: EstimateOptions): string {
  const uris = designsAmong(paths);
  const assessed = uris.map((uri) => loadDesign(uri, options.scenario));
  if (options.format === 'json')
    return `${JSON.stringify(
      assessed.map((a) => estimateJson(a.design, a.analysis, options)),
      null,
      2,
    )}\n`;
  return assessed.map((a) => estimateText(a.design, a.analysis, options)).join('\n');
}

/** Files with `system`; a file that is named alone must be one. */
function designsAmong(paths: readonly string[]): string[] {
  const uris = sysdFiles(paths);
  if (uris.length === 1) return uris;
  const designs = checkFiles(uris).flatMap((c) => (c.assessment ? [c.project.root.uri] : []));
  if (designs.length === 0) throw new CouldNotRun(`none of ${uris.map(shortName).join(', ')} is a design: no \`system NAME\` line`);
  return designs;
}

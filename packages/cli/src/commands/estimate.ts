import { designsAmong, loadDesign } from '../designs.ts';
import { estimateJson } from '../formatters/estimate-json.ts';
import { estimateText } from '../formatters/estimate-text.ts';

export interface EstimateOptions {
  readonly format: 'text' | 'json';
  readonly scenario?: string;
  /** What is set besides, as a line of a scenario would: `users.daily-active=1G`. */
  readonly set?: readonly string[];
  readonly fail?: readonly string[];
  readonly explain: boolean;
}

/** `sysd estimate`: the sizes of every design among the paths. */
export function estimate(paths: readonly string[], options: EstimateOptions): string {
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

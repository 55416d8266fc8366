import { latencyOf } from '@sysd/analysis';
import { designsAmong, loadDesign } from '../designs.ts';
import { estimateJson } from '../formatters/estimate-json.ts';
import { estimateText } from '../formatters/estimate-text.ts';

export interface EstimateOptions {
  readonly format: 'text' | 'json';
  readonly scenario?: string;
  readonly fail?: readonly string[];
  readonly explain: boolean;
}

/** `sysd estimate`: the sizes and latencies of every design among the paths. */
export function estimate(paths: readonly string[], options: EstimateOptions): string {
  const uris = designsAmong(paths);
  const assessed = uris.map((uri) => {
    const assessment = loadDesign(uri, options);
    return { ...assessment, latency: latencyOf(assessment.design) };
  });
  if (options.format === 'json')
    return `${JSON.stringify(
      assessed.map((a) => estimateJson(a.design, a.analysis, a.latency, options)),
      null,
      2,
    )}\n`;
  return assessed.map((a) => estimateText(a.design, a.analysis, a.latency, options)).join('\n');
}

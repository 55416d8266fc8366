import type { EstimateAnswer } from '../estimate-answer.ts';
import { explanationLines } from './estimate-figures.ts';
import { estimateParts } from './estimate-parts.ts';
import { fenced } from './markdown.ts';
import { toldMarkdown } from './parts.ts';
import { waterfallText } from './waterfall-text.ts';

/** The estimate as a Markdown page. */
export function estimateMarkdown(answer: EstimateAnswer, options: { readonly explain: boolean }): string {
  const { title, parts } = estimateParts(answer);
  const waterfalls = options.explain ? waterfallText(answer) : undefined;
  const explained = options.explain
    ? [
        ...(waterfalls === undefined ? [] : [fenced(waterfalls)]),
        '## How each number came about',
        fenced(explanationLines(answer).join('\n')),
      ]
    : [];
  return toldMarkdown({ title: `Estimate of ${title}`, parts }, explained);
}

import type { EstimateAnswer } from '../estimate-answer.ts';
import { explanationLines } from './estimate-figures.ts';
import { estimateParts } from './estimate-parts.ts';
import { bulletList, escaped, fenced, markdownTable } from './markdown.ts';
import { waterfallText } from './waterfall-text.ts';

/** The estimate as a Markdown page. */
export function estimateMarkdown(answer: EstimateAnswer, options: { readonly explain: boolean }): string {
  const { title, parts } = estimateParts(answer);
  const blocks = parts.flatMap((part) => {
    if ('table' in part) return [markdownTable(part.table)];
    return [...(part.heading === undefined ? [] : [`**${escaped(part.heading)}**`]), bulletList(part.lines)];
  });
  const waterfalls = options.explain ? waterfallText(answer) : undefined;
  const explained = options.explain
    ? [
        ...(waterfalls === undefined ? [] : [fenced(waterfalls)]),
        '## How each number came about',
        fenced(explanationLines(answer).join('\n')),
      ]
    : [];
  return `${[`# Estimate of ${escaped(title)}`, ...blocks, ...explained].join('\n\n')}\n`;
}

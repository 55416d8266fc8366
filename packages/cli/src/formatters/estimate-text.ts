import type { EstimateAnswer } from '../estimate-answer.ts';
import { explanationLines } from './estimate-figures.ts';
import { estimateParts } from './estimate-parts.ts';
import { tableText } from './table.ts';
import { waterfallText } from './waterfall-text.ts';

/** The estimate as text, for a terminal. */
export function estimateText(answer: EstimateAnswer, options: { readonly explain: boolean }): string {
  const { title, parts } = estimateParts(answer);
  const blocks = parts.map((part) => {
    if ('table' in part) return tableText(part.table);
    return part.heading === undefined ? part.lines.join('\n') : [`${part.heading}:`, ...part.lines.map((l) => `  ${l}`)].join('\n');
  });
  const waterfalls = options.explain ? waterfallText(answer) : undefined;
  const explained = options.explain
    ? [...(waterfalls === undefined ? [] : [waterfalls]), `How each number came about:\n${explanationLines(answer).join('\n')}`]
    : [];
  return `${[title, ...blocks, ...explained].join('\n\n')}\n`;
}

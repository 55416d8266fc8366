import type { EstimateAnswer } from '../estimate-answer.ts';
import { explanationLines } from './estimate-figures.ts';
import { estimateParts } from './estimate-parts.ts';
import { toldText } from './parts.ts';
import { waterfallText } from './waterfall-text.ts';

/** The estimate as text, for a terminal. */
export function estimateText(answer: EstimateAnswer, options: { readonly explain: boolean }): string {
  const waterfalls = options.explain ? waterfallText(answer) : undefined;
  const explained = options.explain
    ? [...(waterfalls === undefined ? [] : [waterfalls]), `How each number came about:\n${explanationLines(answer).join('\n')}`]
    : [];
  return toldText(estimateParts(answer), explained);
}

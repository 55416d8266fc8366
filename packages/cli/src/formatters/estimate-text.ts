import type { Analysis, Design } from '@sysd/core';
import { explanationLines } from './estimate-figures.ts';
import { estimateParts } from './estimate-parts.ts';
import { tableText } from './table.ts';

/** The estimate as text, for a terminal. */
export function estimateText(design: Design, analysis: Analysis, options: { readonly explain: boolean }): string {
  const { title, parts } = estimateParts(design, analysis);
  const blocks = parts.map((part) => {
    if ('table' in part) return tableText(part.table);
    return part.heading === undefined ? part.lines.join('\n') : [`${part.heading}:`, ...part.lines.map((l) => `  ${l}`)].join('\n');
  });
  const explained = options.explain ? [`How each number came about:\n${explanationLines(design, analysis).join('\n')}`] : [];
  return `${[title, ...blocks, ...explained].join('\n\n')}\n`;
}

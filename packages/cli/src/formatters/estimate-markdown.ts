import type { Analysis, Design } from '@sysd/core';
import { explanationLines } from './estimate-figures.ts';
import { estimateParts } from './estimate-parts.ts';
import { bulletList, escaped, fenced, markdownTable } from './markdown.ts';

/** The estimate as a Markdown page. */
export function estimateMarkdown(design: Design, analysis: Analysis, options: { readonly explain: boolean }): string {
  const { title, parts } = estimateParts(design, analysis);
  const blocks = parts.flatMap((part) => {
    if ('table' in part) return [markdownTable(part.table)];
    return [...(part.heading === undefined ? [] : [`**${escaped(part.heading)}**`]), bulletList(part.lines)];
  });
  const explained = options.explain ? ['## How each number came about', fenced(explanationLines(design, analysis).join('\n'))] : [];
  return `${[`# Estimate of ${escaped(title)}`, ...blocks, ...explained].join('\n\n')}\n`;
}

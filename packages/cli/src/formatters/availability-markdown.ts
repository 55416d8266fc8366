import type { AvailabilityAnswer } from '../availability-answer.ts';
import { availabilityBlocks } from './availability-blocks.ts';
import { blocksMarkdown } from './blocks-markdown.ts';
import { designTitle } from './design-title.ts';
import { escaped } from './markdown.ts';
import { printable } from './printable.ts';

/** The availability as a Markdown page: one table of all flows, then a section for each. */
export function availabilityMarkdown(answer: AvailabilityAnswer): string {
  const title = `# Availability of ${escaped(designTitle(answer.design))}`;
  return printable(`${[title, ...blocksMarkdown(availabilityBlocks(answer))].join('\n\n')}\n`);
}

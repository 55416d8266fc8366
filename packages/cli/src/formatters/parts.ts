import { blocksMarkdown } from './blocks-markdown.ts';
import { escaped } from './markdown.ts';
import { printable } from './printable.ts';
import { type Table, tableText } from './table.ts';

/** What parts of an estimate are about; `missing`: what could not be estimated. */
export type Topic = 'traffic' | 'latency' | 'sizes' | 'headroom' | 'storage' | 'limits' | 'growth' | 'cost' | 'expectations' | 'missing';

/**
 * A part of an answer to people, whatever its form: a table, or lines that may have a heading. One without a topic is about what the part
 * before it is about.
 */
export type Part = ({ readonly table: Table } | { readonly lines: readonly string[]; readonly heading?: string }) & {
  readonly topic?: Topic;
};

/** Parts that are about a topic. */
export const about = (topic: Topic, [first, ...more]: readonly Part[]): Part[] => (first ? [{ ...first, topic }, ...more] : []);

/** An answer to people in its parts. */
export interface Told {
  readonly title: string;
  readonly parts: readonly Part[];
}

/** The answer for a terminal, with blocks of text below. */
export function toldText({ title, parts }: Told, below: readonly string[] = []): string {
  const blocks = parts.map((part) => {
    if ('table' in part) return tableText(part.table);
    return part.heading === undefined ? part.lines.join('\n') : [`${part.heading}:`, ...part.lines.map((l) => `  ${l}`)].join('\n');
  });
  return printable(`${[title, ...blocks, ...below].join('\n\n')}\n`);
}

/** The answer as a Markdown page. */
export function toldMarkdown({ title, parts }: Told, below: readonly string[] = []): string {
  return printable(`${[`# ${escaped(title)}`, ...blocksMarkdown(parts), ...below].join('\n\n')}\n`);
}

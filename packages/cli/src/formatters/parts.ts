import { bulletList, escaped, markdownTable } from './markdown.ts';
import { printable } from './printable.ts';
import { type Table, tableText } from './table.ts';

/** A part of an answer to people, whatever its form: a table, or lines that may have a heading. */
export type Part = { readonly table: Table } | { readonly lines: readonly string[]; readonly heading?: string };

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
  const blocks = parts.flatMap((part) => {
    if ('table' in part) return [markdownTable(part.table)];
    return [...(part.heading === undefined ? [] : [`**${escaped(part.heading)}**`]), bulletList(part.lines)];
  });
  return printable(`${[`# ${escaped(title)}`, ...blocks, ...below].join('\n\n')}\n`);
}

import type { ReportPage } from '../report/report-page.ts';
import { blocksMarkdown } from './blocks-markdown.ts';
import { escaped } from './markdown.ts';
import { printable } from './printable.ts';

/** The report in Markdown as GitHub and GitLab show it. */
export function reportMarkdown({ title, doc, sections }: ReportPage, mark: string): string {
  const body = sections.flatMap((s) => [`## ${escaped(s.title)}`, ...blocksMarkdown(s.blocks, 3)]);
  return printable(`${[`# ${escaped(title)}: design report`, ...doc.map(escaped), ...body, mark].join('\n\n')}\n`);
}

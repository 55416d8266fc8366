import type { Table } from './table.ts';

/** Titles and names are the author's: they must not become markup, nor end a cell. */
export const escaped = (text: string): string =>
  text
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll(/[\\`*_[\]<>|#&~$]/g, '\\$&')
    .replace(LIST_MARK, '$1\\$2');

/** At the beginning of a block it would begin a list or be a line across. */
const LIST_MARK = /^(\s*\d*)([-+.)])(?=[\s-]|$)/;

/** A table whose numbers stand to the right. */
export function markdownTable({ header, rows, align = [] }: Table): string {
  const line = (cells: readonly string[], between: string) =>
    `| ${cells.map((c) => c.split('\n').map(escaped).join(between)).join(' | ')} |`;
  const rule = header.map((_, i) => ((align[i] ?? (i === 0 ? 'left' : 'right')) === 'right' ? '---:' : '---'));
  return [line(header, ' '), `| ${rule.join(' | ')} |`, ...rows.map((row) => line(row, '<br>'))].join('\n');
}

export const bulletList = (items: readonly string[]): string => items.map((i) => `- ${escaped(i)}`).join('\n');

/** Words that lead to a page; the address is the program's own. */
export const link = (words: string, url: string): string => `[${escaped(words)}](${url})`;

/** Text as it is; a fence in it does not end it. */
export function fenced(text: string, language = 'text'): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((m) => m[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

import { type Html, type HtmlContent, lineBreaks, tag } from './html.ts';
import type { Bar, Table } from './table.ts';

/** Cells that are shorter than this stay on one line. */
const SHORT = 30;
/** Tables with more columns are set smaller. */
const MANY = 8;

/** A table with its first column as the names of its rows, in a frame that scrolls where there is no room for it; rows that say little are folded. */
export function tableHtml(table: Table): Html[] {
  const { rows, telling = rows.length } = table;
  const more = rows.length - telling;
  if (more < 3) return [framed(table, 0, rows.length)];
  return [
    framed(table, 0, telling),
    tag('details', { class: 'list' }, tag('summary', {}, `${more} more`), framed(table, telling, rows.length)),
  ];
}

function framed(table: Table, from: number, to: number): Html {
  const { header, rows, bars } = table;
  const head = header.map((title, i) =>
    title === '' ? tag('td', {}) : tag('th', { scope: 'col', class: isNumber(table, i) ? 'n' : undefined }, title.replaceAll('\n', ' ')),
  );
  const body = rows.slice(from, to).map((_, i) => rowHtml(table, from + i));
  const name = header.find((title) => title !== '') ?? 'Table';
  return tag(
    'div',
    { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': name.replaceAll('\n', ' ') },
    tag(
      'table',
      { class: header.length > MANY ? 'many' : undefined },
      tag('thead', {}, tag('tr', {}, ...head, bars === undefined ? undefined : tag('td', {}))),
      tag('tbody', {}, ...body),
    ),
  );
}

function rowHtml(table: Table, r: number): Html {
  const { rows, bars, marks } = table;
  const cells = (rows[r] ?? []).map((cell, i) => {
    if (i === 0) return tag('th', { scope: 'row', class: classOf(isShort(cell) && 's') }, indented(cell));
    const tone = marks?.column === i ? marks.tones[r] : undefined;
    return tag('td', { class: classOf(isNumber(table, i) && 'n', isShort(cell) && 's', tone) }, lineBreaks(cell));
  });
  return tag('tr', {}, ...cells, bars === undefined ? undefined : tag('td', { class: 'bar' }, bar(bars[r])));
}

const isNumber = ({ align = [] }: Table, i: number): boolean => (align[i] ?? (i === 0 ? 'left' : 'right')) === 'right';
const isShort = (cell: string): boolean => cell !== '' && cell.length < SHORT;
const classOf = (...names: (string | false | undefined)[]): string | undefined => names.filter((n) => n).join(' ') || undefined;

/** Spaces before a name say how deep it stands. */
function indented(cell: string): HtmlContent {
  const text = cell.trimStart();
  return ['\u00a0'.repeat(2 * (cell.length - text.length)), lineBreaks(text)];
}

/** Without style attributes, which the page forbids. It repeats what the row says in figures. */
function bar(range: Bar | undefined): HtmlContent {
  if (!range) return undefined;
  const from = Math.max(0, Math.min(99, range.from * 100));
  const width = Math.max(1, Math.min(100 - from, range.to * 100 - from));
  const share = (value: number) => (Math.round(value * 100) / 100).toString();
  return tag(
    'svg',
    { class: 'range', viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    tag('rect', { class: 'whole', width: '100', height: '8' }),
    tag('rect', { class: 'part', x: share(from), width: share(width), height: '8' }),
  );
}

import type { Block, Derivation, Drawing, FindingBlock, Glance } from './blocks.ts';
import { type Html, type HtmlContent, ownMarkup, tag } from './html.ts';
import { tableHtml } from './table-html.ts';

/** Longer lists are closed: a reader opens them. */
const LONG = 8;

/** Blocks as HTML. Sections among them have headings of that level. */
export function blocksHtml(blocks: readonly Block[], level = 3): Html[] {
  const heading = (text: string) => tag(`h${Math.min(level, 6)}`, {}, text);
  return blocks.flatMap((block): Html[] => {
    if ('table' in block) return tableHtml(block.table);
    if ('chart' in block) return tableHtml(block.chart);
    if ('lines' in block) return linesHtml(block.lines, block.heading, heading);
    if ('text' in block) return [tag('p', {}, block.lead === undefined ? undefined : [tag('strong', {}, block.lead), ' '], block.text)];
    if ('blocks' in block) return [tag('section', {}, heading(block.heading), ...blocksHtml(block.blocks, level + 1))];
    if ('inside' in block) return [tag('details', {}, tag('summary', {}, block.summary), ...blocksHtml(block.inside, level + 1))];
    if ('verbatim' in block) return [tag('pre', {}, block.verbatim)];
    if ('finding' in block) return [findingHtml(block.finding)];
    if ('drawing' in block) return [drawingHtml(block.drawing)];
    if ('derivations' in block) return block.derivations.map(derivationHtml);
    return [glanceHtml(block.glance)];
  });
}

function linesHtml(lines: readonly string[], title: string | undefined, heading: (text: string) => Html): Html[] {
  if (title === undefined && lines.length === 1) return [tag('p', {}, lines[0])];
  const list = listHtml(lines);
  if (title === undefined) return [list];
  return lines.length > LONG
    ? [tag('details', { class: 'list' }, tag('summary', {}, `${title} (${lines.length})`), list)]
    : [heading(title), list];
}

const listHtml = (lines: readonly HtmlContent[]): Html => tag('ul', {}, ...lines.map((line) => tag('li', {}, line)));

function findingHtml({ rule, url, severity, place, message, frame, because, fixes, accepted }: FindingBlock): Html {
  const kind = accepted === undefined ? severity : 'accepted';
  const what = [tag('span', { class: 'badge' }, kind), ' ', tag('a', { href: url, rel: 'noreferrer' }, rule), ' ', tag('code', {}, place)];
  return tag(
    'article',
    { class: `finding ${kind}` },
    tag('p', { class: 'what' }, ...what),
    tag('p', {}, message),
    accepted === undefined ? undefined : tag('p', {}, tag('strong', {}, 'Accepted: '), accepted),
    frame.length === 0 ? undefined : tag('pre', {}, frame.join('\n')),
    because.length === 0 ? undefined : chain(because, accepted !== undefined),
    fixes.length === 0 ? undefined : tag('div', { class: 'under' }, tag('strong', {}, 'What to do'), listHtml(fixes)),
  );
}

/** Why it is so, step by step; of what has been accepted nobody need read it again. */
const chain = (because: readonly string[], closed: boolean): Html =>
  tag('details', { class: 'under', open: closed ? undefined : '' }, tag('summary', {}, 'Because'), listHtml(because));

function drawingHtml({ caption, svg, folded }: Drawing): Html {
  const figure = tag(
    'figure',
    { class: 'drawing' },
    tag('div', { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': caption }, ownMarkup(svg)),
    tag('figcaption', {}, caption),
  );
  return folded === undefined ? figure : tag('details', {}, tag('summary', {}, folded), figure);
}

const glanceHtml = (items: readonly Glance[]): Html =>
  tag(
    'dl',
    { class: 'glance' },
    ...items.map(({ label, value, note, tone }) =>
      tag(
        'div',
        { class: tone },
        tag('dt', {}, label),
        tag('dd', { class: 'value' }, value),
        note === undefined ? undefined : tag('dd', {}, note),
      ),
    ),
  );

const derivationHtml = ({ figure, from }: Derivation): Html =>
  from.length === 0
    ? tag('p', { class: 'leaf' }, figure)
    : tag('details', { class: 'derivation' }, tag('summary', {}, figure), tag('pre', {}, from.join('\n')));

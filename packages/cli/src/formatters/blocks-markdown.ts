import type { Block, Drawing, FindingBlock, Glance } from './blocks.ts';
import { bulletList, escaped, fenced, link, markdownTable } from './markdown.ts';

/** Blocks in Markdown as GitHub shows it, to be joined by empty lines. Sections among them begin at that level of headings. */
export function blocksMarkdown(blocks: readonly Block[], level = 2): string[] {
  return blocks.flatMap((block): string[] => {
    if ('table' in block) return [markdownTable(block.table)];
    if ('lines' in block) return [...(block.heading === undefined ? [] : [`**${escaped(block.heading)}**`]), bulletList(block.lines)];
    if ('text' in block) return [`${block.lead === undefined ? '' : `**${escaped(block.lead)}** `}${escaped(block.text)}`];
    if ('blocks' in block)
      return [`${'#'.repeat(Math.min(level, 6))} ${escaped(block.heading)}`, ...blocksMarkdown(block.blocks, level + 1)];
    if ('inside' in block)
      return [`<details>\n<summary>${htmlText(block.summary)}</summary>`, ...blocksMarkdown(block.inside, level + 1), '</details>'];
    if ('verbatim' in block) return [fenced(block.verbatim)];
    if ('chart' in block) return [fenced(block.asText)];
    if ('finding' in block) return findingMarkdown(block.finding);
    if ('drawing' in block) return drawingMarkdown(block.drawing);
    if ('derivations' in block) return [fenced(block.derivations.flatMap((d) => [d.figure, ...d.from]).join('\n'))];
    return [glanceMarkdown(block.glance)];
  });
}

function findingMarkdown({ rule, url, severity, place, message, because, frame, fixes, accepted }: FindingBlock): string[] {
  const under = [
    ...(frame.length > 0
      ? fenced(frame.join('\n'))
          .split('\n')
          .map((l) => `  ${l}`)
      : []),
    ...because.map((b) => `  - because ${escaped(b)}`),
    ...fixes.map((f) => `  - fix: ${escaped(f)}`),
    ...(accepted === undefined ? [] : [`  - accepted: ${escaped(accepted)}`]),
  ];
  return [[`- **${severity}** ${link(rule, url)} at ${escaped(place)}: ${escaped(message)}`, ...under].join('\n')];
}

/** The file where there is one, else as text that GitHub draws: it shows neither SVG nor `data:` images within Markdown. */
function drawingMarkdown({ caption, file, mermaid, folded }: Drawing): string[] {
  if (folded !== undefined) return [];
  if (file !== undefined) return [`![${escaped(caption)}](${address(file)})`];
  return [typeof mermaid === 'string' ? fenced(mermaid, 'mermaid') : escaped(mermaid.none)];
}

/** A path as the address of a link: its brackets and spaces as codes, and no half of a surrogate pair, which has none. */
const address = (path: string): string =>
  encodeURI(path.replaceAll(/\p{Cs}/gu, '\ufffd')).replaceAll(/[()]/g, (c) => (c === '(' ? '%28' : '%29'));

const glanceMarkdown = (items: readonly Glance[]): string =>
  markdownTable({
    header: ['At a glance', '', ''],
    rows: items.map((i) => [i.label, i.value, i.note ?? '']),
    align: ['left', 'left', 'left'],
  });

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const htmlText = (text: string): string => text.replaceAll(/[&<>]/g, (c) => ENTITIES[c] ?? c).replaceAll(/[\r\n]+/g, ' ');

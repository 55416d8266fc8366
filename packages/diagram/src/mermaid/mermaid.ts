import type { DiagramEdge, DiagramFrame, DiagramModel, DiagramNode } from '../model/diagram-model.ts';
import { operationsInWords } from '../render/edge.ts';
import { KIND_LOOKS, type SilhouetteName } from '../render/families.ts';
import { clean } from '../text/clean.ts';

/** What stands around a label, by the outline that a card has in the drawing. */
const SHAPES: Readonly<Record<SilhouetteName, readonly [string, string]>> = {
  pill: ['([', '])'],
  dashed: ['(', ')'],
  octagon: ['{{', '}}'],
  hexagon: ['{{', '}}'],
  'hexagon-inner': ['{{', '}}'],
  box: ['[', ']'],
  'box-line': ['[', ']'],
  'box-fold': ['[', ']'],
  cylinder: ['[(', ')]'],
  'cylinder-volatile': ['[(', ')]'],
  'cylinder-double': ['[(', ')]'],
  bucket: ['[(', ')]'],
  tube: ['[[', ']]'],
  'tube-double': ['[[', ']]'],
};

const ARROWS = { sync: '-->', async: '-.->', implied: '-.-' } as const;

/** What Mermaid draws at most, unless a page allows more: `maxEdges` and `maxTextSize` of its configuration. */
const MOST_EDGES = 500;
const MOST_CHARACTERS = 50_000;

/**
 * The drawing as a Mermaid flowchart: text that GitHub, GitLab and others draw. Names are numbered, and in labels every sign but letters, digits
 * and a few others is a character code, so that no text of an author's is syntax or markup. Undefined where it is larger than what Mermaid draws.
 */
export function mermaid({ nodes, frames, edges }: DiagramModel): string | undefined {
  const named = new Map(nodes.map((n, i) => [n.id, `n${i}`]));
  const inside = (frame: string | undefined, depth: number): string[] => [
    ...nodes.filter((n) => n.frame === frame).map((n) => `${'  '.repeat(depth)}${node(n, named.get(n.id) ?? '')}`),
    ...frames.flatMap((f, i) => (f.parent === frame ? subgraph(f, `g${i}`, inside(f.id, depth + 1), depth) : [])),
  ];
  const text = ['flowchart LR', ...inside(undefined, 1), ...edges.flatMap((e) => arrow(e, named.get(e.from), named.get(e.to)))].join('\n');
  return edges.length > MOST_EDGES || text.length > MOST_CHARACTERS ? undefined : text;
}

function node({ kind, name, technology, pill, failure }: DiagramNode, id: string): string {
  const [open, close] = SHAPES[KIND_LOOKS[kind].silhouette];
  const below = [...(technology === undefined ? [] : [technology]), ...(pill === undefined ? [] : [pill])].map(label).join(' ');
  const lines = [label(name), ...(below === '' ? [] : [below]), ...(failure ? [label(failure.chip)] : [])];
  return `${id}${open}"${lines.join('<br/>')}"${close}`;
}

function subgraph({ name, detail }: DiagramFrame, id: string, lines: readonly string[], depth: number): string[] {
  const indent = '  '.repeat(depth);
  if (lines.length === 0) return [];
  return [`${indent}subgraph ${id}["${label(detail === undefined ? name : `${name} · ${detail}`)}"]`, ...lines, `${indent}end`];
}

function arrow(edge: DiagramEdge, from: string | undefined, to: string | undefined): string[] {
  if (from === undefined || to === undefined) return [];
  const words = operationsInWords(edge);
  return [`  ${from} ${ARROWS[edge.style]}${words === '' ? '' : `|"${label(words)}"|`} ${to}`];
}

/** A label as it may stand between quotation marks; empty ones would not be drawn, and `1. ` or `- ` would begin a list. */
function label(text: string): string {
  const safe = clean(text).replace(/[.-](?=\s|$)|[^\p{L}\p{M}\p{N} ,()/×·–.%-]/gu, (char) => `#${char.codePointAt(0)};`);
  return safe.trim() === '' ? '–' : safe;
}

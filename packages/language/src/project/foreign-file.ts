import type { ParsedText } from '../parse.ts';

/** First lines of files of other notations. */
const NOTATIONS: readonly (readonly [begins: RegExp, name: string])[] = [
  [
    /^(?:graph|flowchart)\s+(?:TB|TD|BT|RL|LR)\b|^(?:sequenceDiagram|stateDiagram(?:-v2)?|classDiagram|erDiagram|C4Context|C4Container|architecture-beta)\b/,
    'Mermaid',
  ],
  [/^@start[a-z]+/, 'PlantUML'],
  [/^workspace\b[^\n{]*\{|^model\s*\{/, 'Structurizr DSL'],
  [/^specification\s*\{/, 'LikeC4'],
  [/^direction\s*:\s*(?:up|down|left|right)\b|^[\w.-]+\s*:[^\n{]*\{\s*shape\s*:|^vars\s*:\s*\{/, 'D2'],
  [/^(?:version\s*:[^\n]*\n\s*)?services\s*:\s*\n/, 'Docker Compose'],
  [/^apiVersion\s*:/, 'Kubernetes'],
  [/^(?:strict\s+)?(?:di)?graph\s*\w*\s*\{/, 'Graphviz'],
  [/^\{\s*["}]|^\[\s*[{"[]/, 'JSON'],
  [/^<(?:\?xml|mxfile|svg|html)\b/, 'XML'],
  [/^(?:terraform|resource|provider)\b[^\n{]*\{/, 'Terraform'],
];

/** Text in which a first line is looked for. */
const HEAD = 400;

/** The notation that a file is written in, told by its first line; undefined for ours. O(1). */
export function foreignNotation({ blocks }: ParsedText): string | undefined {
  let head = '';
  for (const { block } of blocks) {
    if (head.length >= HEAD) break;
    head += block.text.slice(0, HEAD);
  }
  const first = head.replace(/^(?:\s+|\/\/[^\n]*\n|%%[^\n]*\n|#[^\n]*\n|---[^\n]*\n|(?:`{3}|~~~)[^\n]*\n)+/, '');
  return NOTATIONS.find(([begins]) => begins.test(first))?.[1];
}

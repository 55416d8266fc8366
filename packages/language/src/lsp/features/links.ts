import type { DocumentLink } from 'vscode-languageserver';
import type { PlacedText } from '../text/partition.ts';
import { factsOf } from './blocks/facts.ts';
import { moved } from './move.ts';

/** Imports as links. `resolve` gives the document of a path, or undefined where there is none. */
export function documentLinks(blocks: readonly PlacedText[], resolve: (path: string) => string | undefined): DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const { block, line } of blocks) {
    for (const { path, range } of factsOf(block).imports) {
      const target = resolve(path);
      if (target !== undefined) links.push({ range: moved(range, line), target });
    }
  }
  return links;
}

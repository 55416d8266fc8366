import type { DocumentLink } from 'vscode-languageserver';
import { readString } from '../../parser/values.ts';
import { endOf, typeOf } from '../text/lex.ts';
import { rangeOf, type Snapshot, tokensOf } from '../text/snapshot.ts';

/** Imports as links. `resolve` gives the document of a path, or undefined where there is none. */
export function documentLinks(snapshot: Snapshot, resolve: (path: string) => string | undefined): DocumentLink[] {
  const { tokens } = tokensOf(snapshot);
  const links: DocumentLink[] = [];
  tokens.forEach((token, i) => {
    const path = tokens[i + 1];
    if (typeOf(token) !== 'import' || !path || typeOf(path) !== 'STRING') return;
    const target = resolve(readString(path.image));
    if (target === undefined) return;
    const closed = path.image.length > 1 && path.image.endsWith('"');
    links.push({ range: rangeOf(snapshot, path.startOffset + 1, endOf(path) - (closed ? 1 : 0)), target });
  });
  return links;
}

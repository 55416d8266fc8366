import type { IToken } from 'chevrotain';
import type { Position, Range } from 'vscode-languageserver';
import { readString } from '../../../parser/values.ts';
import { endOf, typeOf } from '../../text/lex.ts';

/** The path of an import, and where it stands between its quotes: lines count from the first of its block. */
export interface ImportPath {
  readonly path: string;
  readonly range: Range;
}

export function importsOf(tokens: readonly IToken[], position: (offset: number) => Position): ImportPath[] {
  return tokens.flatMap((token, i) => {
    const path = tokens[i + 1];
    if (typeOf(token) !== 'import' || !path || typeOf(path) !== 'STRING') return [];
    const closed = path.image.length > 1 && path.image.endsWith('"');
    const range = { start: position(path.startOffset + 1), end: position(endOf(path) - (closed ? 1 : 0)) };
    return [{ path: readString(path.image), range }];
  });
}

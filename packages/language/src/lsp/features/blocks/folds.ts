import type { IToken } from 'chevrotain';
import type { Position } from 'vscode-languageserver';
import { type Comment, typeOf } from '../../text/lex.ts';

/** Numbers of the first line and the last. */
export type Lines = readonly [start: number, end: number];

/** Lines of a block, by number from its first one: bodies, runs of lines that hold nothing but a comment, runs of imports. */
export interface Folds {
  readonly bodies: readonly Lines[];
  readonly comments: readonly Lines[];
  readonly imports: readonly Lines[];
}

export const NO_FOLDS: Folds = { bodies: [], comments: [], imports: [] };

/** Runs with those that begin right below joined to them: a run may go on in the next block. */
export function joined(runs: readonly Lines[]): Lines[] {
  const found: Lines[] = [];
  for (const run of runs) {
    const above = found.at(-1);
    if (above && run[0] === above[1] + 1) found[found.length - 1] = [above[0], run[1]];
    else found.push(run);
  }
  return found;
}

export function foldsOf(
  text: string,
  tokens: readonly IToken[],
  comments: readonly Comment[],
  position: (offset: number) => Position,
): Folds {
  const lineOf = (offset: number): number => position(offset).line;
  const bodies: Lines[] = [];
  const imports: Lines[] = [];
  const open: number[] = [];
  for (const token of tokens) {
    const type = typeOf(token);
    if (type === '{') open.push(lineOf(token.startOffset));
    else if (type === 'import' && open.length === 0) imports.push(single(lineOf(token.startOffset)));
    else if (type === '}') {
      const line = lineOf(token.startOffset);
      const start = open.pop() ?? line;
      // The line of the closing brace stays visible.
      const end = line - (token.image === '' ? 0 : 1);
      if (end > start) bodies.push([start, end]);
    }
  }
  const alone = comments.flatMap(({ startOffset }) => {
    const { line, character } = position(startOffset);
    return text.slice(startOffset - character, startOffset).trim() === '' ? [single(line)] : [];
  });
  if (bodies.length === 0 && alone.length === 0 && imports.length === 0) return NO_FOLDS;
  return { bodies, comments: joined(alone), imports: joined(imports) };
}

const single = (line: number): Lines => [line, line];

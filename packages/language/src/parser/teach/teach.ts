import { moved, type SyntaxProblem } from '../problems.ts';
import { arrows, forgotten, labels, verbs } from './arrows.ts';
import { boxes } from './boxes.ts';
import { characters } from './characters.ts';
import { comments, fences } from './comments.ts';
import { each } from './each.ts';
import { every } from './every.ts';
import { headers } from './headers.ts';
import { brokenLine, type Notation } from './line.ts';
import { numbers } from './numbers.ts';
import { properties } from './properties.ts';
import { statements } from './statements.ts';
import { zones } from './zones.ts';

/** What people write who come from other notations, in the order in which a line is compared with them. */
const NOTATIONS: readonly Notation[] = [
  fences,
  comments,
  characters,
  boxes,
  arrows,
  labels,
  verbs,
  forgotten,
  each,
  every,
  zones,
  headers,
  properties,
  statements,
  numbers,
];

/**
 * What is wrong with a line of a block, where reading it failed at offsets of the block's text: the way of writing that the author has from
 * elsewhere, and how it is said here. Undefined where it is none that is known. Runs for broken lines only; O(block).
 */
export function taught(block: string, starts: readonly number[]): SyntaxProblem | undefined {
  const found = brokenLine(block, starts);
  if (!found) return undefined;
  for (const notation of NOTATIONS) {
    const problem = notation(found.line);
    // What is written already is not what is wrong.
    const isWritten = problem?.corrections?.some(({ start, end, text }) => found.line.text.slice(start, end) === text);
    if (problem && !isWritten) return moved(problem, found.begin);
  }
  return undefined;
}

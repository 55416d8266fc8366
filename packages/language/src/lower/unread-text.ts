import { absolute, type Diagnostic, firstWhere } from '@sysd/core';
import type { ParsedBlock } from '../parser/parse-block.ts';
import { foreignNotation } from '../project/foreign-file.ts';
import type { Project } from '../project/project.ts';
import type { SourceFile } from '../project/source-file.ts';

/** What of a line could not be read, from its first character to behind its last; absolute offsets. */
interface Unread {
  readonly start: number;
  readonly end: number;
}

/**
 * What lowering found, without what begins where a line could not be read: that follows from the syntax error there, or cannot be judged
 * before it is gone. In a body on one line that is the broken statement alone. O(diagnostics) where a file has syntax errors, nothing otherwise.
 */
export function ofReadText(project: Project, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length === 0) return diagnostics;
  const files = new Map(project.files.map((file) => [file.uri, unreadIn(file)]));
  return diagnostics.filter((d) => {
    const { uri, start } = absolute(d.span);
    const all = files.get(uri) ?? [];
    const unread = all[firstWhere(all.length, (i) => (all[i] as Unread).end >= start)];
    return unread === undefined || start < unread.start;
  });
}

const endsLine = (text: string, at: number): boolean => text[at] === '\n' || text[at] === '\r';

/** What has syntax errors, in text order; all of a file of another notation. Each line has one, so that this is O(text). */
function unreadIn({ parsed }: SourceFile): Unread[] {
  if (foreignNotation(parsed) !== undefined) return [{ start: 0, end: parsed.length }];
  const all: Unread[] = [];
  for (const { block, offset } of parsed.faulty) {
    for (const { start, end } of unreadOf(block)) all.push({ start: offset + start, end: offset + end });
  }
  return all;
}

/** By block: it does not change. */
const known = new WeakMap<ParsedBlock, readonly Unread[]>();

function unreadOf(block: ParsedBlock): readonly Unread[] {
  let all = known.get(block);
  if (!all) {
    all = block.problems.map(({ start, end: behind }) => {
      let [begin, end] = [start, start];
      while (begin > 0 && !endsLine(block.text, begin - 1)) begin--;
      while (end < block.text.length && !endsLine(block.text, end)) end++;
      const own = statementAround(block.text.slice(begin, end), start - begin, behind - begin);
      return { start: begin + own.start, end: begin + own.end };
    });
    known.set(block, all);
  }
  return all;
}

/** A string that is not closed ends with its line, so that nothing is read twice. */
const STRING_OR_COMMENT = /"(?:\\.|[^"\\])*\\?(?:"|$)|\/\/.*/g;
const BOUND = /[{};]|,(?=\s*(?:[A-Za-z_][\w.-]*\s*:|(?:table|query)\b|$))/g;
/** What the statements of these say depends on each other. */
const isTogether = (code: string): boolean =>
  /^\s*(?:flow|parallel|else|group)\b/.test(code) || /[-=~]>/.test(code.slice(code.indexOf('{') + 1));

/**
 * The statement of a line that a problem touches, with its own braces, where it is one in a body on one line; else the whole line. The steps of a
 * flow follow from each other, so that one that is broken costs all of its line.
 */
function statementAround(line: string, start: number, end: number): { readonly start: number; readonly end: number } {
  const code = line.replaceAll(STRING_OR_COMMENT, (text) => '_'.repeat(text.length));
  const whole = { start: 0, end: line.length };
  if (!code.includes('{') || isTogether(code)) return whole;
  let [depth, from] = [0, -1];
  for (const { 0: sign, index } of code.matchAll(BOUND)) {
    if (sign === '}') depth--;
    const isBound = sign === '{' || sign === '}' ? depth === 0 : depth === 1;
    if (isBound && from >= 0 && index >= end) return { start: from, end: index };
    if (isBound && index < start) from = sign === '}' ? -1 : index + 1;
    if (sign === '{') depth++;
  }
  return from < 0 ? whole : { start: from, end: line.length };
}

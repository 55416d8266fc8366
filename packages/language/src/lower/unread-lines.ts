import { absolute, type Diagnostic, firstWhere } from '@sysd/core';
import { foreignNotation } from '../project/foreign-file.ts';
import type { Project } from '../project/project.ts';
import type { SourceFile } from '../project/source-file.ts';

/** A line of a file, from its first character to behind its last; absolute offsets. */
interface Line {
  readonly start: number;
  readonly end: number;
}

/**
 * What lowering found, without what begins on a line that could not be read: that follows from the syntax error there, or cannot be judged
 * before it is gone. O(diagnostics) where a file has syntax errors, nothing otherwise.
 */
export function ofReadLines(project: Project, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length === 0) return diagnostics;
  const lines = new Map(project.files.map((file) => [file.uri, unreadLines(file)]));
  return diagnostics.filter((d) => {
    const { uri, start } = absolute(d.span);
    const all = lines.get(uri) ?? [];
    const line = all[firstWhere(all.length, (i) => (all[i] as Line).end >= start)];
    return line === undefined || start < line.start;
  });
}

const endsLine = (text: string, at: number): boolean => text[at] === '\n' || text[at] === '\r';

/** Lines with syntax errors, in text order; all of a file of another notation. Each line has one, so that this is O(text). */
function unreadLines({ parsed }: SourceFile): Line[] {
  if (foreignNotation(parsed) !== undefined) return [{ start: 0, end: parsed.length }];
  const lines: Line[] = [];
  for (const { block, offset } of parsed.faulty) {
    for (const { start } of block.problems) {
      let [begin, end] = [start, start];
      while (begin > 0 && !endsLine(block.text, begin - 1)) begin--;
      while (end < block.text.length && !endsLine(block.text, end)) end++;
      lines.push({ start: offset + begin, end: offset + end });
    }
  }
  return lines;
}

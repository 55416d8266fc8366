import type { Range } from 'vscode-languageserver';

/** A range so many lines further down. */
export function moved({ start, end }: Range, lines: number): Range {
  return {
    start: { line: start.line + lines, character: start.character },
    end: { line: end.line + lines, character: end.character },
  };
}

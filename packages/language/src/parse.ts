import type { ILexingError, IRecognitionException } from 'chevrotain';
import type { LangiumCoreServices } from 'langium';
import type { Document } from './generated/ast.ts';
import { createSysdServices } from './sysd-module.ts';

/** A syntax error with absolute offsets (UTF-16 code units). */
export interface SyntaxProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface ParsedText {
  readonly text: string;
  readonly document: Document;
  /** In text order, at most one per line. */
  readonly problems: readonly SyntaxProblem[];
}

let services: LangiumCoreServices | undefined;

/** Parses a text. Never throws: a tree always comes back, with what could be read. */
export function parseText(text: string): ParsedText {
  services ??= createSysdServices();
  const result = services.parser.LangiumParser.parse<Document>(text);
  return { text, document: result.value, problems: problemsOf(text, result.lexerErrors, result.parserErrors) };
}

function problemsOf(text: string, lexer: readonly ILexingError[], parser: readonly IRecognitionException[]): SyntaxProblem[] {
  const all = lexer.map((e): SyntaxProblem => ({ message: e.message, start: e.offset, end: e.offset + e.length }));
  for (const error of parser) all.push({ message: error.message, ...place(text, error) });
  all.sort((a, b) => a.start - b.start);
  let line = Number.NaN;
  return all.filter((problem) => {
    const begin = problem.start === 0 ? -1 : text.lastIndexOf('\n', problem.start - 1);
    if (begin === line) return false;
    line = begin;
    return true;
  });
}

/** At the token that was not expected; behind the last one where that is the end of the line or the file. */
function place(text: string, error: IRecognitionException): { start: number; end: number } {
  const { token } = error;
  const previous = (error as { previousToken?: typeof token }).previousToken;
  const visible = token.image !== undefined && token.image.trim() !== '' && !Number.isNaN(token.startOffset);
  if (visible) return { start: token.startOffset, end: token.startOffset + token.image.length };
  const at = previous && !Number.isNaN(previous.startOffset) ? previous.startOffset : text.trimEnd().length - 1;
  const end = previous && !Number.isNaN(previous.startOffset) ? previous.startOffset + previous.image.length : text.trimEnd().length;
  return { start: Math.max(0, at), end: Math.max(0, end) };
}

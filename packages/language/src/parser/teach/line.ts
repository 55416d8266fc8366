import type { SyntaxProblem } from '../problems.ts';

/** A line that could not be read. Offsets are relative to it. */
export interface BrokenLine {
  /** Without its `//` comment. */
  readonly text: string;
  /** Where reading it failed, the first place first. */
  readonly at: readonly number[];
  /** Braces that are open where it begins. */
  readonly depth: number;
  /** First word of the statement at the top level that it is part of, mostly `flow` or a kind. */
  readonly head: string;
}

/** What a notation teaches about a line: undefined where the line is not of that notation. */
export type Notation = (line: BrokenLine) => SyntaxProblem | undefined;

/** A name of the language, as part of a pattern. */
export const NAME = '[A-Za-z_]\\w*(?:-\\w+)*(?:\\.[A-Za-z_]\\w*(?:-\\w+)*)*(?:@[A-Za-z_]\\w*)?';

/** The match of a pattern (with `g`) that covers a place where reading failed. */
export function around({ text, at }: BrokenLine, pattern: RegExp): RegExpExecArray | undefined {
  const matches = [...text.matchAll(pattern)].filter((m) => m[0] !== '');
  for (const place of at) {
    const found = matches.find((m) => m.index <= place && place <= m.index + m[0].length);
    if (found) return found;
  }
  return undefined;
}

/** A problem over a stretch of the line, which is corrected by writing one of `texts` in its place. Blanks around it are not underlined. */
export function instead(message: string, start: number, written: string, ...texts: readonly string[]): SyntaxProblem {
  const end = start + written.length;
  const corrections = texts.map((text) => ({ start, end, text }));
  if (written.trim() === '') return { message, start, end, corrections };
  return { message, start: end - written.trimStart().length, end: start + written.trimEnd().length, corrections };
}

/** Characters of a line that is looked at: nobody writes longer ones by hand, and patterns may cost their cube. */
const LONGEST = 200;
/** Characters before a line in which open braces are counted. Behind more, what is indented stands in some. */
const FARTHEST = 4_000;

/** The line of a block's text around an offset, where reading failed at offsets of the text. */
export function brokenLine(block: string, starts: readonly number[]): { readonly line: BrokenLine; readonly begin: number } | undefined {
  const [first = 0] = starts;
  const before = /[^\r\n]*$/.exec(block.slice(Math.max(0, first - LONGEST), first))?.[0] ?? '';
  const begin = first - before.length;
  const whole = /^[^\r\n]*/.exec(block.slice(begin, begin + LONGEST))?.[0] ?? '';
  if (before.length >= LONGEST || whole.length >= LONGEST) return undefined;
  const code = codeOf(block.slice(Math.max(0, begin - FARTHEST), begin));
  const open = Math.max(0, count(code, '{') - count(code, '}'));
  const depth = begin > FARTHEST && /^\s/.test(whole) ? Math.max(1, open) : open;
  const head = /^\s*([A-Za-z]\w*)/.exec(codeOf(block.slice(0, LONGEST)))?.[1] ?? '';
  const line = { text: codeOf(whole), at: starts.map((start) => start - begin), depth, head };
  return { line, begin };
}

/** A text without its comments; what stands in strings stays. */
const codeOf = (text: string): string => text.replace(/("(?:\\[^\r\n]|[^"\\\r\n])*")|\/\/[^\r\n]*/g, (_, string?: string) => string ?? '');

const count = (text: string, character: string): number => text.split(character).length - 1;

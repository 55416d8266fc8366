/** A syntax error. Offsets are UTF-16 code units: of the file in `ParsedText`, of the block in `ParsedBlock`. */
export interface SyntaxProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** What to write instead; one alone is the one right move. */
  readonly corrections?: readonly Correction[];
}

/** Replaces a stretch of the text, offsets as those of the problem. */
export interface Correction {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A problem further down in a longer text. */
export function moved({ message, start, end, corrections }: SyntaxProblem, by: number): SyntaxProblem {
  const at = { message, start: start + by, end: end + by };
  return corrections ? { ...at, corrections: corrections.map((c) => ({ ...c, start: c.start + by, end: c.end + by })) } : at;
}

/** What a command answers: its output, and what is said beside it. */
export interface Answer {
  /** For the standard output. */
  readonly output: string;
  /** Lines for the error output: what was written, what was left out and why. */
  readonly notes: readonly string[];
  readonly code: 0 | 1 | 2;
}

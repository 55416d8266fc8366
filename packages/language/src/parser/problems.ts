/** A syntax error. Offsets are UTF-16 code units: of the file in `ParsedText`, of the block in `ParsedBlock`. */
export interface SyntaxProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

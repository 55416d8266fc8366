/**
 * A part of a file, such as a declaration or a statement of its body: where its text begins now. Spans are relative to it, so that an edit
 * above it moves one number and leaves every span (and everything that holds spans) as it is.
 * `offset` is all that changes in the model; only the language package moves it.
 */
export interface SourceBlock {
  readonly uri: string;
  /** Absolute offset of its first character in the file, in UTF-16 code units. */
  readonly offset: number;
}

/** A stretch of source text. `start` and `end` (exclusive) are relative to `block.offset`. */
export interface Span {
  readonly block: SourceBlock;
  readonly start: number;
  readonly end: number;
}

/** Absolute offsets of a span, as they are at this moment. */
export function absolute(span: Span): { uri: string; start: number; end: number } {
  return { uri: span.block.uri, start: span.block.offset + span.start, end: span.block.offset + span.end };
}

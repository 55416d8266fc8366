import type { IToken } from 'chevrotain';
import { DefaultLexer, type LexerResult } from 'langium';
import { shape, withoutHashComments } from './shape.ts';

/** The lexer of the grammar: chevrotain's, then the pass that decides line ends and words by position. */
export class SysdLexer extends DefaultLexer {
  override tokenize(text: string): LexerResult {
    const shaped = shape(this.raw(text), this.definition);
    return { hidden: [], tokens: shaped.tokens, errors: shaped.errors };
  }

  /** Tokens before shaping, which depend on nothing but their line. The last terminal takes any character, so there are no errors. */
  raw(text: string): readonly IToken[] {
    const { tokens } = this.chevrotainLexer.tokenize(text);
    return text.includes('#') ? withoutHashComments(tokens) : tokens;
  }
}

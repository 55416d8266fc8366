import { DefaultLexer, type LexerResult } from 'langium';
import { shape } from './shape.ts';

/** The lexer of the grammar: chevrotain's, then the pass that decides line ends and words by position. */
export class SysdLexer extends DefaultLexer {
  override tokenize(text: string): LexerResult {
    const result = super.tokenize(text);
    const shaped = shape(result.tokens, this.definition);
    return { ...result, hidden: [], tokens: shaped.tokens, errors: [...result.errors, ...shaped.errors] };
  }
}

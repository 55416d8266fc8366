import { type IRecognitionException, type IToken, NotAllInputParsedException, NoViableAltException, type TokenType } from 'chevrotain';
import { createParser, type LangiumCoreServices, LangiumParser, type Lexer, type LexerResult } from 'langium';
import type { Document } from '../generated/ast.ts';
import { SysdCstNodeBuilder } from './cst.ts';
import { meantUnit } from './messages.ts';

/** Parts of chevrotain's parser that recovery and error messages go through: private there, the same in the pinned version. */
interface Recovering {
  canRecoverWithSingleTokenDeletion(expected: TokenType): boolean;
  canRecoverWithSingleTokenInsertion(expected: TokenType, follows: TokenType[]): boolean;
  raiseNoAltException(occurrence: number, message: string | undefined): never;
  SAVE_ERROR(error: Error): Error;
  LA(offset: number): IToken;
  getCurrRuleFullName(): string;
  moveToTerminatedState(): void;
  errors: unknown[];
  errorMessageProvider: { buildNoViableAltMessage(options: { actual: IToken[]; previous: IToken; ruleName: string }): string };
}

/** Syntax errors after which the rest of a file is not read: it is not a design, and every error costs a search. */
const MOST_ERRORS = 200;
const ENDS_STATEMENT = new Set(['NL', '{', '}']);

/** Langium's parser, whose recovery never skips the end of a statement, and which also parses tokens that are there already. */
export class SysdParser extends LangiumParser {
  private handed: IToken[] | undefined;
  private readonly original: Lexer;

  constructor(services: LangiumCoreServices) {
    super(services);
    this.original = services.parser.Lexer;
    const { original } = this;
    const tokenize = (text: string): LexerResult =>
      this.handed ? { tokens: this.handed, hidden: [], errors: [] } : original.tokenize(text);
    (this as unknown as { lexer: Lexer }).lexer = { definition: original.definition, tokenize };
    (this as unknown as { nodeBuilder: SysdCstNodeBuilder }).nodeBuilder = new SysdCstNodeBuilder();
    keepErrorsInTheirStatement(this.wrapper as unknown as Recovering);
  }

  /** Tokens of a text as the grammar sees them, and what is wrong with their characters and brackets. */
  tokens(text: string): Pick<LexerResult, 'tokens' | 'errors'> {
    return this.original.tokenize(text);
  }

  /** Parses the tokens of a block, whose offsets are relative to its text. */
  parseTokens(text: string, tokens: IToken[]): { readonly document: Document; readonly errors: readonly IRecognitionException[] } {
    this.handed = tokens;
    try {
      const result = this.parse<Document>(text);
      for (const error of result.parserErrors) {
        // Behind a complete statement chevrotain does not tell its message what stands before the token.
        const untold = error instanceof NotAllInputParsedException || (error as { previousToken?: IToken }).previousToken === error.token;
        if (!untold) continue;
        const previous = tokens[tokens.indexOf(error.token) - 1];
        error.message = (previous && meantUnit(error.token, previous)) ?? error.message;
      }
      return { document: result.value, errors: result.parserErrors };
    } finally {
      this.handed = undefined;
    }
  }
}

export function createSysdParser(services: LangiumCoreServices): LangiumParser {
  const parser = new SysdParser(services);
  createParser(services.Grammar, parser, services.parser.Lexer.definition);
  parser.finalize();
  return parser;
}

function keepErrorsInTheirStatement(parser: Recovering): void {
  const deletion = parser.canRecoverWithSingleTokenDeletion;
  parser.canRecoverWithSingleTokenDeletion = function (expected) {
    return !ENDS_STATEMENT.has(this.LA(1).tokenType.name) && deletion.call(this, expected);
  };
  // Nothing is made up: a value or name that the author has not written is missing in the tree.
  parser.canRecoverWithSingleTokenInsertion = () => false;
  // The original computes all paths of the alternatives for its message, which ours does not use.
  parser.raiseNoAltException = function () {
    const actual = this.LA(1);
    const previous = this.LA(0);
    const ruleName = this.getCurrRuleFullName();
    const message = this.errorMessageProvider.buildNoViableAltMessage({ actual: [actual], previous, ruleName });
    throw this.SAVE_ERROR(new NoViableAltException(message, actual, previous));
  };
  const save = parser.SAVE_ERROR;
  let count = 0;
  let input: unknown;
  parser.SAVE_ERROR = function (error) {
    const tokens = (this as unknown as { input: unknown }).input;
    if (tokens !== input) {
      input = tokens;
      count = 0;
    }
    const saved = save.call(this, error);
    if (++count > MOST_ERRORS) this.moveToTerminatedState();
    return saved;
  };
}

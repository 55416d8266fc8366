import { MULTIPLIERS, UNITS } from '@sysd/core';
import { Lexer, type TokenType, type TokenVocabulary } from 'chevrotain';
import { DefaultTokenBuilder, type GrammarAST } from 'langium';

/**
 * Tokens that the lexer makes and the grammar never sees: `parser/shape.ts` turns them into tokens of the grammar and an error that says
 * what to write instead.
 */
export const UNCLOSED_STRING = 'UNCLOSED_STRING';
export const BLOCK_COMMENT = 'BLOCK_COMMENT';
export const JUNK = 'JUNK';

/**
 * Code units with which junk may begin. Chevrotain chooses the patterns to try by the first character only if it knows that of all patterns,
 * and cannot read it from `[^…]`.
 */
const NOT_LINE_BREAKS = Array.from({ length: 0x1_0000 }, (_, code) => code).filter((code) => code !== 10 && code !== 13);

/** Terminals and keywords that the lexer never makes; shaping retypes a NAME into them by where it stands. */
const BY_POSITION = new Set(['KIND', 'PROPERTY', 'SOURCE', 'OPERATION']);

const NUMBER = '\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?';
const UNIT_WORDS = UNITS.map((u) => u.name)
  .filter((name) => /^[A-Za-z]+$/.test(name) && name !== 'x')
  .sort((a, b) => b.length - a.length)
  .join('|');
// A unit after a space must be a known one, so that `fail api 2 h…` does not eat a name; glued letters are a unit, known or not.
const ONE = `${NUMBER}(?:[${[...MULTIPLIERS.keys()].join('')}]?[ \\t]+(?:(?:${UNIT_WORDS})(?![\\w@-]|\\.[A-Za-z_])|%)|%|[A-Za-z]\\w*)?(?:/[A-Za-z]\\w*)?`;

/** One quantity: number, optional `k M G T`, optional space and unit, optional `/unit`; or a range of two (`10..20 ms`). */
export const QUANTITY_PATTERN = new RegExp(`${ONE}(?:\\.\\.${ONE})?`);

/** Builds the token types: words of the language are never lexed as such but by position, so that every one of them may also be a name. */
export class SysdTokenBuilder extends DefaultTokenBuilder {
  override buildTokens(grammar: GrammarAST.Grammar, options?: { caseInsensitive?: boolean }): TokenVocabulary {
    const tokens = super.buildTokens(grammar, options) as TokenType[];
    // The block comment comes before `/`; the unclosed string after STRING, which is the closed one.
    const block: TokenType = { name: BLOCK_COMMENT, PATTERN: /\/\*(?:[^*\r\n]|\*(?!\/))*(?:\*\/)?/ };
    const unclosed: TokenType = { name: UNCLOSED_STRING, PATTERN: /"[^"\r\n{}]*/ };
    const junk: TokenType = { name: JUNK, PATTERN: /[^\r\n]/, START_CHARS_HINT: NOT_LINE_BREAKS };
    const all = [block, ...tokens, unclosed, junk];
    // Said here so that chevrotain need not look through the patterns for what may match a line break: half of its start.
    for (const token of all) token.LINE_BREAKS ??= false;
    return all;
  }

  protected override buildTerminalToken(terminal: GrammarAST.TerminalRule): TokenType {
    const token = super.buildTerminalToken(terminal);
    if (BY_POSITION.has(terminal.name)) token.PATTERN = Lexer.NA;
    if (terminal.name === 'QUANTITY') token.PATTERN = QUANTITY_PATTERN;
    if (terminal.name === 'NL') token.LINE_BREAKS = true;
    return token;
  }

  protected override buildKeywordToken(keyword: GrammarAST.Keyword, terminals: TokenType[], caseInsensitive: boolean): TokenType {
    if (/^\w/.test(keyword.value)) return { name: keyword.value, PATTERN: Lexer.NA };
    return super.buildKeywordToken(keyword, terminals, caseInsensitive);
  }
}

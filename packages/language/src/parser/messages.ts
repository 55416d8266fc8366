import { meantQuantity } from '@sysd/core';
import { EOF, type IToken, type TokenType } from 'chevrotain';
import { AbstractParserErrorMessageProvider } from 'langium';

interface Mismatch {
  expected: TokenType;
  actual: IToken;
  previous: IToken;
}

const WHAT: Readonly<Record<string, string>> = {
  NAME: 'a name',
  STRING: 'text in double quotes',
  QUANTITY: 'a number',
  ARROW: 'an arrow (-> or ~>)',
  SOURCE: 'a step, such as api -> orders read',
  REL: 'a comparison, such as <=',
  '=': '=',
  ':': ':',
  '{': '{',
  ')': ')',
};

/** What a rule is about, where its first word does not say it. */
const RULES: Readonly<Record<string, string>> = {
  Primary: 'a value: a number, a name or ( … )',
  BinaryExpression: 'a value: a number, a name or ( … )',
  Operand: 'a value',
  Phrase: 'a value',
  Document: 'a statement',
  Body: 'a statement',
  Scenario: 'a title in double quotes',
  View: 'a title in double quotes',
};

/** Syntax errors in the words of the language: what is wrong, where, and what would do. */
export class SysdErrorMessages extends AbstractParserErrorMessageProvider {
  override buildMismatchTokenMessage({ expected, actual, previous }: Mismatch): string {
    if (expected.name === '}' || expected === EOF) return unexpected(actual, previous);
    if (previous.tokenType.name === 'KIND' && (actual.image === '-' || actual.image === '='))
      return `expected a name after ${cut(previous.image)}, found ${actual.image}: ${ARROWS}`;
    return `expected ${WHAT[expected.name] ?? expected.name}${behind(previous, actual)}, found ${shown(actual)}`;
  }

  override buildNotAllInputParsedMessage({ firstRedundant }: { firstRedundant: IToken }): string {
    return unexpected(firstRedundant, undefined);
  }

  override buildNoViableAltMessage({ actual, previous, ruleName }: { actual: IToken[]; previous: IToken; ruleName: string }): string {
    const rule = ruleName.replace('\u200B', '');
    return `expected ${RULES[rule] ?? 'something else'}${behind(previous, actual[0])}, found ${shown(actual[0])}`;
  }

  override buildEarlyExitMessage({ actual, previous, ruleName }: { actual: IToken[]; previous: IToken; ruleName: string }): string {
    return this.buildNoViableAltMessage({ actual, previous, ruleName });
  }
}

const ARROWS = 'arrows are -> (waits for the answer) and ~> (does not), and a property is said with a colon';

/** What to write for `500 rps` and `2,5`; undefined where what follows is not meant as part of the number. */
export function meantNumber(actual: IToken, previous: IToken): string | undefined {
  if (actual.image === ',' && previous.tokenType.name === 'QUANTITY' && previous.startOffset + previous.image.length === actual.startOffset)
    return `unexpected , after ${cut(previous.image)}: a decimal point is a ., as in 2.5`;
  const meant = actual.tokenType.name === 'NAME' ? meantQuantity(previous.image, actual.image) : undefined;
  return meant === undefined ? undefined : `${cut(actual.image)} is no unit; did you mean ${meant}?`;
}

function unexpected(actual: IToken, previous: IToken | undefined): string {
  const meant = previous && meantNumber(actual, previous);
  if (meant !== undefined) return meant;
  if (actual.image === 'per')
    return 'unexpected per: a rate is written with a slash, 20/day; each behind it makes it that of each daily user';
  if (actual.image === '=' || (actual.image === '-' && previous?.tokenType.name !== 'QUANTITY'))
    return `unexpected ${actual.image}${behind(previous, actual)}: ${ARROWS}`;
  return `unexpected ${shown(actual)}${behind(previous, actual)}; the statement is complete before it: remove it, or begin a new line`;
}

/** ` after X`, where X stands before the token in the same statement. */
function behind(previous: IToken | undefined, actual: IToken | undefined): string {
  if (!previous || previous.tokenType === EOF || previous.image === '' || previous.tokenType.name === 'NL') return '';
  if (actual && actual.tokenType !== EOF && previous.startOffset >= actual.startOffset) return '';
  return ` after ${cut(previous.image)}`;
}

function shown(token: IToken | undefined): string {
  // A block ends where a line does.
  if (!token || token.tokenType === EOF) return 'the end of the line';
  if (token.tokenType.name === 'NL') return token.image === ';' || token.image === ',' ? token.image : 'the end of the line';
  if (token.image === '') return 'the end of the block';
  return cut(token.image);
}

const cut = (image: string): string => (image.length > 40 ? `${image.slice(0, 40)}…` : image);

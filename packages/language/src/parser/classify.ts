import type { IToken, TokenType, TokenTypeDictionary } from 'chevrotain';
import { ENDS_OPERAND, MODIFIER_WORDS, OPERATION_WORDS, STATEMENT_WORDS } from './words.ts';

/**
 * Decides what each NAME is where it stands. At the start of a statement the second token decides: an arrow makes it the name of a
 * component, `:` a property, anything else a word of the language (the kind of a component where it is no other). Behind that, each
 * statement has few words, and only at certain places, so that `flow from from at` still is a flow called `from`.
 */
export function classifier(types: TokenTypeDictionary) {
  const type = (name: string): TokenType => types[name]!;
  /** First word of the statement: a statement word, `step`, `property` or `component`. */
  let statement = '';
  let start = true;
  /** Tokens since the start. */
  let index = 0;
  /** Type name of the token before, by the grammar. */
  let previous = '';
  let parentheses = 0;
  let operationSeen = false;
  const seen = new Set<string>();

  const begin = (what: string, token: TokenType): TokenType => {
    statement = what;
    start = what === 'else';
    index = 1;
    previous = token.name;
    if (seen.size > 0) seen.clear();
    return token;
  };
  const word = (name: string): TokenType => {
    index++;
    previous = name;
    seen.add(name);
    return type(name);
  };
  const plain = (): undefined => {
    index++;
    previous = 'NAME';
    return undefined;
  };

  function first(token: IToken, second: IToken | undefined, next: IToken | undefined): TokenType {
    if (next?.tokenType.name === 'ARROW') return begin('step', type('SOURCE'));
    if (second?.tokenType.name === ':') return begin('property', type('PROPERTY'));
    if (STATEMENT_WORDS.has(token.image)) return begin(token.image, type(token.image));
    return begin('component', type('KIND'));
  }

  function inStep(token: IToken): TokenType | undefined {
    if (previous === 'ARROW' || previous === '|') {
      operationSeen = false;
      plain();
      previous = 'TARGET';
      return undefined;
    }
    // Where a value is due it is a name or the function, and `db max` is a table.
    if (token.image === 'max') return ENDS_OPERAND.has(previous) ? word('max') : plain();
    if (previous === 'of' || previous === 'requires' || (previous === ':' && seen.has('requires'))) return plain();
    if (previous === 'on' && token.image === 'miss') return word('miss');
    if (previous === 'miss' && token.image === 'of') return word('of');
    if (MODIFIER_WORDS.has(token.image)) return word(token.image);
    if (!operationSeen && OPERATION_WORDS.has(token.image)) {
      operationSeen = true;
      previous = 'OPERATION';
      return type('OPERATION');
    }
    return plain();
  }

  function inQuery(token: IToken): TokenType | undefined {
    const wantsName = previous !== 'NAME' && previous !== 'QUANTITY' && previous !== 'STRING' && previous !== ')';
    if (wantsName) return plain();
    if (token.image === 'and' && statement !== 'from') return word('and');
    if (token.image === 'where' || token.image === 'join') return begin(token.image, type(token.image));
    return plain();
  }

  /** A word that may stand once, not right behind the words that want a name. */
  function once(token: IToken, words: readonly string[], beforeName: readonly string[]): TokenType | undefined {
    if (index === 1 || beforeName.includes(previous) || seen.has(token.image) || !words.includes(token.image)) return plain();
    return word(token.image);
  }

  return {
    /** Forgets what has been read. */
    startText(): void {
      statement = '';
      start = true;
      index = 0;
      previous = '';
      parentheses = 0;
      operationSeen = false;
      seen.clear();
    },
    startStatement(): void {
      start = true;
      parentheses = 0;
      operationSeen = false;
    },
    atStart: (): boolean => start,
    /** Inside parentheses, and between the kinds of a technology, a comma never ends the statement. */
    commaJoins: (): boolean => parentheses > 0 || (statement === 'technology' && !start),
    /** Any token but a NAME. */
    other(name: string): undefined {
      if (start) begin('', { name });
      start = false;
      index++;
      if (name === '(') parentheses++;
      else if (name === ')') parentheses--;
      previous = name;
    },
    /** A NAME: the type to give it, or undefined to leave it a name. `second` is the raw token behind it, `next` the one behind line breaks. */
    name(token: IToken, second: IToken | undefined, next: IToken | undefined): TokenType | undefined {
      if (start) return first(token, second, next);
      if (parentheses > 0) return plain();
      if (token.image === 'source' && second?.tokenType.name === 'STRING' && (statement === 'property' || statement === 'let')) {
        return word('source');
      }
      switch (statement) {
        case 'step':
          return inStep(token);
        case 'join':
        case 'where':
        case 'from':
          return inQuery(token);
        case 'flow':
          return seen.has('at') ? once(token, ['each'], ['at']) : once(token, ['from', 'at'], ['from']);
        case 'group':
          return once(token, ['across'], []);
        case 'accept':
          return once(token, ['on', 'because'], ['on', 'ARROW']);
        default:
          return plain();
      }
    },
  };
}

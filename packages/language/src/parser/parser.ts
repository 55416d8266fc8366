import {
  type IRecognitionException,
  type IToken,
  NotAllInputParsedException,
  NoViableAltException,
  type TokenType,
  type TokenTypeDictionary,
} from 'chevrotain';
import { type AstNode, type AstReflection, createParser, type LangiumCoreServices, LangiumParser, type PropertyType } from 'langium';
import type { Document, Item } from '../generated/ast.ts';
import type { SysdLexer } from './lexer.ts';
import { MarksBuilder } from './marks-builder.ts';
import { meantNumber } from './messages.ts';
import type { Place } from './place.ts';

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

/** Parts of Langium's parser that are private there, the same in the pinned version: all of them are used in this file only. */
interface Internals {
  nodeBuilder: MarksBuilder;
  lexerResult: { readonly hidden: readonly IToken[] };
  mainRule: unknown;
  wrapper: { input: IToken[]; readonly errors: IRecognitionException[] };
  stack: Growing[];
  construct(): unknown;
  doParse(rule: unknown): Document;
  extractHiddenTokens(token: IToken): readonly IToken[];
  assign(operator: '=' | '?=' | '+=', feature: string, value: unknown): void;
  assignWithoutOverride(target: Growing, source: Growing): Growing;
}

/** A node while its rule reads. */
interface Growing {
  readonly $type: unknown;
  [feature: string]: unknown;
}

/** Syntax errors after which the rest of a statement is not read: it is not a design, and every error costs a search. */
const MOST_ERRORS = 200;
const ENDS_STATEMENT = new Set(['NL', '{', '}']);
const NOTHING: readonly never[] = [];
const NOTHING_HIDDEN = { hidden: NOTHING };

/**
 * Langium's parser over tokens that are there already. Its recovery never skips the end of a statement, and instead of a concrete syntax
 * tree it keeps where things stand.
 */
export class SysdParser extends LangiumParser {
  private readonly marksBuilder = new MarksBuilder();
  private readonly sysdLexer: SysdLexer;

  constructor(services: LangiumCoreServices) {
    super(services);
    this.sysdLexer = services.parser.Lexer as SysdLexer;
    const internals = this as unknown as Internals;
    for (const name of [
      'nodeBuilder',
      'wrapper',
      'doParse',
      'stack',
      'construct',
      'extractHiddenTokens',
      'assignWithoutOverride',
    ] as const) {
      if (internals[name] === undefined) throw new Error(`langium has no LangiumParser.${name} any more: adapt parser/parser.ts`);
    }
    internals.nodeBuilder = this.marksBuilder;
    internals.construct = constructing(this, this.marksBuilder, services.shared.AstReflection);
    internals.extractHiddenTokens = () => NOTHING;
    internals.assign = (operator, feature, value) => assign(internals.stack.at(-1)!, operator, feature, value);
    internals.assignWithoutOverride = assignWithoutOverride;
    keepErrorsInTheirStatement(this.wrapper as unknown as Recovering);
  }

  /** Tokens of a text before shaping. */
  rawTokens(text: string): readonly IToken[] {
    return this.sysdLexer.raw(text);
  }

  get tokenTypes(): TokenTypeDictionary {
    return this.sysdLexer.definition;
  }

  /** Parses the tokens of statements, whose offsets are relative to `place`. */
  parseTokens(tokens: IToken[], place: Place): { readonly items: Item[]; readonly errors: readonly IRecognitionException[] } {
    const internals = this as unknown as Internals;
    this.marksBuilder.begin(place);
    internals.lexerResult = NOTHING_HIDDEN;
    internals.wrapper.input = tokens;
    const document = internals.doParse(internals.mainRule);
    linkContainers(document);
    const { errors } = internals.wrapper;
    for (const error of errors) {
      // Behind a complete statement chevrotain does not tell its message what stands before the token.
      // Where it has skipped to a later token, that is the one that it tells.
      const { previousToken } = error as { previousToken?: IToken };
      const untold = error instanceof NotAllInputParsedException || (previousToken && previousToken.startOffset >= error.token.startOffset);
      if (!untold) continue;
      const previous = tokens[tokens.indexOf(error.token) - 1];
      error.message = (previous && meantNumber(error.token, previous)) ?? error.message;
    }
    return { items: document.items, errors };
  }
}

/** Ends a node. As Langium's, which looks through all features of its type for those with a default. */
function constructing(parser: LangiumParser, marks: MarksBuilder, reflection: AstReflection): () => unknown {
  const internals = parser as unknown as Internals;
  const original = internals.construct.bind(internals);
  const known = new Map<string, readonly (readonly [string, PropertyType])[]>();
  const defaultsOf = (type: string) => {
    const properties = Object.values(reflection.getTypeMetaData(type).properties);
    const found = properties.flatMap(({ name, defaultValue }) => (defaultValue === undefined ? [] : [[name, defaultValue] as const]));
    known.set(type, found);
    return found;
  };
  return () => {
    const node = internals.stack.at(-1);
    if (parser.isRecording() || typeof node?.$type !== 'string' || '$infixName' in node) return original();
    internals.stack.pop();
    marks.construct(node as unknown as AstNode);
    for (const [name, value] of known.get(node.$type) ?? defaultsOf(node.$type)) {
      if (node[name] === undefined) node[name] = Array.isArray(value) ? value.slice() : value;
    }
    return node;
  };
}

/** As Langium's without references, of which the grammar has none; and a list begins without room for 16 more. */
function assign(node: Growing, operator: '=' | '?=' | '+=', feature: string, value: unknown): void {
  if (operator === '=') node[feature] = value;
  else if (operator === '?=') node[feature] = true;
  else {
    const list = node[feature];
    if (Array.isArray(list)) list.push(value);
    else node[feature] = [value];
  }
}

/** Gives a node, which a rule without an assignment has read, what its caller had read before. As Langium's, which makes lists of both. */
function assignWithoutOverride(target: Growing, source: Growing): Growing {
  for (const name in source) {
    const before = source[name];
    const own = target[name];
    if (own === undefined) target[name] = before;
    else if (Array.isArray(own) && Array.isArray(before)) {
      before.push(...own);
      target[name] = before;
    }
  }
  return target;
}

/**
 * Tells each node what contains it, and in a list at which place. A list becomes one without room for more: Langium's have room for 17, a
 * fifth of the memory of a tree. Runs for each node that is read, so it makes no lists of its own.
 */
function linkContainers(container: object): void {
  for (const name in container) {
    const value = (container as Record<string, unknown>)[name];
    if (typeof value !== 'object' || value === null || name.charCodeAt(0) === DOLLAR) continue;
    if (Array.isArray(value)) {
      if (value.length > 1) (container as Record<string, unknown>)[name] = value.slice();
      for (let i = 0; i < value.length; i++) {
        const one: unknown = value[i];
        if (typeof one !== 'object' || one === null) continue;
        (one as Contained).$container = container;
        (one as Contained).$containerIndex = i;
        linkContainers(one);
      }
    } else {
      (value as Contained).$container = container;
      linkContainers(value);
    }
  }
}

const DOLLAR = 36;

interface Contained {
  $container: object;
  $containerIndex?: number;
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

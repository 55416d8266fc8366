import { didYouMean } from '../did-you-mean.ts';
import { type Dimension, dimensionName, isCount, sameDimension } from '../quantity/dimension.ts';
import { meantPercentage, meantQuantity, parseQuantity } from '../quantity/parse.ts';
import type { Quantity } from '../quantity/quantity.ts';
import type { Span } from '../source.ts';
import { decimalComma } from './decimal-comma.ts';
import type { Name, Part, Phrase } from './phrase.ts';
import { phraseText } from './phrase-text.ts';

/**
 * A term of a property value as the parser hands it over, free of the AST. A bare name (`asynchronous`, `us.a`, a `let`) is a `word`;
 * `number` is what it means if a number is due there (the value of the `let` or property of that name).
 */
export type Term =
  | { readonly kind: 'quantity'; readonly quantity: Quantity; readonly span: Span }
  | { readonly kind: 'word'; readonly word: string; readonly span: Span; readonly number?: Quantity }
  | { readonly kind: 'text'; readonly text: string; readonly span: Span }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly { name: string; span: Span }[]; readonly span: Span }
  | { readonly kind: 'comma'; readonly span: Span };

export interface MatchError {
  readonly rule: 'unit-mismatch' | 'invalid-value';
  readonly message: string;
  readonly span: Span;
  /** A word that would have fitted, for a quick fix that replaces the span. */
  readonly suggestion?: string;
}

export type Matched = { readonly value: unknown; readonly next: number } | { readonly error: MatchError; readonly at: number };

interface Context {
  readonly terms: readonly Term[];
  /** Span to blame when the terms end too early. */
  readonly whole: Span;
}

const fail = (at: number, span: Span, message: string, rule: MatchError['rule'] = 'invalid-value', suggestion?: string): Matched => ({
  error: suggestion === undefined ? { rule, message, span } : { rule, message, span, suggestion },
  at,
});

const shown = (term: Term): string => {
  switch (term.kind) {
    case 'quantity':
      return term.quantity.text ?? String(term.quantity.value);
    case 'word':
      return term.word;
    case 'text':
      return `"${term.text}"`;
    case 'call':
      return `${term.name}(…)`;
    case 'comma':
      return ',';
  }
};

/** A number with a word behind it that is no unit, where another would give what is due: `5 seconds`. */
function unitBehind(c: Context, at: number, due: readonly Dimension[]): Matched | undefined {
  const [number, word] = [c.terms[at], c.terms[at + 1]];
  if (number?.kind !== 'quantity' || word?.kind !== 'word') return undefined;
  const written = meantQuantity(number.quantity.text ?? '', word.word);
  const meant = written === undefined ? undefined : parseQuantity(written);
  if (written === undefined || !meant?.ok || !due.some((d) => sameDimension(d, meant.value.dimension))) return undefined;
  const span = { ...number.span, end: word.span.end };
  return fail(at, span, `${word.word} is no unit; did you mean ${written}?`, 'invalid-value', written);
}

/** A unit without its number, where one of it is due: `every day`. */
function unitAlone(term: Term, at: number, phrase: Phrase & { kind: 'quantity' }): Matched | undefined {
  if (term.kind !== 'word') return undefined;
  const one = `1 ${term.word}`;
  const meant = parseQuantity(one);
  if (!meant.ok || !phrase.dimensions.some((d) => !isCount(d) && sameDimension(d, meant.value.dimension))) return undefined;
  return fail(at, term.span, `a unit stands behind its number; did you mean ${one}?`, 'invalid-value', one);
}

const missing = (c: Context, at: number, phrase: Phrase): Matched =>
  fail(at, c.terms[at - 1]?.span ?? c.whole, `expected ${phraseText(phrase)}`);
const wrong = (term: Term, at: number, phrase: Phrase): Matched =>
  fail(at, term.span, `expected ${phraseText(phrase)}, found ${shown(term)}`);

function matchQuantity(phrase: Phrase & { kind: 'quantity' }, c: Context, at: number): Matched {
  const term = c.terms[at];
  if (!term) return missing(c, at, phrase);
  const found = term.kind === 'quantity' ? term.quantity : term.kind === 'word' ? term.number : undefined;
  if (!found) return unitAlone(term, at, phrase) ?? otherQuotes(term, at, phrase) ?? wrong(term, at, phrase);
  if (!phrase.dimensions.some((d) => sameDimension(d, found.dimension))) {
    const meant = unitBehind(c, at, phrase.dimensions);
    if (meant) return meant;
    const due = phrase.dimensions.map(dimensionName).join(' or ');
    const bytes = /^\d+(\.\d+)?\s*B$/.test(found.text ?? '') ? '; B is bytes: for a billion write G' : '';
    return fail(at, term.span, `${shown(term)} is ${dimensionName(found.dimension)}, but ${due} is due here${bytes}`, 'unit-mismatch');
  }
  if (phrase.positive && found.value <= 0) return fail(at, term.span, `${shown(term)} must be more than 0`);
  if (phrase.least !== undefined && found.value < phrase.least)
    return fail(at, term.span, `${shown(term)} is too small: at least ${phrase.least}`);
  if (phrase.most === 1 && !phrase.whole && found.value > 1) return tooLargeAShare(term, at, found);
  if (phrase.most !== undefined && found.value > phrase.most)
    return fail(at, term.span, `${shown(term)} is too large: at most ${phrase.most}`);
  if (phrase.whole && found.low === undefined && !Number.isInteger(found.value))
    return fail(at, term.span, `${shown(term)} must be a whole number`);
  return { value: found, next: at + 1 };
}

/** `99.9` where 99.9 % is meant: a share is a number up to 1, or a percentage. */
function tooLargeAShare(term: Term, at: number, found: Quantity): Matched {
  const percentage = term.kind === 'quantity' ? meantPercentage(found) : undefined;
  const text = `${shown(term)} is more than all: a share is due here, at most 100%`;
  return percentage === undefined
    ? fail(at, term.span, text)
    : fail(at, term.span, `${text}; did you mean ${percentage}?`, 'invalid-value', percentage);
}

function matchWordSequence(words: string, c: Context, at: number): number | undefined {
  let next = at;
  for (const word of words.split(' ')) {
    const term = c.terms[next];
    if (term?.kind !== 'word' || term.word !== word) return undefined;
    next++;
  }
  return next;
}

function matchRecord(phrase: Phrase & { kind: 'record' }, c: Context, start: number): Matched {
  const value: Record<string, unknown> = {};
  const rest: Part[] = phrase.parts.filter((p) => p.after !== undefined);
  let at = start;
  /** Takes the fields behind words that stand at `at`, in any order: before the positional ones (`completion p99 <= 5 s`) or behind them. */
  const takeWorded = (): Matched | undefined => {
    for (let i = 0; i < rest.length; ) {
      const part = rest[i] as Part;
      const next = matchWordSequence(part.after ?? '', c, at);
      if (next === undefined) {
        i++;
        continue;
      }
      const matched: Matched = part.phrase ? match(part.phrase, c, next) : { value: true, next };
      if ('error' in matched) return matched;
      value[part.field] = matched.value;
      at = matched.next;
      rest.splice(i, 1);
      i = 0;
    }
    return undefined;
  };

  const early = takeWorded();
  if (early) return early;
  for (const part of phrase.parts.filter((p) => p.after === undefined)) {
    if (part.optional && (c.terms[at] === undefined || c.terms[at]?.kind === 'comma')) continue;
    const matched = match(part.phrase as Phrase, c, at);
    if ('error' in matched) return matched;
    value[part.field] = matched.value;
    at = matched.next;
  }
  const late = takeWorded();
  if (late) return late;
  const lacking = rest.find((p) => !p.optional);
  if (lacking) return missing(c, at, { kind: 'record', parts: [lacking] });
  return { value, next: at };
}

function matchList(phrase: Phrase & { kind: 'list' }, c: Context, start: number): Matched {
  const values: unknown[] = [];
  let at = start;
  for (;;) {
    const matched = match(phrase.of, c, at);
    if ('error' in matched) return matched;
    values.push(matched.value);
    at = matched.next;
    if (c.terms[at]?.kind !== 'comma') return { value: values, next: at };
    at++;
  }
}

function matchChoice(phrase: Phrase & { kind: 'choice' }, c: Context, at: number): Matched {
  let deepest: Matched | undefined;
  for (const one of phrase.of) {
    const matched = match(one, c, at);
    if (!('error' in matched)) return matched;
    const better =
      !deepest ||
      ('error' in deepest &&
        (matched.at > deepest.at || (matched.error.rule === 'unit-mismatch' && deepest.error.rule !== 'unit-mismatch')));
    if (better) deepest = matched;
  }
  const term = c.terms[at];
  if (deepest && 'error' in deepest && (deepest.at > at || deepest.error.rule === 'unit-mismatch' || deepest.error.suggestion))
    return deepest;
  return term ? wrong(term, at, phrase) : missing(c, at, phrase);
}

/** Words of the schema by what other languages and tools say for them. */
const ALSO_SAID: readonly (readonly [word: string, said: readonly string[]])[] = [
  ['yes', ['true', 'on', 'enabled']],
  ['automatic', ['true', 'on', 'yes', 'enabled']],
  ['no', ['false', 'off', 'disabled', 'never']],
  ['none', ['false', 'off', 'no', 'disabled', 'never']],
  ['sync', ['synchronous']],
  ['async', ['asynchronous']],
  ['active-passive', ['master-slave', 'primary-replica', 'primary-standby', 'leader-follower', 'hot-standby', 'standby']],
  ['multi-primary', ['multi-master', 'multi-leader', 'master-master']],
  ['primary', ['master', 'leader']],
  ['replicas', ['slaves', 'followers', 'secondaries']],
  ['relational', ['sql', 'rdbms']],
  ['key-value', ['kv']],
  ['wide-column', ['columnar', 'column-family']],
  ['availability', ['uptime', 'sla']],
  ['p50', ['median']],
  ['http', ['https', 'rest']],
];

function meantWord(word: string, words: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  return ALSO_SAID.find(([meant, said]) => words.includes(meant) && said.includes(lower))?.[0] ?? didYouMean(word, words);
}

/** A term in quotes where it stands without, or without where it stands in quotes; undefined for any other. */
function otherQuotes(term: Term, at: number, phrase: Phrase): Matched | undefined {
  if (term.kind === 'text') {
    const { text } = term;
    const number = phrase.kind === 'quantity' ? parseQuantity(text) : undefined;
    const fits =
      (phrase.kind === 'word' && phrase.words.includes(text)) ||
      (phrase.kind === 'name' && /^[A-Za-z_]\w*(?:-\w+)*$/.test(text)) ||
      (phrase.kind === 'quantity' && number?.ok === true && phrase.dimensions.some((d) => sameDimension(d, number.value.dimension)));
    return fits ? fail(at, term.span, `this stands without quotes; did you mean ${text}?`, 'invalid-value', text) : undefined;
  }
  if (phrase.kind !== 'text' || (term.kind !== 'word' && term.kind !== 'quantity')) return undefined;
  const written = `"${shown(term)}"`;
  return fail(at, term.span, `text stands in double quotes; did you mean ${written}?`, 'invalid-value', written);
}

/** Matches terms from `at` on against a phrase: the typed value and where the match ended, or the first error. */
function match(phrase: Phrase, c: Context, at: number): Matched {
  const term = c.terms[at];
  switch (phrase.kind) {
    case 'quantity':
      return matchQuantity(phrase, c, at);
    case 'record':
      return matchRecord(phrase, c, at);
    case 'list':
      return matchList(phrase, c, at);
    case 'choice':
      return matchChoice(phrase, c, at);
    case 'range': {
      if (term?.kind !== 'quantity') return term ? wrong(term, at, phrase) : missing(c, at, phrase);
      const { quantity: found } = term;
      if (!sameDimension(found.dimension, phrase.dimension)) {
        return fail(
          at,
          term.span,
          `${shown(term)} is ${dimensionName(found.dimension)}, but ${dimensionName(phrase.dimension)} is due here`,
          'unit-mismatch',
        );
      }
      return { value: { low: found.low ?? found.value, high: found.high ?? found.value }, next: at + 1 };
    }
    case 'word': {
      if (term?.kind === 'word' && phrase.words.includes(term.word)) return { value: term.word, next: at + 1 };
      if (!term) return missing(c, at, phrase);
      const near = term.kind === 'word' ? meantWord(term.word, phrase.words) : undefined;
      return near
        ? fail(at, term.span, `expected ${phraseText(phrase)}, found ${shown(term)}; did you mean ${near}?`, 'invalid-value', near)
        : (otherQuotes(term, at, phrase) ?? wrong(term, at, phrase));
    }
    case 'text':
      if (term?.kind === 'text') return { value: { text: term.text }, next: at + 1 };
      return term ? (otherQuotes(term, at, phrase) ?? wrong(term, at, phrase)) : missing(c, at, phrase);
    case 'name':
      if (term?.kind === 'word') return { value: { name: term.word, span: term.span } satisfies Name, next: at + 1 };
      return term ? (otherQuotes(term, at, phrase) ?? wrong(term, at, phrase)) : missing(c, at, phrase);
    case 'call':
      if (term?.kind === 'call' && phrase.functions.includes(term.name)) {
        return {
          value: { function: term.name, arguments: term.arguments.map((a): Name => ({ name: a.name, span: a.span })) },
          next: at + 1,
        };
      }
      if (term?.kind === 'word' && phrase.bare.includes(term.word)) return { value: { function: term.word, arguments: [] }, next: at + 1 };
      return term ? wrong(term, at, phrase) : missing(c, at, phrase);
  }
}

/** The dimensions of the numbers that a phrase may hold. */
export function numbersIn(phrase: Phrase): readonly Dimension[] {
  switch (phrase.kind) {
    case 'quantity':
      return phrase.dimensions;
    case 'range':
      return [phrase.dimension];
    case 'list':
      return numbersIn(phrase.of);
    case 'choice':
      return phrase.of.flatMap(numbersIn);
    case 'record':
      return phrase.parts.flatMap((part) => (part.phrase ? numbersIn(part.phrase) : []));
    default:
      return [];
  }
}

/** Matches all terms of a property value against its phrase. Never throws. */
export function matchPhrase(
  phrase: Phrase,
  terms: readonly Term[],
  whole: Span,
): { readonly value: unknown } | { readonly error: MatchError } {
  const matched = match(phrase, { terms, whole }, 0);
  const at = 'error' in matched ? matched.at : matched.next;
  if (!('error' in matched) && at === terms.length) return { value: matched.value };
  const comma = decimalComma(terms, at);
  if (comma) return { error: { rule: 'invalid-value', ...comma } };
  if ('error' in matched) return { error: matched.error };
  const extra = terms[at] as Term;
  const meant = unitBehind({ terms, whole }, at - 1, numbersIn(phrase));
  if (meant && 'error' in meant) return { error: meant.error };
  return { error: { rule: 'invalid-value', message: `unexpected ${shown(extra)}; the value is ${phraseText(phrase)}`, span: extra.span } };
}

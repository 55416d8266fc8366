import type { Dimension } from '../quantity/dimension.ts';
import type { Quantity } from '../quantity/quantity.ts';
import type { Span } from '../source.ts';

/** What a name in a phrase stands for. `component` and `place` are resolved in the design, `column` in the tables of the store. */
export type NameRole = 'component' | 'place' | 'column' | 'property' | 'fate';

/** A resolved or checked name of a phrase. */
export interface Name {
  readonly name: string;
  readonly span?: Span;
}

/**
 * The shape of a property's value. The schema is the only description: parsing of values, validation, completion, hover and the
 * language reference all read it. `T` is the TypeScript type of a matched value.
 */
export type Phrase<T = unknown> = {
  readonly [type]?: T;
} & (
  | {
      readonly kind: 'quantity';
      readonly dimensions: readonly Dimension[];
      readonly least?: number;
      readonly most?: number;
      readonly positive?: boolean;
      readonly whole?: boolean;
    }
  | { readonly kind: 'range'; readonly dimension: Dimension; readonly whole?: boolean }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  | { readonly kind: 'text' }
  | { readonly kind: 'name'; readonly role: NameRole }
  | { readonly kind: 'call'; readonly functions: readonly string[]; readonly role: NameRole; readonly bare: readonly string[] }
  | { readonly kind: 'list'; readonly of: Phrase }
  | { readonly kind: 'choice'; readonly of: readonly Phrase[] }
  | { readonly kind: 'record'; readonly parts: readonly Part[] }
);

declare const type: unique symbol;

/** A field of a record phrase: positional, or introduced by `after` words (`every 5 s`); a flag has words and no phrase. */
export interface Part {
  readonly field: string;
  readonly after?: string;
  readonly phrase?: Phrase;
  readonly optional: boolean;
  readonly many?: boolean;
}

export type ValueOf<P> = P extends Phrase<infer T> ? T : never;

const make = <T>(phrase: Phrase): Phrase<T> => phrase as Phrase<T>;

/** A number of one of the dimensions; `least` and `most` are inclusive bounds in base units; `positive`: more than 0. */
export function q(
  dimension: Dimension | readonly Dimension[],
  bounds: { least?: number; most?: number; positive?: boolean; whole?: boolean } = {},
): Phrase<Quantity> {
  const dimensions: readonly Dimension[] = Array.isArray(dimension) ? dimension : [dimension as Dimension];
  return make({ kind: 'quantity', dimensions, ...bounds });
}

/** `40..200`: two numbers, low to high. */
export function range(dimension: Dimension, whole = false): Phrase<{ low: number; high: number }> {
  return make({ kind: 'range', dimension, whole });
}

export function word<const W extends string>(...words: readonly W[]): Phrase<W> {
  return make({ kind: 'word', words });
}

export const text: Phrase<{ text: string }> = make({ kind: 'text' });

export function name(role: NameRole): Phrase<Name> {
  return make({ kind: 'name', role });
}

/** `hash(a, b)`: one of the functions with names in parentheses; `bare` words may stand without parentheses. */
export function call<const F extends string>(
  functions: readonly F[],
  role: NameRole,
  bare: readonly F[] = [],
): Phrase<{ function: F; arguments: readonly Name[] }> {
  return make({ kind: 'call', functions, role, bare });
}

/** Comma-separated; one or more. */
export function list<T>(of: Phrase<T>): Phrase<readonly T[]> {
  return make({ kind: 'list', of });
}

/** The first alternative that fits. */
export function choice<const A extends readonly Phrase[]>(...of: A): Phrase<ValueOf<A[number]>> {
  return make({ kind: 'choice', of });
}

type Typed<T, Optional extends boolean> = Part & { readonly [type]?: T; readonly optional: Optional };

/** Positional, required. */
export function need<T>(phrase: Phrase<T>): Typed<T, false> {
  return { field: '', phrase, optional: false };
}

/** Positional, may be left out: `exponential [100 ms]`. Stands last. */
export function may<T>(phrase: Phrase<T>): Typed<T, true> {
  return { field: '', phrase, optional: true };
}

/** Required, behind its word or words: `by hash(a)`. */
export function needAfter<T>(after: string, phrase: Phrase<T>): Typed<T, false> {
  return { field: '', after, phrase, optional: false };
}

/** Optional, behind its word or words. */
export function after<T>(words: string, phrase: Phrase<T>): Typed<T, true> {
  return { field: '', after: words, phrase, optional: true };
}

/** Optional words without a value: `per core`. */
export function flag(words: string): Typed<true, true> {
  return { field: '', after: words, optional: true };
}

/** Required words without a value: `5 failures`. */
export function needFlag(words: string): Typed<true, false> {
  return { field: '', after: words, optional: false };
}

type RecordOf<R> = {
  readonly [K in keyof R as R[K] extends Typed<unknown, false> ? K : never]: R[K] extends Typed<infer T, false> ? T : never;
} & {
  readonly [K in keyof R as R[K] extends Typed<unknown, false> ? never : K]?: R[K] extends Typed<infer T, boolean> ? T : never;
};

/** Positional fields in order, then the fields behind words in any order. */
export function record<R extends Record<string, Part>>(fields: R): Phrase<RecordOf<R>> {
  return make({ kind: 'record', parts: Object.entries(fields).map(([field, part]) => ({ ...part, field })) });
}

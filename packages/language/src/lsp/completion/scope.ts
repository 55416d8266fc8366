import { isKind, type Kind } from '@sysd/core';
import type { IToken } from 'chevrotain';
import { statementStart } from '../text/blocks.ts';
import { typeOf } from '../text/lex.ts';

/** A name that completion may offer. */
export interface Named {
  readonly name: string;
  readonly detail?: string;
  readonly doc?: string;
}

export interface NamedComponent extends Named {
  readonly kind: Kind;
  readonly technology?: string;
}

/** A table, query or column and the store that it belongs to. */
export interface NamedInStore extends Named {
  readonly store: string;
}

export interface NamedTechnology extends Named {
  readonly kinds: readonly string[];
}

/** All names that may be used at a place. Made from the last design, and from the tokens for what has been typed since. */
export interface Scope {
  readonly components: readonly NamedComponent[];
  readonly places: readonly Named[];
  readonly groups: readonly Named[];
  readonly lets: readonly Named[];
  readonly flows: readonly Named[];
  readonly tables: readonly NamedInStore[];
  readonly queries: readonly NamedInStore[];
  /** `table.column` of the store. */
  readonly columns: readonly NamedInStore[];
  readonly technologies: readonly NamedTechnology[];
}

export const EMPTY_SCOPE: Scope = {
  components: [],
  places: [],
  groups: [],
  lets: [],
  flows: [],
  tables: [],
  queries: [],
  columns: [],
  technologies: [],
};

const KEYS = Object.keys(EMPTY_SCOPE) as (keyof Scope)[];

/** A scope whose lists are made when they are asked for: most requests want one or two. */
export function lazyScope(list: <K extends keyof Scope>(key: K) => Scope[K]): Scope {
  const scope = {};
  for (const key of KEYS) {
    let made: Scope[typeof key] | undefined;
    const get = () => {
      made ??= list(key);
      return made;
    };
    Object.defineProperty(scope, key, { get, enumerable: true });
  }
  return scope as Scope;
}

/** Of scopes; where several have a name, that of the first counts. */
export function mergeScopes(first: Scope, others: readonly Scope[]): Scope {
  return lazyScope((key) => unique(first[key], others, key) as Scope[typeof key]);
}

function unique<K extends keyof Scope>(first: Scope[K], others: readonly Scope[], key: K): readonly Scope[K][number][] {
  if (others.length === 0) return first;
  const found: Scope[K][number][] = [...first];
  const names = new Set(found.map(fullName));
  for (const other of others) {
    for (const one of other[key]) {
      const name = fullName(one);
      if (names.has(name)) continue;
      names.add(name);
      found.push(one);
    }
  }
  return found;
}

const fullName = (one: Named & { readonly store?: string }): string => (one.store === undefined ? one.name : `${one.store} ${one.name}`);

type Collected = { -readonly [K in keyof Scope]: Scope[K][number][] };

/** Names declared in a text, read off its tokens; needs no tree and no names resolved. `EMPTY_SCOPE` where there are none. O(n). */
export function scopeOfTokens(tokens: readonly IToken[]): Scope {
  const found = Object.fromEntries(KEYS.map((key) => [key, []])) as unknown as Collected;
  /** Names of the declarations whose bodies are open. */
  const open: (string | undefined)[] = [];
  tokens.forEach((token, i) => {
    const type = typeOf(token);
    const name = tokens[i + 1] && typeOf(tokens[i + 1]!) === 'NAME' ? tokens[i + 1]!.image : undefined;
    if (type === '{') open.push(headerName(tokens, i));
    else if (type === '}') open.pop();
    else if (name !== undefined) declare(found, type, token.image, name, open, tokens, i);
    else if (type === 'PROPERTY') declareIn(found, token.image, namesBehind(tokens, i + 2), open);
  });
  return KEYS.every((key) => found[key].length === 0) ? EMPTY_SCOPE : found;
}

function headerName(tokens: readonly IToken[], brace: number): string | undefined {
  const second = tokens[statementStart(tokens, brace) + 1];
  return second && typeOf(second) === 'NAME' ? second.image : undefined;
}

function declare(
  found: Collected,
  type: string,
  word: string,
  name: string,
  open: readonly (string | undefined)[],
  tokens: readonly IToken[],
  i: number,
): void {
  const store = open.at(-1);
  switch (type) {
    case 'KIND': {
      if (!isKind(word)) return;
      const technology = tokens[i + 2]?.image === ':' && tokens[i + 3] ? { technology: tokens[i + 3]!.image } : {};
      found.components.push({ name, kind: word, detail: word, ...technology });
      return;
    }
    case 'region':
      found.places.push({ name, detail: type });
      return;
    case 'zone':
      found.places.push({ name: store === undefined ? name : `${store}.${name}`, detail: type });
      return;
    case 'group':
      found.groups.push({ name, detail: type });
      return;
    case 'let':
      found.lets.push({ name, detail: type });
      return;
    case 'flow':
      found.flows.push({ name, detail: type });
      return;
    case 'technology':
      found.technologies.push({ name, detail: type, kinds: tokens[i + 2]?.image === ':' ? [tokens[i + 3]?.image ?? ''] : [] });
      return;
    case 'table':
      if (store !== undefined) found.tables.push({ name, store, detail: `table of ${store}` });
      return;
    case 'query':
      if (store !== undefined) found.queries.push({ name, store, detail: `query of ${store}` });
  }
}

/** Zones of a region and columns of a table, which properties declare. */
function declareIn(found: Collected, property: string, names: readonly string[], open: readonly (string | undefined)[]): void {
  const owner = open.at(-1);
  if (owner === undefined) return;
  if (property === 'zones') for (const zone of names) found.places.push({ name: `${owner}.${zone}`, detail: `zone of ${owner}` });
  const store = open.at(-2);
  if (store === undefined || !['key', 'shard-key', 'index'].includes(property)) return;
  for (const column of names) found.columns.push({ name: `${owner}.${column}`, store, detail: property });
}

function namesBehind(tokens: readonly IToken[], from: number): string[] {
  const names: string[] = [];
  for (let i = from; i < tokens.length; i++) {
    const type = typeOf(tokens[i]!);
    if (type === 'NAME') names.push(tokens[i]!.image);
    else if (type !== ',') break;
  }
  return names;
}

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

/** All names that may be used at a place. Made from the last good design, and from the tokens for what has been typed since. */
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

/** Of two scopes; where both have a name, the first one's counts. */
export function mergeScopes(a: Scope, b: Scope): Scope {
  const keys = Object.keys(EMPTY_SCOPE) as (keyof Scope)[];
  const merged = keys.map((key) => [key, unique([...a[key], ...b[key]] as (Named & { store?: string })[])]);
  return Object.fromEntries(merged) as Scope;
}

function unique<T extends Named & { store?: string }>(all: readonly T[]): T[] {
  const byName = new Map<string, T>();
  for (const one of all) {
    const key = `${one.store ?? ''} ${one.name}`;
    if (!byName.has(key)) byName.set(key, one);
  }
  return [...byName.values()];
}

type Collected = { -readonly [K in keyof Scope]: Scope[K][number][] };

/** Names declared in a text, read off its tokens; needs no tree and no names resolved. O(n). */
export function scopeOfTokens(tokens: readonly IToken[]): Scope {
  const found: Collected = { ...EMPTY_SCOPE } as unknown as Collected;
  for (const key of Object.keys(found) as (keyof Scope)[]) found[key] = [];
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
  return found;
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

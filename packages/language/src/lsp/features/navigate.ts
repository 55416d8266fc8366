import { aKind } from '@sysd/core';
import { type Location, type Range, ResponseError, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import type { Occurrence, SymbolIndex } from '../session/symbols.ts';
import { rangeOf } from '../text/snapshot.ts';
import { locate, type Places } from './to-lsp.ts';

/** Where the name at an offset is declared. */
export function definition(symbols: SymbolIndex, uri: string, offset: number, places: Places): Location[] {
  const at = symbols.at(uri, offset);
  if (!at) return [];
  return locations(
    symbols.of(at.symbol).filter((o) => o.declaration),
    places,
  );
}

/** Every place where what the name at an offset names is mentioned, over all designs that share it. */
export function references(all: readonly SymbolIndex[], uri: string, offset: number, declaration: boolean, places: Places): Location[] {
  return locations(
    mentions(all, uri, offset).filter((o) => declaration || !o.declaration),
    places,
  );
}

/**
 * The designs that may mention what a name at an offset names: those of its file first, then those of the files that declare it, as a file
 * may be imported by designs that know nothing of each other.
 */
export function designsThatShare(symbolsOf: (uri: string) => SymbolIndex[], uri: string, offset: number): SymbolIndex[] {
  const own = symbolsOf(uri);
  const elsewhere = declarations(own, uri, offset).filter((o) => !o.library && o.uri !== uri);
  return [...new Set([...own, ...elsewhere.flatMap((o) => symbolsOf(o.uri))])];
}

const declarations = (all: readonly SymbolIndex[], uri: string, offset: number): Occurrence[] =>
  all.flatMap((symbols) => {
    const at = symbols.at(uri, offset);
    return at ? symbols.of(at.symbol).filter((o) => o.declaration) : [];
  });

function mentions(all: readonly SymbolIndex[], uri: string, offset: number): Occurrence[] {
  const seen = new Set<string>();
  // A design without this file knows the name by its declaration.
  const known = [{ uri, start: offset }, ...declarations(all, uri, offset)];
  return all
    .flatMap((symbols) => {
      const at = known.map((place) => symbols.at(place.uri, place.start)).find((o) => o !== undefined);
      return at ? [...symbols.of(at.symbol)] : [];
    })
    .filter((o) => {
      const key = `${o.uri} ${o.start} ${o.end}`;
      return !seen.has(key) && seen.add(key);
    });
}

const locations = (found: readonly Occurrence[], places: Places): Location[] =>
  found.flatMap((o) => locate(o.uri, o.start, o.end, places) ?? []);

const refuse = (message: string): never => {
  // -32803: request failed, LSP's code for a request that cannot be done; editors show the message.
  throw new ResponseError(-32803, message);
};

/** The name that a rename would change. Throws a `ResponseError` that the editor shows where it cannot be renamed. */
export function prepareRename(
  symbols: SymbolIndex,
  uri: string,
  offset: number,
  places: Places,
): { range: Range; placeholder: string } | null {
  const at = symbols.at(uri, offset);
  const text = places.read(uri);
  if (!at || !text) return null;
  if (symbols.of(at.symbol).some((o) => o.library)) {
    refuse(`${text.text.slice(at.start, at.end)} is a name of the standard library; declare a technology of your own to use another one`);
  }
  return { range: rangeOf(text, at.start, at.end), placeholder: text.text.slice(at.start, at.end) };
}

const NAME = /^[A-Za-z_]\w*(-\w+)*$/;

/** Renames in every file. Throws a `ResponseError` where the new name is none, or is taken. */
export function rename(all: readonly SymbolIndex[], uri: string, offset: number, name: string, places: Places): WorkspaceEdit | null {
  const found = mentions(all, uri, offset);
  const [first] = found;
  if (!first || !prepareRename(all[0]!, uri, offset, places)) return null;
  if (!NAME.test(name)) refuse(`"${name}" is no name: a name begins with a letter and has letters, digits, _ and inner - only`);
  const taken = all.flatMap((s) => s.all).find((o) => o.declaration && o.symbol !== first.symbol && conflicts(o, first, name, places));
  if (taken) refuse(`there is ${aKind(taken.kind)} called ${name} already; names are one flat space`);
  const changes: Record<string, TextEdit[]> = Object.create(null);
  for (const o of found) {
    const location = locate(o.uri, o.start, o.end, places);
    if (!location) continue;
    const edits = changes[location.uri] ?? [];
    edits.push({ range: location.range, newText: name });
    changes[location.uri] = edits;
  }
  return { changes };
}

/** Would the declaration `other` and the renamed `self` have the same full name? */
function conflicts(other: Occurrence, self: Occurrence, name: string, places: Places): boolean {
  const own = places.read(other.uri)?.text.slice(other.start, other.end);
  if (own !== name || (other.kind === 'technology') !== (self.kind === 'technology')) return false;
  const scope = (id: string): string => id.slice(0, id.lastIndexOf('.') + 1);
  return scope(other.element) === scope(self.element);
}

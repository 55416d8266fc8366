import type { Dimension, NameRole, Phrase } from '@sysd/core';
import type { IToken } from 'chevrotain';
import { typeOf } from '../text/lex.ts';

/** What may stand next in a property's value. */
export type Expected =
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'name'; readonly role: NameRole }
  | { readonly kind: 'quantity'; readonly dimensions: readonly Dimension[] }
  | { readonly kind: 'range'; readonly dimension: Dimension }
  | { readonly kind: 'text' };

/** A part of a value that has been written: a number, a word, text, a call, a comma; `open` is a call whose `)` is missing. */
export type Written =
  | { readonly kind: 'quantity' }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'text' }
  | { readonly kind: 'call'; readonly name: string; readonly open: boolean }
  | { readonly kind: 'comma' };

const OPERATORS = new Set(['+', '-', '*', '/', '^', '..']);

/** Tokens of a value as parts. An expression with operators is one number. */
export function writtenParts(tokens: readonly IToken[]): Written[] {
  const parts: Written[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const type = typeOf(token);
    if (type === ',') parts.push({ kind: 'comma' });
    else if (type === 'STRING') parts.push({ kind: 'text' });
    else if (OPERATORS.has(type)) {
      // The operand on the left becomes a number; the one on the right belongs to it.
      parts.pop();
      const right = tokens[i + 1];
      if (right && (typeOf(right) === 'NAME' || typeOf(right) === 'QUANTITY')) i++;
      parts.push({ kind: 'quantity' });
    } else if (type === 'QUANTITY') parts.push({ kind: 'quantity' });
    else if (tokens[i + 1] && typeOf(tokens[i + 1]!) === '(') {
      let close = i + 2;
      while (close < tokens.length && typeOf(tokens[close]!) !== ')') close++;
      parts.push({ kind: 'call', name: token.image, open: close >= tokens.length });
      i = close;
    } else if (type !== '(' && type !== ')') parts.push({ kind: 'word', word: token.image });
  }
  return parts;
}

/** What may follow these parts in a value of that phrase. Alternatives are all followed; phrases are small. */
export function expectedAfter(phrase: Phrase, parts: readonly Written[]): Expected[] {
  const found: Expected[] = [];
  walk(phrase, parts, 0, found);
  const seen = new Set<string>();
  return found.filter((e) => {
    const key = JSON.stringify(e);
    return !seen.has(key) && seen.add(key);
  });
}

/** Ends of all matches of `phrase` from `at`; what is expected at the end of the parts goes to `found`. */
function walk(phrase: Phrase, parts: readonly Written[], at: number, found: Expected[]): number[] {
  const part = parts[at];
  switch (phrase.kind) {
    case 'choice':
      return [...new Set(phrase.of.flatMap((one) => walk(one, parts, at, found)))];
    case 'list': {
      const ends = new Set<number>();
      let starts = [at];
      while (starts.length > 0) {
        const next = starts.flatMap((start) => walk(phrase.of, parts, start, found)).filter((end) => !ends.has(end));
        for (const end of next) ends.add(end);
        starts = next.filter((end) => parts[end]?.kind === 'comma').map((end) => end + 1);
      }
      return [...ends];
    }
    case 'record':
      return walkRecord(phrase, parts, at, found);
    case 'word':
      if (!part) {
        for (const words of phrase.words) found.push({ kind: 'words', words });
        return [];
      }
      return part.kind === 'word' && phrase.words.includes(part.word) ? [at + 1] : [];
    case 'call':
      if (!part) {
        for (const words of phrase.bare) found.push({ kind: 'words', words });
        for (const name of phrase.functions) if (!phrase.bare.includes(name)) found.push({ kind: 'function', name });
        return [];
      }
      if (part.kind === 'word') return phrase.bare.includes(part.word) ? [at + 1] : [];
      if (part.kind !== 'call' || !phrase.functions.includes(part.name)) return [];
      if (part.open) found.push({ kind: 'name', role: part.name === 'directory' ? 'component' : phrase.role });
      return part.open ? [] : [at + 1];
    case 'name':
      if (!part) found.push({ kind: 'name', role: phrase.role });
      return part?.kind === 'word' ? [at + 1] : [];
    case 'text':
      if (!part) found.push({ kind: 'text' });
      return part?.kind === 'text' ? [at + 1] : [];
    case 'quantity':
      if (!part) found.push({ kind: 'quantity', dimensions: phrase.dimensions });
      return part?.kind === 'quantity' || part?.kind === 'word' || part?.kind === 'call' ? [at + 1] : [];
    case 'range':
      if (!part) found.push({ kind: 'range', dimension: phrase.dimension });
      return part?.kind === 'quantity' ? [at + 1] : [];
  }
}

function walkRecord(phrase: Phrase & { kind: 'record' }, parts: readonly Written[], start: number, found: Expected[]): number[] {
  let ends = [start];
  for (const part of phrase.parts.filter((p) => p.after === undefined)) {
    ends = [...new Set(ends.flatMap((at) => walk(part.phrase!, parts, at, found)))];
  }
  const open = phrase.parts.filter((p) => p.after !== undefined);
  return ends.flatMap((at) => walkOpen(open, parts, at, found));
}

type Part = (Phrase & { kind: 'record' })['parts'][number];

/** Fields behind words, in any order. */
function walkOpen(open: readonly Part[], parts: readonly Written[], at: number, found: Expected[]): number[] {
  const ends = open.every((p) => p.optional) ? [at] : [];
  for (const part of open) {
    const words = part.after!.split(' ');
    const written = words.findIndex((word, i) => {
      const here = parts[at + i];
      return here?.kind !== 'word' || here.word !== word;
    });
    const rest = open.filter((p) => p !== part);
    if (written === -1) {
      const behind = at + words.length;
      const next = part.phrase ? walk(part.phrase, parts, behind, found) : [behind];
      ends.push(...next.flatMap((end) => walkOpen(rest, parts, end, found)));
    } else if (at + written === parts.length) found.push({ kind: 'words', words: words.slice(written).join(' ') });
  }
  return [...new Set(ends)];
}

import type { SemanticTokens, SemanticTokensDelta, SemanticTokensEdit } from 'vscode-languageserver';
import { encoded, type TextColours } from './semantic-tokens.ts';

/** Keeps the tokens last sent for each document, so that the next answer can be what changed. */
export interface TokenHistory {
  full(uri: string, colours: TextColours): SemanticTokens;
  delta(uri: string, previous: string, colours: TextColours): SemanticTokens | SemanticTokensDelta;
  forget(uri: string): void;
}

export function tokenHistory(): TokenHistory {
  const sent = new Map<string, { readonly id: string; readonly colours: TextColours }>();
  let count = 0;
  const keep = (uri: string, colours: TextColours): string => {
    const id = String(++count);
    sent.set(uri, { id, colours });
    return id;
  };
  return {
    full: (uri, colours) => ({ resultId: keep(uri, colours), data: encoded(colours) }),
    delta(uri, previous, colours) {
      const before = sent.get(uri);
      const resultId = keep(uri, colours);
      if (before?.id !== previous) return { resultId, data: encoded(colours) };
      return { resultId, edits: editsBetween(before.colours, colours) };
    },
    forget: (uri) => void sent.delete(uri),
  };
}

/** Edits that make the numbers of `older` those of `newer`: by parts that are the same, then by numbers in the parts that are not. */
function editsBetween(older: TextColours, newer: TextColours): SemanticTokensEdit[] {
  const same = (i: number, k: number): boolean => older.parts[i] === newer.parts[k] && older.gaps[i] === newer.gaps[k];
  const [olds, news] = [older.parts.length, newer.parts.length];
  const most = Math.min(olds, news);
  let head = 0;
  while (head < most && same(head, head)) head++;
  let tail = 0;
  while (tail < most - head && same(olds - 1 - tail, news - 1 - tail)) tail++;
  const edits: SemanticTokensEdit[] = [];
  let start = 0;
  for (let i = 0; i < head; i++) start += older.parts[i]!.size;
  const replace = (from: number, oldEnd: number, newEnd: number): void => {
    const before = encoded(older, from, oldEnd);
    edits.push(...numbersBetween(start, before, encoded(newer, from, newEnd)));
    start += before.length;
  };
  if (olds !== news) {
    replace(head, olds - tail, news - tail);
    return edits;
  }
  // As many parts as before: a name that means something else has changed some of them, maybe far from each other.
  for (let i = head; i < olds - tail; i++) {
    if (same(i, i)) start += older.parts[i]!.size;
    else replace(i, i + 1, i + 1);
  }
  return edits;
}

/** At most one edit, without what both share at the beginning and at the end. */
function numbersBetween(start: number, older: readonly number[], newer: readonly number[]): SemanticTokensEdit[] {
  const most = Math.min(older.length, newer.length);
  let head = 0;
  while (head < most && older[head] === newer[head]) head++;
  let tail = 0;
  while (tail < most - head && older[older.length - 1 - tail] === newer[newer.length - 1 - tail]) tail++;
  if (head === older.length && head === newer.length) return [];
  return [{ start: start + head, deleteCount: older.length - head - tail, data: newer.slice(head, newer.length - tail) }];
}

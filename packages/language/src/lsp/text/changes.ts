import type { Position, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Replacement, sliceOfText } from '../../parse.ts';
import { type Edit, editBetween } from '../../parser/edit.ts';
import { replaceInFile } from '../../project/source-file.ts';
import { parsedSnapshot, type Snapshot, sourceOf } from './snapshot.ts';

/** A document after an edit. */
export interface Changed {
  readonly snapshot: Snapshot;
  /** What the edit touched; undefined where the text is the same. */
  readonly edit: Edit | undefined;
}

/** Applies what an editor says has changed, in that order: each range is one of the text behind the changes before it. */
export function applyChanges(before: Snapshot, version: number, changes: readonly TextDocumentContentChangeEvent[]): Changed {
  const replacements = replacementsOf(before, changes);
  if (replacements) return replaced(before, version, replacements);
  let document = TextDocument.create(before.uri, 'sysd', version, before.text);
  for (const change of changes) document = TextDocument.update(document, [withinText(document, change)], version);
  return replaceAll(before, version, document.getText());
}

/** `TextDocument.update` loses count of its lines where a range lies outside of them. */
function withinText(document: TextDocument, change: TextDocumentContentChangeEvent): TextDocumentContentChangeEvent {
  if (!('range' in change)) return change;
  const clamped = (position: Position): Position => document.positionAt(document.offsetAt(position));
  return { range: { start: clamped(change.range.start), end: clamped(change.range.end) }, text: change.text };
}

/** The document has another text as a whole. */
export function replaceAll(before: Snapshot, version: number | null, text: string): Changed {
  const { start, oldEnd, newEnd } = editBetween(before.text, text);
  return replaced(before, version, [{ start, end: oldEnd, text: text.slice(start, newEnd) }]);
}

function replaced(before: Snapshot, version: number | null, replacements: readonly Replacement[]): Changed {
  const source = sourceOf(before);
  const snapshot = parsedSnapshot(version, replaceInFile(source, replacements));
  const [first, last] = [replacements[0], replacements.at(-1)];
  if (!first || !last) return { snapshot, edit: undefined };
  const grown = replacements.reduce((sum, r) => sum + r.text.length - (r.end - r.start), 0);
  if (replacements.length > 1) return { snapshot, edit: { start: first.start, oldEnd: last.end, newEnd: last.end + grown } };
  const { start, oldEnd, newEnd } = editBetween(sliceOfText(source.parsed, first.start, first.end), first.text);
  const edit = { start: first.start + start, oldEnd: first.start + oldEnd, newEnd: first.start + newEnd };
  return { snapshot, edit: start === oldEnd && start === newEnd ? undefined : edit };
}

/**
 * The changes as replacements in the text before all of them, in text order; undefined where that cannot be told from their ranges: one
 * change, and several from the end of the text to its beginning, none of which touches the one before it.
 */
function replacementsOf(before: Snapshot, changes: readonly TextDocumentContentChangeEvent[]): Replacement[] | undefined {
  sourceOf(before);
  const { document } = before;
  const found: Replacement[] = [];
  let behind = Number.POSITIVE_INFINITY;
  for (const change of changes) {
    if (!('range' in change)) return undefined;
    const [from, to] = [document.offsetAt(change.range.start), document.offsetAt(change.range.end)];
    const [start, end] = [Math.min(from, to), Math.max(from, to)];
    if (end >= behind) return undefined;
    behind = start;
    found.push({ start, end, text: change.text });
  }
  return found.reverse();
}

import { readFileSync, statSync } from 'node:fs';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import type { Edit } from '../../parser/edit.ts';
import type { SourceFile } from '../../project/source-file.ts';
import { applyChanges, replaceAll } from '../text/changes.ts';
import { isParsed, parsedSnapshot, type Snapshot, snapshot, sourceOf } from '../text/snapshot.ts';

import { canonicalUri, pathOf } from './uri.ts';

/** Larger files are not designs; reading them would hold the server up. */
const LARGEST = 16 * 1024 * 1024;

/** Texts that are kept in case their file is opened or read again unchanged. */
const MOST_STALE = 20;

/** Text of a file on disk; undefined where there is none, or it is too large. */
export type FileReader = (uri: string) => string | undefined;

export const diskReader: FileReader = (uri) => {
  const path = pathOf(uri);
  if (path === undefined) return undefined;
  try {
    if (statSync(path).size > LARGEST) return undefined;
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** Every text that the server knows: open documents first, files on disk below them. Keys are canonical URIs. */
export interface Files {
  /** Counts changes: what was computed at the same count is still right. */
  readonly generation: number;
  /** Lines that the last edit touched, as offsets in the newest text of that document; undefined before the first edit. */
  readonly lastEdit: { readonly uri: string; readonly start: number; readonly end: number } | undefined;
  read(uri: string): Snapshot | undefined;
  /** The same, parsed: once for each text. */
  source(uri: string): SourceFile | undefined;
  isOpen(uri: string): boolean;
  open(uri: string, version: number, text: string): Snapshot;
  /** An open document has changed; undefined where it is not open. */
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): Snapshot | undefined;
  close(uri: string): void;
  /** The file on disk may have changed: it is read again when it is needed. */
  forget(uri: string): void;
  /** Canonical URIs of the open documents. */
  opened(): string[];
  /** The editor's spelling of a document's URI where it is open. */
  clientUri(uri: string): string;
}

export function files(readDisk: FileReader): Files {
  const open = new Map<string, Snapshot>();
  const spelling = new Map<string, string>();
  const disk = new Map<string, Snapshot | undefined>();
  /** What was read or open last, where that may have changed on disk: an unchanged text stays what it is. */
  const stale = new Map<string, Snapshot>();
  let generation = 0;
  let lastEdit: Files['lastEdit'];

  const retire = (key: string, known: Snapshot | undefined): void => {
    if (!known) return;
    stale.delete(key);
    stale.set(key, known);
    const [oldest] = stale.keys();
    if (stale.size > MOST_STALE && oldest !== undefined) stale.delete(oldest);
  };
  const readFromDisk = (key: string): Snapshot | undefined => {
    const text = readDisk(key);
    const before = stale.get(key);
    stale.delete(key);
    return text === undefined ? undefined : successor(before, key, null, text);
  };
  const read = (uri: string): Snapshot | undefined => {
    const key = canonicalUri(uri);
    const opened = open.get(key);
    if (opened) return opened;
    if (!disk.has(key)) disk.set(key, readFromDisk(key));
    return disk.get(key);
  };
  const edited = (key: string, made: Snapshot, edit: Edit | undefined): Snapshot => {
    generation++;
    open.set(key, made);
    if (edit) lastEdit = { uri: key, ...linesAround(made, edit) };
    return made;
  };

  return {
    get lastEdit() {
      return lastEdit;
    },
    get generation() {
      return generation;
    },
    read,
    source(uri) {
      const known = read(uri);
      return known && sourceOf(known);
    },
    isOpen: (uri) => open.has(canonicalUri(uri)),
    open(uri, version, text) {
      const key = canonicalUri(uri);
      const before = open.get(key);
      spelling.set(key, uri);
      if (before) {
        const { snapshot: made, edit } = replaceAll(before, version, text);
        return edited(key, made, edit);
      }
      const made = successor(disk.get(key) ?? stale.get(key), key, version, text);
      disk.delete(key);
      stale.delete(key);
      return edited(key, made, undefined);
    },
    change(uri, version, changes) {
      const key = canonicalUri(uri);
      const before = open.get(key);
      if (!before) return undefined;
      const { snapshot: made, edit } = applyChanges(before, version, changes);
      return edited(key, made, edit);
    },
    close(uri) {
      const key = canonicalUri(uri);
      generation++;
      retire(key, open.get(key));
      open.delete(key);
      disk.delete(key);
    },
    forget(uri) {
      const key = canonicalUri(uri);
      generation++;
      retire(key, disk.get(key));
      disk.delete(key);
    },
    opened: () => [...open.keys()],
    clientUri: (uri) => spelling.get(canonicalUri(uri)) ?? uri,
  };
}

/** What stands in place of a snapshot when a file is opened, closed or read again: where it has been parsed, only what differs is parsed. */
function successor(before: Snapshot | undefined, key: string, version: number | null, text: string): Snapshot {
  if (!before || !isParsed(before)) return snapshot(key, version, text);
  if (before.text !== text) return replaceAll(before, version, text).snapshot;
  return before.version === version ? before : parsedSnapshot(version, sourceOf(before));
}

/** The lines that an edit touched, without the end of the last one. */
function linesAround({ document }: Snapshot, { start, newEnd }: Edit): { start: number; end: number } {
  const last = document.positionAt(newEnd).line;
  return {
    start: document.offsetAt({ line: document.positionAt(start).line, character: 0 }),
    end: document.offsetAt({ line: last, character: Number.MAX_SAFE_INTEGER }),
  };
}

import { readFileSync, statSync } from 'node:fs';
import { sharedEnds } from '../../parser/edit.ts';
import { type Snapshot, snapshot } from '../text/snapshot.ts';
import { canonicalUri, pathOf } from './uri.ts';

/** Larger files are not designs; reading them would hold the server up. */
const LARGEST = 16 * 1024 * 1024;

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
  isOpen(uri: string): boolean;
  open(uri: string, version: number, text: string): Snapshot;
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
  /** The newest version of each document, open or not: the next one is parsed from it. */
  const newest = new Map<string, Snapshot>();
  const next = (key: string, version: number | null, text: string): Snapshot => {
    const made = snapshot(key, version, text, newest.get(key));
    newest.set(key, made);
    return made;
  };
  let generation = 0;
  let lastEdit: Files['lastEdit'];
  return {
    get lastEdit() {
      return lastEdit;
    },
    get generation() {
      return generation;
    },
    read(uri) {
      const key = canonicalUri(uri);
      const opened = open.get(key);
      if (opened) return opened;
      if (!disk.has(key)) {
        const text = readDisk(key);
        disk.set(key, text === undefined ? undefined : next(key, null, text));
      }
      return disk.get(key);
    },
    isOpen: (uri) => open.has(canonicalUri(uri)),
    open(uri, version, text) {
      const key = canonicalUri(uri);
      const before = open.get(key);
      const made = next(key, version, text);
      generation++;
      if (before && before.text !== text) lastEdit = { uri: key, ...editedLines(before.text, text) };
      open.set(key, made);
      spelling.set(key, uri);
      return made;
    },
    close(uri) {
      const key = canonicalUri(uri);
      generation++;
      open.delete(key);
      disk.delete(key);
    },
    forget(uri) {
      generation++;
      disk.delete(canonicalUri(uri));
    },
    opened: () => [...open.keys()],
    clientUri: (uri) => spelling.get(canonicalUri(uri)) ?? uri,
  };
}

function editedLines(older: string, newer: string): { start: number; end: number } {
  const { head, tail } = sharedEnds(older, newer);
  const end = newer.indexOf('\n', newer.length - tail);
  return { start: newer.lastIndexOf('\n', head - 1) + 1, end: end < 0 ? newer.length : end };
}

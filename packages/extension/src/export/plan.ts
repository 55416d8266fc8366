/** What an export does with each file, decided before anything is written. Pure: the folder's content comes in as a map. */
import type { ExportedFile } from '@sysd/language/protocol';

/** The record of an earlier export in its folder: path → SHA-256 of what was written. It tells sysd's own files from a person's. */
export type Manifest = ReadonlyMap<string, string>;

export const manifestName = '.sysd-export.json';

export type Fate =
  /** Nothing is there. */
  | 'create'
  /** The same content is there. */
  | 'unchanged'
  /** An earlier export wrote what is there and nobody has changed it since. */
  | 'replace-own'
  /** Somebody else wrote what is there, or changed it since: only replaced after an explicit yes. */
  | 'replace-foreign'
  /** A secret that exists is never written again. */
  | 'keep-secret';

export interface PlannedFile {
  readonly file: ExportedFile;
  readonly fate: Fate;
}

/**
 * @param existing content of those files of the export that exist already, by path
 * @param hash SHA-256 of a text, in hexadecimal
 */
export function planExport(
  files: readonly ExportedFile[],
  existing: ReadonlyMap<string, string>,
  manifest: Manifest,
  hash: (text: string) => string,
): PlannedFile[] {
  return files.map((file) => ({ file, fate: fateOf(file, existing.get(file.path), manifest.get(file.path), hash) }));
}

function fateOf(file: ExportedFile, there: string | undefined, written: string | undefined, hash: (text: string) => string): Fate {
  if (there === undefined) return 'create';
  if (file.secret) return 'keep-secret';
  if (there === file.content) return 'unchanged';
  return written !== undefined && written === hash(there) ? 'replace-own' : 'replace-foreign';
}

/** A path that stays below the folder: relative, no `..`, no drive, no backslash. */
export function isInside(path: string): boolean {
  return path !== '' && !/^\/|\\|:/.test(path) && !path.split('/').some((part) => part === '' || part === '.' || part === '..');
}

/** An unreadable manifest counts as none: then every existing file counts as somebody else's. */
export function parseManifest(text: string | undefined): Manifest {
  if (text === undefined) return new Map();
  try {
    const files: unknown = JSON.parse(text)?.files;
    if (typeof files !== 'object' || files === null) return new Map();
    return new Map(Object.entries(files).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return new Map();
  }
}

export function printManifest(manifest: Manifest): string {
  const files = Object.fromEntries([...manifest].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ about: 'Written by sysd: SHA-256 of the files that it exported here.', files }, null, 2)}\n`;
}

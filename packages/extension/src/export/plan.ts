/** What an export does with each file, decided before anything is written. Pure: the folder's content comes in as a map. */
import { isSysdFile } from '@sysd/export';
import type { ExportedFile } from '@sysd/language/protocol';

export type Fate =
  /** Nothing is there. */
  | 'create'
  /** The same content is there. */
  | 'unchanged'
  /** sysd wrote what is there: it carries its mark. */
  | 'replace-own'
  /** Somebody else wrote what is there: only replaced after an explicit yes. */
  | 'replace-foreign'
  /** A secret that exists is never written again. */
  | 'keep-secret';

export interface PlannedFile {
  readonly file: ExportedFile;
  readonly fate: Fate;
}

/** @param existing content of those files of the export that exist already, by path */
export function planExport(files: readonly ExportedFile[], existing: ReadonlyMap<string, string>): PlannedFile[] {
  return files.map((file) => ({ file, fate: fateOf(file, existing.get(file.path)) }));
}

function fateOf(file: ExportedFile, there: string | undefined): Fate {
  if (there === undefined) return 'create';
  if (file.secret) return 'keep-secret';
  if (there === file.content) return 'unchanged';
  return isSysdFile(there) ? 'replace-own' : 'replace-foreign';
}

/** A path that stays below the folder: relative, no `..`, no drive, no backslash. */
export function isInside(path: string): boolean {
  return path !== '' && !/^\/|\\|:/.test(path) && !path.split('/').some((part) => part === '' || part === '.' || part === '..');
}

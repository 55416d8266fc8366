import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pathOf } from './uri.ts';

/** Folders that hold no designs of the author's. */
const SKIPPED = new Set(['node_modules', 'dist', 'out', 'build', 'target', 'vendor']);
const MOST_FILES = 5000;
const MOST_FOLDERS = 20_000;

/** Every `.sysd` file below the folders, as URIs, sorted. Hidden folders and those of builds are left out. */
export function findDesignFiles(folders: readonly string[]): string[] {
  const found: string[] = [];
  const left = folders.map(pathOf).filter((p): p is string => p !== undefined);
  for (let visited = 0; left.length > 0 && visited < MOST_FOLDERS && found.length < MOST_FILES; visited++) {
    const folder = left.shift()!;
    for (const entry of entries(folder)) {
      if (entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.has(entry.name)) left.push(join(folder, entry.name));
      else if (entry.isFile() && entry.name.endsWith('.sysd')) found.push(pathToFileURL(join(folder, entry.name)).href);
    }
  }
  return found.sort();
}

function entries(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Paths that may complete an import in `from`: folders and `.sysd` files beside what has been typed, which begins with `./` or `../`. */
export function importPaths(from: string, typed: string): string[] {
  const own = pathOf(from);
  if (own === undefined) return [];
  const base = typed.slice(0, typed.lastIndexOf('/') + 1) || './';
  const folder = join(own, '..', base);
  return entries(folder)
    .filter((e) => !e.name.startsWith('.') && (e.isDirectory() ? !SKIPPED.has(e.name) : e.name.endsWith('.sysd')))
    .filter((e) => join(folder, e.name) !== own)
    .map((e) => `${base}${e.name}${e.isDirectory() ? '/' : ''}`)
    .sort();
}

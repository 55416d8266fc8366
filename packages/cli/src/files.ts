import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { didYouMean, firstWhere } from '@sysd/core';
import { CouldNotRun } from './fail.ts';

/** Largest file that is read. A design of 10,000 components has 2 MB; more is no design. */
const MOST_BYTES = 32 * 2 ** 20;
const SKIPPED = new Set(['node_modules', '.git', 'dist']);

/** Text of a file by URI; undefined where it is missing, unreadable, too large or no file. */
export function readText(uri: string): string | undefined {
  try {
    const path = fileURLToPath(uri);
    const stat = statSync(path);
    return stat.isFile() && stat.size <= MOST_BYTES ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** The `.sysd` files among the paths: files as named, folders searched, sorted. A path that is not there cannot be run. */
export function sysdFiles(paths: readonly string[]): string[] {
  const found = new Set<string>();
  for (const path of paths) {
    const full = resolve(path);
    const stat = statOf(full, path);
    if (!stat) throw new CouldNotRun(`there is no file or folder ${path}${meantPath(path)}`);
    if (!stat.isDirectory() && !full.endsWith('.sysd'))
      throw new CouldNotRun(`${path} is no .sysd file: sysd reads designs written in files named *.sysd`);
    for (const file of stat.isDirectory() ? walk(full) : [full]) found.add(file);
  }
  if (found.size === 0) throw new CouldNotRun(`no .sysd file in ${paths.join(', ')}`);
  const uris = [...found].sort().map((f) => pathToFileURL(f).href);
  for (const uri of uris) {
    if (readText(uri) === undefined)
      throw new CouldNotRun(`${shortName(uri)} cannot be read (permissions, or larger than ${MOST_BYTES / 2 ** 20} MiB)`);
    const trouble = whyNoText(uri);
    if (trouble !== undefined) throw new CouldNotRun(`${shortName(uri)} ${trouble}`);
  }
  return uris;
}

/** Why a file is no text that can be read; undefined for one that is UTF-8. */
function whyNoText(uri: string): string | undefined {
  const bytes = readFileSync(fileURLToPath(uri));
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return `is UTF-16 text: save it as UTF-8`;
  if (bytes.includes(0)) return 'is a binary file, not the text of a design';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return undefined;
  } catch {
    return 'is not UTF-8 text, perhaps Latin-1 or Windows-1252: save it as UTF-8';
  }
}

/** What may have been meant by a path that names nothing: the nearest design in that folder. */
function meantPath(path: string): string {
  if (path === '-') return ': sysd reads files and not the standard input';
  const full = resolve(path);
  const stem = (name: string): string => name.replace(/\.sysd$/, '');
  const names = entriesOf(dirname(full)).flatMap((e) => (e.isDirectory() || e.name.endsWith('.sysd') ? [e.name] : []));
  const meant = didYouMean(stem(basename(full)), names.map(stem));
  const near = names.find((name) => stem(name) === meant);
  return near === undefined ? '' : `; did you mean ${join(dirname(path), near).replaceAll('\\', '/')}?`;
}

function statOf(full: string, path: string): ReturnType<typeof statSync> {
  try {
    return statSync(full, { throwIfNoEntry: false });
  } catch (error) {
    throw new CouldNotRun(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
}

/** Files below a folder; folders that cannot be read are none of the author's. */
function walk(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(path);
    return entry.isFile() && entry.name.endsWith('.sysd') ? [path] : [];
  });
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Path of a file for messages: relative to the working directory where it lies below it, with forward slashes; other URIs as they are. */
export function shortName(uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  const path = fileURLToPath(uri);
  const near = relative(process.cwd(), path);
  return (near.startsWith('..') ? path : near).replaceAll('\\', '/');
}

/** Line and column (from 1, UTF-16 code units) by binary search over the line starts of each file. */
export function locator(source: (uri: string) => string | undefined): (uri: string, offset: number) => { line: number; column: number } {
  const starts = new Map<string, number[]>();
  return (uri, offset) => {
    let lines = starts.get(uri);
    if (!lines) {
      lines = [0];
      for (const match of (source(uri) ?? '').matchAll(/\r\n|\r|\n/g)) lines.push(match.index + match[0].length);
      starts.set(uri, lines);
    }
    const all = lines;
    const line = Math.max(
      1,
      firstWhere(all.length, (i) => (all[i] ?? 0) > offset),
    );
    return { line, column: offset - (all[line - 1] ?? 0) + 1 };
  };
}

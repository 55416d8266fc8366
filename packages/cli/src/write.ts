import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { CouldNotRun } from './fail.ts';

export interface WriteOptions {
  /** Replace files that sysd did not write. */
  readonly force: boolean;
  /** Does this text carry sysd's mark, so that it may be replaced? */
  readonly isOurs: (text: string) => boolean;
}

function mayReplace(path: string, options: WriteOptions): boolean {
  if (options.force || !existsSync(path)) return true;
  const stat = lstatSync(path);
  return stat.isFile() && options.isOurs(readFileSync(path, 'utf8'));
}

/** Through a temporary name, so that a file is there whole or not at all. Its folder must be there. */
function writeWhole(path: string, content: string, mode = 0o644): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content, { mode });
    chmodSync(temporary, mode); // whatever the umask: containers read these files as other users
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true }); // there only where it could not take its place
  }
}

/** Another text for a file of the author's, where a link leads to it. Its permissions stay. */
export function replaceText(path: string, text: string): void {
  sayingWhy(path, () => {
    const real = realpathSync(path);
    writeWhole(real, text, statSync(real).mode);
  });
}

/** No option makes a file replace a folder. */
function refuseFolder(path: string): void {
  if (!existsSync(path) || !statSync(path).isDirectory()) return;
  throw new CouldNotRun(`${path} is a folder; nothing was written. Name a file, in that folder or elsewhere`);
}

/** A folder of the export that is a link would lead what is written, secrets among it, to another place. */
function refuseLinks(root: string, target: string): void {
  for (let folder = dirname(target); folder.length > root.length; folder = dirname(folder)) {
    if (!lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) continue;
    throw new CouldNotRun(`${near(folder)} is a link to another place; nothing was written. Remove it, or choose another folder`);
  }
}

/** Makes a folder where there is none; says so of the outermost one that had to be made. */
function makeFolder(path: string): string[] {
  const made = mkdirSync(path, { recursive: true });
  return made === undefined ? [] : [`made the folder ${near(made)}`];
}

/** For messages: relative to the working directory where it lies below it. */
function near(path: string): string {
  const short = relative(process.cwd(), resolve(path));
  return (short === '' || short.startsWith('..') ? resolve(path) : short).replaceAll('\\', '/');
}

/** Writes one file, unless that would replace one that sysd did not write. Returns what was done, a line each. */
export function writeFile(path: string, content: string, options: WriteOptions): string[] {
  return writeFiles([{ path, content }], options);
}

/** Writes these files: none when one of them would replace one that sysd did not write, or another of them. Returns what was done, a line each. */
export function writeFiles(files: readonly { readonly path: string; readonly content: string }[], options: WriteOptions): string[] {
  const taken = new Set<string>();
  for (const { path } of files) {
    refuseFolder(path);
    if (!mayReplace(path, options)) {
      throw new CouldNotRun(
        `${path} is there already and sysd did not write it; nothing was written. Choose another name, or pass --force to replace it`,
      );
    }
    if (taken.has(resolve(path)))
      throw new CouldNotRun(`${path} is named for two files; nothing was written. Name another for one of them`);
    taken.add(resolve(path));
  }
  return files.flatMap(({ path, content }) =>
    sayingWhy(path, () => {
      const made = makeFolder(dirname(path));
      writeWhole(path, content);
      return [...made, `wrote ${path}`];
    }),
  );
}

/** What the system refuses is a matter of the place, not of sysd. */
function sayingWhy<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CouldNotRun(`${path} cannot be written: ${WHY[code] ?? code}. Choose another place`);
  }
}

/** What the system says of a place where nothing can be written. */
const WHY: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'it is on a disk that is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is no folder',
  EEXIST: 'a part of its path is no folder',
  ENOENT: 'there is no such folder, and none can be made',
  ENAMETOOLONG: 'its name is too long',
};

export interface FileToWrite {
  readonly path: string;
  readonly content: string;
  /** Never replaced: a secret stays what it is. Readable by all, as containers run as other users, in a folder that only its owner may enter. */
  readonly secret: boolean;
  readonly executable?: boolean;
}

/** What has been written below a folder. */
export interface Written {
  /** Paths below the folder. */
  readonly paths: readonly string[];
  /** What was done besides, a line each. */
  readonly notes: readonly string[];
}

/** Writes a set of files below a folder: all, or none when one of them would replace a file that sysd did not write. */
export function writeFolder(folder: string, files: readonly FileToWrite[], options: WriteOptions): Written {
  const root = resolve(folder);
  const targets = files.map((file) => ({ ...file, target: resolve(join(root, file.path)) }));
  for (const { target, path } of targets) {
    if (!target.startsWith(root + sep)) throw new CouldNotRun(`the export names a file outside the folder: ${path}`);
  }
  for (const { target } of targets) {
    refuseLinks(root, target);
    refuseFolder(target);
  }
  const foreign = targets.filter((f) => !f.secret && !mayReplace(f.target, options)).map((f) => f.path);
  if (foreign.length > 0) {
    throw new CouldNotRun(
      `these files are in ${folder} already and sysd did not write them: ${foreign.join(', ')}; nothing was written. Choose another folder, or pass --force to replace them`,
    );
  }
  const notes = sayingWhy(folder, () => makeFolder(root));
  const paths = targets.flatMap((f) => {
    if (f.secret && existsSync(f.target)) return [];
    sayingWhy(f.target, () => {
      mkdirSync(dirname(f.target), { recursive: true });
      if (f.secret && dirname(f.target) !== root) chmodSync(dirname(f.target), 0o700);
      writeWhole(f.target, f.content, f.executable ? 0o755 : 0o644);
    });
    return [f.path];
  });
  return { paths, notes };
}

/** Files below some folders of a root as sorted paths with forward slashes; links are not followed. */
export function filesBelow(root: string, folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) => {
      const full = join(root, folder);
      if (!lstatSync(full, { throwIfNoEntry: false })?.isDirectory()) return [];
      return readdirSync(full, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
    })
    .sort();
}

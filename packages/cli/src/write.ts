import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
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

/** Through a temporary name, so that a file is there whole or not at all. */
function writeWhole(path: string, content: string, mode = 0o644, folderMode = 0o755): void {
  mkdirSync(dirname(path), { recursive: true, mode: folderMode });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content, { mode });
    chmodSync(temporary, mode); // whatever the umask: containers read these files as other users
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true }); // there only where it could not take its place
  }
}

/** No option makes a file replace a folder. */
function refuseFolder(path: string): void {
  if (!existsSync(path) || !statSync(path).isDirectory()) return;
  throw new CouldNotRun(`${path} is a folder; nothing was written. Name a file, in that folder or elsewhere`);
}

/** Writes one file, unless that would replace one that sysd did not write. */
export function writeFile(path: string, content: string, options: WriteOptions): void {
  refuseFolder(path);
  if (!mayReplace(path, options)) {
    throw new CouldNotRun(
      `${path} is there already and sysd did not write it; nothing was written. Choose another name, or pass --force to replace it`,
    );
  }
  writeWhole(path, content);
}

export interface FileToWrite {
  readonly path: string;
  readonly content: string;
  /** Never replaced: a secret stays what it is. Readable by all, as containers run as other users, in a folder that only its owner may enter. */
  readonly secret: boolean;
  readonly executable?: boolean;
}

/** Writes a set of files below a folder: all, or none when one of them would replace a file that sysd did not write. Returns the paths written. */
export function writeFolder(folder: string, files: readonly FileToWrite[], options: WriteOptions): string[] {
  const root = resolve(folder);
  const targets = files.map((file) => ({ ...file, target: resolve(join(root, file.path)) }));
  for (const { target, path } of targets) {
    if (!target.startsWith(root + sep)) throw new CouldNotRun(`the export names a file outside the folder: ${path}`);
  }
  for (const { target } of targets) refuseFolder(target);
  const foreign = targets.filter((f) => !f.secret && !mayReplace(f.target, options)).map((f) => f.path);
  if (foreign.length > 0) {
    throw new CouldNotRun(
      `these files are in ${folder} already and sysd did not write them: ${foreign.join(', ')}; nothing was written. Choose another folder, or pass --force to replace them`,
    );
  }
  return targets.flatMap((f) => {
    if (f.secret && existsSync(f.target)) return [];
    writeWhole(f.target, f.content, f.executable ? 0o755 : 0o644, f.secret ? 0o700 : 0o755);
    return [f.path];
  });
}

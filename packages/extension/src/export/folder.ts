// The export's folder on disk.
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ExportedFile } from '@sysd/language/protocol';
import { type PlannedFile, planExport } from './plan.ts';

/** Compares the export with what is in the folder (which need not exist). @throws when something there cannot be read. */
export async function planFolder(folder: string, files: readonly ExportedFile[]): Promise<PlannedFile[]> {
  const existing = new Map<string, string>();
  for (const { path } of files) {
    const content = await readIfThere(join(folder, path));
    if (content !== undefined) existing.set(path, content);
  }
  return planExport(files, existing);
}

/** Writes the chosen files. Secrets are filled with 192 random bits. @returns the paths written. */
export async function writeFolder(folder: string, plan: readonly PlannedFile[], chosen: (file: PlannedFile) => boolean): Promise<string[]> {
  const written: string[] = [];
  for (const planned of plan) {
    const { file, fate } = planned;
    if (fate === 'unchanged' || fate === 'keep-secret' || !chosen(planned)) continue;
    const at = join(folder, file.path);
    // A secret is readable as everything is, but its folder is not.
    await mkdir(dirname(at), { recursive: true, ...(file.secret && { mode: 0o700 }) });
    await writeFile(at, file.secret ? randomBytes(24).toString('hex') : file.content);
    // Whatever the umask: containers read what is mounted as other users.
    await chmod(at, file.executable ? 0o755 : 0o644);
    written.push(file.path);
  }
  return written;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

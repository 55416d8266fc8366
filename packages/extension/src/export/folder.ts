// The export's folder on disk.
import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ExportedFile } from '@sysd/language/protocol';
import { type Manifest, manifestName, type PlannedFile, parseManifest, planExport, printManifest } from './plan.ts';

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export interface FolderPlan {
  readonly planned: readonly PlannedFile[];
  readonly manifest: Manifest;
}

/** Compares the export with what is in the folder (which need not exist). @throws when something there cannot be read. */
export async function planFolder(folder: string, files: readonly ExportedFile[]): Promise<FolderPlan> {
  const existing = new Map<string, string>();
  for (const { path } of files) {
    const content = await readIfThere(join(folder, path));
    if (content !== undefined) existing.set(path, content);
  }
  const manifest = parseManifest(await readIfThere(join(folder, manifestName)));
  return { planned: planExport(files, existing, manifest, sha256), manifest };
}

/** Writes the chosen files and records them. Secrets are filled with 192 random bits. @returns the paths written. */
export async function writeFolder(folder: string, plan: FolderPlan, chosen: (file: PlannedFile) => boolean): Promise<string[]> {
  const manifest = new Map(plan.manifest);
  const written: string[] = [];
  for (const planned of plan.planned) {
    const { file, fate } = planned;
    // What is there as sysd wants it is sysd's from now on.
    if (fate === 'unchanged') manifest.set(file.path, sha256(file.content));
    if (fate === 'unchanged' || fate === 'keep-secret' || !chosen(planned)) continue;
    const at = join(folder, file.path);
    // Containers run as other users, so a secret is readable and its folder is not.
    await mkdir(dirname(at), { recursive: true, ...(file.secret && { mode: 0o700 }) });
    await writeFile(at, file.secret ? randomBytes(24).toString('hex') : file.content);
    if (file.executable) await chmod(at, 0o755);
    if (!file.secret) manifest.set(file.path, sha256(file.content));
    written.push(file.path);
  }
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, manifestName), printManifest(manifest));
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

import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Fills a folder beside its place and then puts it there: a build that fails, or one that runs at the same time, never leaves half a folder.
 * What was there before is replaced whole.
 */
export async function assemble(folder: string, fill: (partial: string) => Promise<void>): Promise<void> {
  const partial = `${folder}.partial-${process.pid}`;
  const old = `${folder}.old-${process.pid}`;
  mkdirSync(dirname(folder), { recursive: true });
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial);
  try {
    await fill(partial);
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

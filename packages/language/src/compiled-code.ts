import * as nodeModule from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Has Node.js keep the compiled code of what is imported from here on, so that the next start need not compile it again: a fifth of a start.
 * Where Node.js cannot (before 22.8), or the folder cannot be written, everything is as it would be without. NODE_COMPILE_CACHE names
 * another folder, NODE_DISABLE_COMPILE_CACHE=1 switches it off. See https://nodejs.org/api/module.html#module-compile-cache
 */
export function keepCompiledCode(): void {
  const { enableCompileCache } = nodeModule as Partial<typeof nodeModule>;
  enableCompileCache?.(process.env.NODE_COMPILE_CACHE || join(userCacheFolder(), 'sysd', 'compiled'));
}

/** Of this user alone: code that another could write there would be run. */
function userCacheFolder(): string {
  const { env, platform } = process;
  if (platform === 'win32') return env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return env.XDG_CACHE_HOME || join(homedir(), '.cache');
}

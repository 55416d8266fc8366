import * as nodeModule from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Has Node.js keep the compiled code of what is imported from here on, so that the next start need not compile it again: a fifth of a start.
 * Where Node.js cannot (before 22.8), the user has no cache folder, or it cannot be written, everything is as it would be without.
 * NODE_COMPILE_CACHE names another folder, NODE_DISABLE_COMPILE_CACHE=1 switches it off. See
 * https://nodejs.org/api/module.html#module-compile-cache
 */
export function keepCompiledCode(): void {
  const { enableCompileCache } = nodeModule as Partial<typeof nodeModule>;
  const folder = process.env.NODE_COMPILE_CACHE || ownFolder();
  if (folder !== undefined) enableCompileCache?.(folder);
}

/** Of this user alone, as code that another could write there would be run: a relative path would lead into the design's folder. */
function ownFolder(): string | undefined {
  const cache = userCacheFolder();
  return cache !== undefined && isAbsolute(cache) ? join(cache, 'sysd', 'compiled') : undefined;
}

function userCacheFolder(): string | undefined {
  const { env, platform } = process;
  if (platform === 'win32' && env.LOCALAPPDATA) return env.LOCALAPPDATA;
  // As the XDG base directory specification says, a path that is not absolute is ignored.
  if (platform !== 'win32' && platform !== 'darwin' && isAbsolute(env.XDG_CACHE_HOME ?? '')) return env.XDG_CACHE_HOME;
  const home = homeFolder();
  if (home === undefined) return undefined;
  if (platform === 'win32') return join(home, 'AppData', 'Local');
  return platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
}

/** Undefined for a user without one, such as that of a container: Node.js throws there. */
function homeFolder(): string | undefined {
  try {
    return homedir();
  } catch {
    return undefined;
  }
}

import { type SpawnOptions, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildServer } from './client.ts';

let server: Awaited<ReturnType<typeof buildServer>>;
let folder: string;

beforeAll(async () => {
  server = await buildServer();
  folder = mkdtempSync(join(tmpdir(), 'sysd-compiled-'));
});
afterAll(() => {
  server.remove();
  rmSync(folder, { recursive: true, force: true });
});

const { NODE_COMPILE_CACHE: _, NODE_DISABLE_COMPILE_CACHE: __, ...ENV } = process.env;

/** Starts the server and ends it as an editor does. Returns the code it ended with. */
function startAndEnd(env: NodeJS.ProcessEnv, how: Pick<SpawnOptions, 'cwd' | 'uid'> = {}): Promise<number | null> {
  const child = spawn(process.execPath, [server.path, '--stdio'], { ...how, env: { ...ENV, ...env }, stdio: 'pipe' });
  child.stdin.on('error', () => {}); // it may have ended
  const send = (message: object) => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  send({ id: 1, method: 'initialize', params: { processId: process.pid, rootUri: null, capabilities: {} } });
  send({ id: 2, method: 'shutdown' });
  send({ method: 'exit' });
  return new Promise((resolve) => child.on('exit', resolve));
}

describe.skipIf(process.platform === 'win32')('compiled code', () => {
  it('is kept for the next start, in the cache folder of the user', async () => {
    const cache = join(folder, 'cache');
    const env = { HOME: folder, XDG_CACHE_HOME: cache };
    expect(await startAndEnd(env)).toBe(0);
    const kept = process.platform === 'darwin' ? join(folder, 'Library', 'Caches') : cache;
    expect(existsSync(join(kept, 'sysd', 'compiled'))).toBe(true);
    expect(readdirSync(join(kept, 'sysd', 'compiled')).length).toBe(1);
    expect(await startAndEnd(env)).toBe(0);
  });

  it('is not kept where that is switched off', async () => {
    const cache = join(folder, 'off');
    expect(await startAndEnd({ XDG_CACHE_HOME: cache, NODE_DISABLE_COMPILE_CACHE: '1' })).toBe(0);
    expect(existsSync(cache)).toBe(false);
  });

  it('does not matter where it cannot be kept', async () => {
    const cache = join(folder, 'not-a-folder');
    writeFileSync(cache, '');
    expect(await startAndEnd({ XDG_CACHE_HOME: cache })).toBe(0);
  });

  it('is never kept in the working directory, where it may be somebody else’s that would be run', async () => {
    const cwd = join(folder, 'workspace');
    mkdirSync(cwd);
    expect(await startAndEnd({ HOME: '', XDG_CACHE_HOME: undefined }, { cwd })).toBe(0);
    expect(await startAndEnd({ HOME: '', XDG_CACHE_HOME: 'cache' }, { cwd })).toBe(0);
    expect(readdirSync(cwd)).toEqual([]);
  });

  // Only root may start a process as another user.
  it.skipIf(process.getuid?.() !== 0)('does not matter for a user without a home, as in containers', async () => {
    chmodSync(dirname(server.path), 0o755);
    expect(await startAndEnd({ HOME: undefined, XDG_CACHE_HOME: undefined }, { uid: 54_321 })).toBe(0);
  });
});

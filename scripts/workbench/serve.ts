// Starts and stops workbench servers on 127.0.0.1.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { codeServerRoot } from './home.ts';
import { writeSettings } from './settings.ts';

export interface ServeOptions {
  /** Folder of the server's settings and state. */
  data: string;
  extensions: string;
  /** Lets a page load an extension and its tests from folders (`extensionDevelopmentPath`, `extensionTestsPath`); hides toasts. */
  testDriver?: boolean;
  env?: NodeJS.ProcessEnv;
}

export interface Workbench {
  /** `127.0.0.1:PORT`, also the authority of `vscode-remote:` addresses. */
  authority: string;
  /** Address of the workbench on a folder (absolute path); `payload` as `[key, value]` pairs. */
  url(folder: string, payload?: [string, string][]): string;
  /** The last output of the server. */
  log(): string;
  /** Ends the server with everything that it started (extension hosts, watchers, terminals). */
  stop(): void;
  ended: Promise<void>;
}

const serverMain = () => join(codeServerRoot, 'lib', 'vscode', 'out', 'server-main.js');
const quiet = ['--accept-server-license-terms', '--disable-telemetry', '--disable-experiments'];

/** `EXTENSIONS_GALLERY` keeps code-server from asking a gallery for anything. */
const serverEnv = (extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({ ...process.env, EXTENSIONS_GALLERY: '{}', ...extra });

/**
 * Serves a workbench on a free port of 127.0.0.1. A random token in its address keeps other users of the machine out: a workbench has a
 * terminal.
 *
 * @throws Error with the server's output when it does not answer within a minute.
 */
export async function serveWorkbench(options: ServeOptions): Promise<Workbench> {
  writeSettings(options.data);
  mkdirSync(options.extensions, { recursive: true });
  const port = await freePort();
  const token = randomBytes(16).toString('hex');
  const args = [serverMain(), ...quiet, '--disable-workspace-trust', '--host', '127.0.0.1', '--port', String(port)];
  args.push('--connection-token', token, '--server-data-dir', options.data, '--extensions-dir', options.extensions);
  if (options.testDriver) args.push('--enable-smoke-test-driver');
  const child = spawn(process.execPath, args, { env: serverEnv(options.env), stdio: ['ignore', 'pipe', 'pipe'], detached: true });

  let output = '';
  const keep = (data: Buffer) => {
    output = (output + data.toString()).slice(-20_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const stop = () => killGroup(child);
  process.once('exit', stop);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));

  const authority = `127.0.0.1:${port}`;
  if (!(await answers(`http://${authority}/version`, child))) {
    stop();
    throw new Error(`The workbench server did not start:\n${output}`);
  }
  return {
    authority,
    url(folder, payload = []) {
      const query = new URLSearchParams({ tkn: token, folder });
      if (payload.length > 0) query.set('payload', JSON.stringify(payload));
      return `http://${authority}/?${query}`;
    },
    log: () => output,
    stop,
    ended,
  };
}

/** Sideloads a packaged extension. @throws Error with the server's output when it refuses. */
export function installExtension(vsix: string, data: string, extensions: string): void {
  mkdirSync(extensions, { recursive: true });
  const args = [serverMain(), ...quiet, '--server-data-dir', data, '--extensions-dir', extensions, '--force', '--install-extension', vsix];
  const run = spawnSync(process.execPath, args, { env: serverEnv(), encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`The workbench did not accept ${vsix}:\n${run.stdout}${run.stderr}`);
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch {
    // Already gone.
  }
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  for (let attempt = 0; attempt < 240 && child.exitCode === null; attempt++) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return false;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}

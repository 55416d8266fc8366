import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import * as rpc from 'vscode-jsonrpc/node';
import type { Workspace } from './graph.ts';
import { cpuOf } from './process-tree.ts';

/** A client of any language server, with the marked line of one document that it replaces. */
export interface Editor {
  readonly pid: number;
  /** What was published for the document when it was opened, until the server was idle; times from the start of the process. */
  readonly opening: readonly { readonly ms: number; readonly messages: readonly string[] }[];
  /** Sends the marked line as that text. Returns its number and the time at which the message was written. */
  replace(text: string): Promise<{ readonly line: number; readonly at: number }>;
  /** Time at which the diagnostics arrive that have the token, or none that begins so. */
  diagnostics(token: string, present: boolean): Promise<number>;
  ask(method: string, params: object): Promise<unknown>;
  /** Until the server has used no CPU for a while. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

interface Published {
  readonly uri: string;
  readonly diagnostics: readonly { readonly message: string }[];
}

const CAPABILITIES = {
  workspace: { configuration: true, workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: true } },
  textDocument: {
    synchronization: { dynamicRegistration: true },
    publishDiagnostics: { versionSupport: true, relatedInformation: true, codeDescriptionSupport: true },
    completion: { completionItem: { snippetSupport: true } },
    hover: { contentFormat: ['markdown'] },
    semanticTokens: { requests: { full: { delta: true }, range: true }, tokenTypes: [], tokenModifiers: [], formats: ['relative'] },
  },
  window: { workDoneProgress: true },
};
const PATIENCE = 180_000;
const QUIET = 300;

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Starts a server on a workspace of its own and opens the document that is edited. */
export async function startEditor(command: readonly string[], workspace: Workspace): Promise<Editor> {
  const folder = mkdtempSync(join(tmpdir(), 'sysd-bench-'));
  for (const file of workspace.files) {
    mkdirSync(dirname(join(folder, file.path)), { recursive: true });
    writeFileSync(join(folder, file.path), file.text);
  }
  const start = performance.now();
  const server: ChildProcess = spawn(command[0] ?? '', command.slice(1), { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] });
  const pid = server.pid ?? 0;
  if (!server.stdout || !server.stdin) throw new Error('no pipes to the server');
  const connection = rpc.createMessageConnection(new rpc.StreamMessageReader(server.stdout), new rpc.StreamMessageWriter(server.stdin));
  const opening: { ms: number; messages: readonly string[] }[] = [];
  const waiting = new Set<{ match: (p: Published) => boolean; resolve: (at: number) => void }>();
  const arrived = (published: Published): void => {
    for (const one of [...waiting]) {
      if (!one.match(published)) continue;
      waiting.delete(one);
      one.resolve(performance.now());
    }
  };
  connection.onRequest('workspace/configuration', (p: { items: unknown[] }) => p.items.map(() => null));
  for (const method of ['client/registerCapability', 'client/unregisterCapability', 'window/workDoneProgress/create']) {
    connection.onRequest(method, () => null);
  }
  connection.onRequest(() => null); // refreshes and whatever else a server may ask
  connection.listen();
  const published = (match: (p: Published) => boolean, what: string) =>
    Promise.race([
      new Promise<number>((resolve) => waiting.add({ match, resolve })),
      sleep(PATIENCE).then((): number => {
        throw new Error(`timed out: ${what}`);
      }),
    ]);
  const idle = async () => {
    for (let last = cpuOf(pid), quiet = 0; quiet < QUIET; ) {
      await sleep(100);
      const now = cpuOf(pid);
      quiet = now - last > 10 ? 0 : quiet + 100;
      last = now;
    }
  };

  const root = pathToFileURL(folder).href;
  const initialize = {
    processId: process.pid,
    rootUri: root,
    workspaceFolders: [{ uri: root, name: 'bench' }],
    capabilities: CAPABILITIES,
  };
  await connection.sendRequest('initialize', initialize);
  const uri = pathToFileURL(join(folder, workspace.edited)).href;
  const lines = (workspace.files.find((f) => f.path === workspace.edited)?.text ?? '').split('\n');
  const line = lines.findIndex((l) => l.includes(workspace.mark));
  const same = (p: Published) => decodeURIComponent(p.uri) === decodeURIComponent(uri);
  let version = 1;
  connection.onNotification('textDocument/publishDiagnostics', (params: Published) => {
    if (same(params)) opening.push({ ms: performance.now() - start, messages: params.diagnostics.map((d) => d.message) });
    arrived(params);
  });
  const first = published(same, 'first diagnostics');
  await connection.sendNotification('initialized', {});
  const textDocument = { uri, languageId: workspace.languageId, version, text: lines.join('\n') };
  await connection.sendNotification('textDocument/didOpen', { textDocument });
  await first;
  await idle();
  connection.onNotification('textDocument/publishDiagnostics', arrived);

  return {
    pid,
    opening,
    idle,
    async replace(text) {
      const before = lines[line] ?? '';
      const after = `${text} ${workspace.mark}`;
      lines[line] = after;
      version += 1;
      const range = { start: { line, character: 0 }, end: { line, character: before.length } };
      const at = performance.now();
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ range, text: after }],
      });
      return { line, at };
    },
    diagnostics: (token, present) =>
      published((p) => same(p) && p.diagnostics.some((d) => d.message.includes(token)) === present, `diagnostics with ${token}`),
    ask: (method, params) => connection.sendRequest(method, { textDocument: { uri }, ...params }),
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      const left = async (): Promise<void> => {
        await connection.sendRequest('shutdown');
        await connection.sendNotification('exit');
        await ended;
      };
      // A server that is profiled writes its profile as it ends.
      await Promise.race([left(), sleep(120_000)]);
      connection.dispose();
      server.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

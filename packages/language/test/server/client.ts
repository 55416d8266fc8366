import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  InitializeRequest,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { buildStandin } from '../../../../scripts/build-standin.ts';
import { bundleForNode } from '../../../../scripts/bundle.ts';

const source = join(import.meta.dirname, '..', '..', 'src');

/** Bundles the server as the release does, into a folder of its own. */
export async function buildServer(): Promise<{ readonly path: string; readonly remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'sysd-server-'));
  const path = join(folder, 'server.js');
  await bundleForNode(join(source, 'main.ts'), path);
  await bundleForNode(join(source, 'lsp', 'layout-worker.ts'), join(folder, 'layout-worker.js'));
  await buildStandin(join(folder, 'standin.cjs'));
  cpSync(join(source, 'library'), join(folder, 'library'), { recursive: true });
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Client {
  readonly connection: ProtocolConnection;
  readonly capabilities: InitializeResult['capabilities'];
  readonly process: ChildProcess;
  /** What the server wrote to its standard error and to the log. */
  readonly trouble: string[];
  open(uri: string, text: string): void;
  /** Replaces the whole text, or the given part of it. */
  edit(uri: string, text: string, range?: { start: Position; end: Position }): void;
  /** Several replacements in one message, each of the text that the one before it left. */
  change(uri: string, contentChanges: readonly object[]): void;
  close(uri: string): void;
  closeAll(): void;
  /** The diagnostics of the newest version of a document, or those sent since it was closed. Waits for them. */
  diagnostics(uri: string): Promise<Diagnostic[]>;
  stop(): Promise<void>;
}

interface Options {
  readonly folder?: string;
  readonly capabilities?: object;
  readonly settings?: unknown;
}

/** Starts a server as its own process and speaks LSP with it over its standard input and output. */
export async function startClient(server: string, { folder, capabilities = {}, settings }: Options = {}): Promise<Client> {
  // Nothing is kept for the next start: the cache is the user's.
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'], env });
  const trouble: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => trouble.push(chunk.toString()));
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  /** Versions of the open documents; they never repeat, so that a late message cannot be taken for an answer. */
  const versions = new Map<string, number>();
  let version = 0;
  const published = new Map<string, PublishDiagnosticsParams>();
  const arrived: (() => void)[] = [];
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    published.set(params.uri, params);
    for (const wake of arrived.splice(0)) wake();
  });
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
    trouble.push(message);
  });
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/configuration', () => [settings ?? {}]);
  connection.listen();
  const { capabilities: able } = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: folder === undefined ? null : [{ uri: pathToFileURL(folder).href, name: 'test' }],
    capabilities,
  });
  await connection.sendNotification('initialized', {});

  const close = (uri: string): void => {
    versions.delete(uri);
    published.delete(uri);
    void connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  };

  const change = (uri: string, contentChanges: readonly object[]): void => {
    versions.set(uri, ++version);
    void connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  };

  return {
    connection,
    capabilities: able,
    process: child,
    trouble,
    open(uri, text) {
      versions.set(uri, ++version);
      void connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'sysd', version, text } });
    },
    edit: (uri, text, range) => change(uri, [range ? { range, text } : { text }]),
    change,
    close,
    closeAll() {
      for (const uri of [...versions.keys()]) close(uri);
    },
    async diagnostics(uri) {
      for (;;) {
        const params = published.get(uri);
        if (params && params.version === versions.get(uri)) return params.diagnostics;
        await new Promise<void>((resolve) => arrived.push(resolve));
      }
    },
    async stop() {
      await connection.sendRequest('shutdown');
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await connection.sendNotification('exit');
      await ended;
      connection.dispose();
    },
  };
}

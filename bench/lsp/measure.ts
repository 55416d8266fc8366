import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import * as rpc from 'vscode-jsonrpc/node';
import type { Workspace } from './graph.ts';

/** Milliseconds, and megabytes for memory. CPU is of the whole process tree, with a resolution of 10 ms. */
export interface Measurement {
  readonly firstDiagnosticsMs: number;
  readonly wallMs: readonly number[];
  readonly cpuMs: readonly number[];
  readonly hoverMs: readonly number[];
  readonly completionMs: readonly number[];
  readonly peakMb: number;
}

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));

function processTree(pid: number): number[] {
  try {
    return [
      pid,
      ...readdirSync(`/proc/${pid}/task`).flatMap((task) =>
        readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
          .trim()
          .split(' ')
          .filter(Boolean)
          .flatMap((child) => processTree(Number(child))),
      ),
    ];
  } catch {
    return [pid];
  }
}

/** User and system time of the tree in ms (ticks of 10 ms). */
function cpu(pid: number): number {
  return processTree(pid).reduce((sum, p) => {
    try {
      const stat = readFileSync(`/proc/${p}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return sum + (Number(fields[11]) + Number(fields[12])) * 10;
    } catch {
      return sum;
    }
  }, 0);
}

function peakMb(pid: number): number {
  return processTree(pid).reduce((sum, p) => {
    try {
      return sum + Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${p}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    } catch {
      return sum;
    }
  }, 0);
}

interface Published {
  readonly uri: string;
  readonly diagnostics: readonly { readonly message: string }[];
}

const capabilities = {
  workspace: { configuration: true, workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: true } },
  textDocument: {
    synchronization: { dynamicRegistration: true },
    publishDiagnostics: { versionSupport: true, relatedInformation: true, codeDescriptionSupport: true },
    completion: { completionItem: { snippetSupport: true } },
    hover: { contentFormat: ['markdown'] },
  },
  window: { workDoneProgress: true },
};

/**
 * Runs a language server on a workspace: opens the edited file, then replaces the marked line in turn by one with an unknown name and one
 * without, and times each until the matching diagnostics arrive and the server's CPU is idle again. Then hover and completion right
 * after a keystroke.
 */
export async function measure(command: readonly string[], workspace: Workspace, edits: number): Promise<Measurement> {
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
  const waiting = new Set<{ match: (p: Published) => boolean; resolve: (at: number) => void }>();
  connection.onNotification('textDocument/publishDiagnostics', (published: Published) => {
    for (const w of [...waiting]) {
      if (!w.match(published)) continue;
      waiting.delete(w);
      w.resolve(performance.now());
    }
  });
  connection.onRequest('workspace/configuration', (p: { items: unknown[] }) => p.items.map(() => null));
  for (const method of ['client/registerCapability', 'client/unregisterCapability', 'window/workDoneProgress/create']) {
    connection.onRequest(method, () => null);
  }
  connection.onRequest(() => null); // refreshes and whatever else a server may ask
  connection.listen();
  const diagnostics = (match: (p: Published) => boolean, what: string) =>
    Promise.race([
      new Promise<number>((resolve) => waiting.add({ match, resolve })),
      sleep(180_000).then((): number => {
        throw new Error(`timed out: ${what}`);
      }),
    ]);
  /** Until the server has used no CPU for 300 ms. */
  const idle = async () => {
    for (let last = cpu(pid), quiet = 0; quiet < 300; ) {
      await sleep(100);
      const now = cpu(pid);
      quiet = now - last > 10 ? 0 : quiet + 100;
      last = now;
    }
  };

  try {
    const root = pathToFileURL(folder).href;
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: root,
      workspaceFolders: [{ uri: root, name: 'bench' }],
      capabilities,
    });
    const uri = pathToFileURL(join(folder, workspace.edited)).href;
    const lines = (workspace.files.find((f) => f.path === workspace.edited)?.text ?? '').split('\n');
    const line = lines.findIndex((l) => l.includes(workspace.mark));
    let version = 1;
    const same = (p: Published) => decodeURIComponent(p.uri) === decodeURIComponent(uri);
    const first = diagnostics(same, 'first diagnostics');
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: workspace.languageId, version, text: lines.join('\n') },
    });
    const firstDiagnosticsMs = (await first) - start;
    await idle();

    const replace = async (text: string) => {
      const before = lines[line] ?? '';
      const after = `${text} ${workspace.mark}`;
      lines[line] = after;
      version += 1;
      const range = { start: { line, character: 0 }, end: { line, character: before.length } };
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ range, text: after }],
      });
    };
    const wallMs: number[] = [];
    const cpuMs: number[] = [];
    for (let i = 0; i < edits * 2; i++) {
      const token = `nope_${i}`;
      const bad = i % 2 === 0;
      const match = (p: Published) =>
        same(p) && (bad ? p.diagnostics.some((d) => d.message.includes(token)) : !p.diagnostics.some((d) => d.message.includes('nope_')));
      const arrived = diagnostics(match, `diagnostics of edit ${i}`);
      const cpuBefore = cpu(pid);
      const begin = performance.now();
      await replace(bad ? workspace.bad(i) : workspace.good(i));
      wallMs.push((await arrived) - begin);
      await idle();
      cpuMs.push(cpu(pid) - cpuBefore);
    }
    const probe = async (method: string) => {
      const times: number[] = [];
      for (let i = 0; i < edits; i++) {
        const text = workspace.good(100 + i);
        await replace(text);
        const begin = performance.now();
        await connection.sendRequest(method, { textDocument: { uri }, position: { line, character: text.lastIndexOf('svc_') + 1 } });
        times.push(performance.now() - begin);
        await idle();
      }
      return times;
    };
    const hoverMs = await probe('textDocument/hover');
    const completionMs = await probe('textDocument/completion');
    return { firstDiagnosticsMs, wallMs, cpuMs, hoverMs, completionMs, peakMb: peakMb(pid) };
  } finally {
    connection.dispose();
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

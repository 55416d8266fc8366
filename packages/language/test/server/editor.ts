import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Diagnostic, ResponseError } from 'vscode-languageserver/node';
import type { Asked, Question } from '../equality/ask.ts';
import { contentChanges } from '../equality/content-changes.ts';
import { eventsBetween, type Step, type World } from '../equality/world.ts';
import { startClient } from './client.ts';

/** An editor that goes from world to world with a built server, the files being in a real folder. */
export interface Editor extends Asked {
  world(): World;
  to(step: Step): void;
  /** Asks, and keeps what is wrong with the answer. Done when it is there. */
  follow(question: Question): Promise<void>;
  /** What is shown of a document at its newest text. */
  shown(uri: string): Promise<readonly Diagnostic[]>;
  /** Requests answered with a fault or not at all, and what the server wrote to its log. */
  faults(): readonly string[];
  /** Resident memory of the server, MB. */
  memory(): number;
  stop(): Promise<void>;
}

const PATIENCE = 60_000;
/** LSP: a request that cannot be done, such as a rename to no name. */
const REFUSED = -32_803;

export async function startEditor(server: string, folder: string, start: World): Promise<Editor> {
  const client = await startClient(server, { folder });
  const faults: string[] = [];
  let world: World = { disk: new Map(), open: new Map() };
  const root = pathToFileURL(folder).href;
  const real = (uri: string): string => uri.replace('file:///work', root);
  const ask = (method: string, params: object): Promise<unknown> =>
    client.connection.sendRequest(method, JSON.parse(JSON.stringify(params).replaceAll('file:///work', root)));

  const to = (step: Step): void => {
    const events = eventsBetween(world, step);
    const changes: object[] = [];
    for (const event of events) {
      const uri = real(event.uri);
      if (event.kind === 'disk') {
        if (event.gone) rmSync(fileURLToPath(uri));
        else writeFileSync(fileURLToPath(uri), step.world.disk.get(event.uri)!);
        changes.push({ uri, type: event.gone ? 3 : event.created ? 1 : 2 });
      } else if (event.kind === 'close') client.close(uri);
      else if (event.kind === 'open') client.open(uri, event.text);
      else client.change(uri, contentChanges(event));
    }
    if (changes.length > 0) void client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    world = step.world;
  };
  to({ what: 'start', world: start });

  return {
    world: () => world,
    to,
    ask,
    async follow([method, params]) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer after ${PATIENCE} ms`)), PATIENCE);
      });
      try {
        await Promise.race([ask(method, params), late]);
      } catch (error) {
        if (!(error instanceof ResponseError && error.code === REFUSED)) faults.push(`${method} ${JSON.stringify(params)}: ${error}`);
      } finally {
        clearTimeout(timer);
      }
    },
    shown: (uri) => client.diagnostics(real(uri)),
    faults: () => [...faults, ...client.trouble],
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${client.process.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    stop: () => client.stop(),
  };
}

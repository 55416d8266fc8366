import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { serve } from '../../src/lsp/server.ts';
import type { Asked } from './ask.ts';
import { contentChanges } from './content-changes.ts';
import { eventsBetween, type Step, type World } from './world.ts';

/** The server as an editor knows it, in this process: every message goes through the protocol. */
export interface InProcessServer extends Asked {
  to(step: Step): void;
  /** What the server wrote to its log. */
  readonly trouble: readonly string[];
  stop(): Promise<void>;
}

const CAPABILITIES = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };

export async function serverAt(start: World): Promise<InProcessServer> {
  let world: World = { disk: new Map(), open: new Map() };
  let version = 0;
  const [there, back] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(ProposedFeatures.all, new StreamMessageReader(there), new StreamMessageWriter(back));
  serve(connection, (uri) => world.disk.get(uri));
  const client = createProtocolConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
  const trouble: string[] = [];
  client.onNotification('window/logMessage', ({ message }: { message: string }) => void trouble.push(message));
  client.listen();
  await client.sendRequest('initialize', { processId: null, rootUri: null, workspaceFolders: null, capabilities: CAPABILITIES });
  const tell = (method: string, params: object): void => void client.sendNotification(method, params);
  tell('initialized', {});

  const to = (step: Step): void => {
    const events = eventsBetween(world, step);
    world = step.world;
    const changes = events.flatMap((e) => (e.kind === 'disk' ? [{ uri: e.uri, type: e.gone ? 3 : e.created ? 1 : 2 }] : []));
    if (changes.length > 0) tell('workspace/didChangeWatchedFiles', { changes });
    for (const event of events) {
      version++;
      if (event.kind === 'close') tell('textDocument/didClose', { textDocument: { uri: event.uri } });
      if (event.kind === 'open') {
        tell('textDocument/didOpen', { textDocument: { uri: event.uri, languageId: 'sysd', version, text: event.text } });
      }
      if (event.kind === 'change') {
        tell('textDocument/didChange', { textDocument: { uri: event.uri, version }, contentChanges: contentChanges(event) });
      }
    }
  };
  to({ what: 'start', world: start });
  return {
    to,
    ask: (method, params) => client.sendRequest(method, params),
    trouble,
    // The connection stays: what was under way may still want to write. It goes with the last reference to it.
    async stop() {
      await client.sendRequest('shutdown');
    },
  };
}

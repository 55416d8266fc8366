import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { serve } from '../../src/lsp/server.ts';
import type { Asked } from './ask.ts';
import { type Event, eventsBetween, type Step, type TextChange, type World } from './world.ts';

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

/** The changes with positions, as the protocol has them. */
export function contentChanges({ uri, before, changes }: Event & { kind: 'change' }): object[] {
  let document = TextDocument.create(uri, 'sysd', 0, before);
  return changes.map((change) => {
    const { start, end, text } = aroundLineEnds(document.getText(), change);
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    document = TextDocument.update(document, [{ range, text }], 0);
    return { range, text };
  });
}

/** The same change with both ends outside of every `\r\n`: no position of the protocol lies inside of one. */
function aroundLineEnds(text: string, change: TextChange): TextChange {
  const inside = (at: number): boolean => text[at - 1] === '\r' && text[at] === '\n';
  const early = inside(change.start);
  const late = inside(change.end);
  return {
    start: change.start - (early ? 1 : 0),
    end: change.end + (late ? 1 : 0),
    text: `${early ? '\r' : ''}${change.text}${late ? '\n' : ''}`,
  };
}

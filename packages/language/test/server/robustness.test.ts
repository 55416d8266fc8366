import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { DocumentSymbolRequest, HoverRequest } from 'vscode-languageserver/node';
import { buildServer, type Client, startClient } from './client.ts';
import { endure } from './endure.ts';

let server: Awaited<ReturnType<typeof buildServer>>;
let client: Client;

beforeAll(async () => {
  server = await buildServer();
});
afterAll(() => server.remove());
beforeEach(async () => {
  client = await startClient(server.path);
});
afterEach(async () => {
  await client.stop();
  expect(client.trouble).toEqual([]);
});

const URI = 'untitled:Untitled-1';
const textDocument = { uri: URI };

/** The server is alive and knows the newest text: it answers with the outline of a document opened now. */
async function answersTheNext(): Promise<void> {
  client.open('untitled:next', 'system Next\nservice api\n');
  const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri: 'untitled:next' } });
  expect(symbols?.map((s) => s.name)).toEqual(['Next', 'api']);
}

/** Every request that an editor makes by itself when a document is shown or edited. */
async function askEverything(): Promise<void> {
  const position = { line: 0, character: 3 };
  const range = { start: { line: 0, character: 0 }, end: { line: 40, character: 0 } };
  const ask = (method: string, params: object) => client.connection.sendRequest(method, { textDocument, ...params });
  await Promise.all([
    ask('textDocument/completion', { position }),
    ask('textDocument/hover', { position }),
    ask('textDocument/definition', { position }),
    ask('textDocument/references', { position, context: { includeDeclaration: true } }),
    ask('textDocument/documentSymbol', {}),
    ask('textDocument/foldingRange', {}),
    ask('textDocument/semanticTokens/full', {}),
    ask('textDocument/semanticTokens/range', { range }),
    ask('textDocument/documentLink', {}),
    ask('textDocument/inlayHint', { range }),
    ask('textDocument/codeAction', { range, context: { diagnostics: [] } }),
    ask('textDocument/formatting', { options: { tabSize: 2, insertSpaces: true } }),
    client.connection.sendRequest('sysd/preview', { uri: URI, overlay: 'load' }),
    client.connection.sendRequest('sysd/elementAt', { uri: URI, position }),
    client.connection.sendRequest('sysd/exportCompose', { uri: URI }),
  ]);
}

it('survives an empty file', async () => {
  client.open(URI, '');
  await askEverything();
  expect(await client.diagnostics(URI)).toEqual([]);
  await answersTheNext();
});

it('survives a design typed key by key, and says nothing when it is done', async () => {
  const text = [
    'system Shop',
    'client users { daily-active: 1M }',
    'service api { replicas: 2, health: http "/h", cpu-time: 1 ms, cores: 2 }',
    'flow Browse from users at 5/day each {',
    '  users -> api',
    '}',
    '',
  ].join('\n');
  client.open(URI, '');
  let line = 0;
  let character = 0;
  for (const key of text) {
    const start = { line, character };
    client.edit(URI, key, { start, end: start });
    if (key === '\n') {
      line++;
      character = 0;
    } else character++;
    if (character % 7 === 0) await askEverything();
  }
  await askEverything();
  const found = await client.diagnostics(URI);
  expect(found.filter((d) => d.severity === 1)).toEqual([]);
  await answersTheNext();
});

it('survives every half of a design', async () => {
  const text =
    'system S\nclient u { peak: 3x }\ndatabase d: postgres { shards: 4 by hash(a), table t { key: a, row: 1 KB } }\nflow F from u at 1/s {\n  u -> d read t 2 KB when 10%\n}\n';
  client.open(URI, text);
  for (let i = 0; i < text.length; i += 5) {
    client.edit(URI, text.slice(0, i));
    await client.connection.sendRequest(HoverRequest.type, { textDocument, position: { line: 2, character: 9 } });
    client.edit(URI, text.slice(i));
    await client.connection.sendRequest('textDocument/completion', { textDocument, position: { line: 2, character: 9 } });
  }
  await answersTheNext();
});

it('survives random bytes', async () => {
  // A linear congruential generator (Numerical Recipes): the same bytes on every run.
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed >>> 24;
  };
  for (let round = 0; round < 8; round++) {
    const bytes = Uint8Array.from({ length: 20_000 }, random);
    const text = round % 2 === 0 ? Buffer.from(bytes).toString('latin1') : Buffer.from(bytes).toString('utf8');
    if (round === 0) client.open(URI, text);
    else client.edit(URI, text);
    await askEverything();
    await client.diagnostics(URI);
  }
  await answersTheNext();
});

it('survives a megabyte of braces, quotes and arrows', async () => {
  const pieces = ['{', '}', '(', '"', '->', 'a', '\n', ':', ',', '10 ', 'service x {', '..', '+', '\u{1F600}'];
  let text = '';
  for (let i = 0; text.length < 1_000_000; i++) text += pieces[(i * 7919 + (i >> 5)) % pieces.length];
  client.open(URI, text);
  await answersTheNext();
});

it.each(['a ', 'a:', '{', '}', '(', '"', 'a -> ', 'a{', '1+', ';', ',', '/// ', '\u{1F600}', 'flow a { b -> c | '])(
  'survives a very long line of %j',
  async (piece) => {
    client.open(URI, piece.repeat(300_000 / piece.length));
    await askEverything();
    await answersTheNext();
  },
);

it('survives a design of a megabyte', async () => {
  let text = 'system Large\nclient users { daily-active: 1M }\n';
  for (let i = 0; text.length < 1_000_000; i++) {
    text += `/// Service number ${i}, which does what it does.\nservice s${i} "Service ${i}" {\n  replicas: 2\n  cores: 4\n  cpu-time: 10 ms // a while\n  health: http "/healthz" every 5 s\n}\n\n`;
  }
  client.open(URI, text);
  const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
  expect(symbols!.length).toBeGreaterThan(5000);
  client.edit(URI, 'x', { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
  await client.diagnostics(URI);
  await answersTheNext();
});

// 50,000 edits, and the memory behind them: `npm run test:endurance`.
it('answers every request over random edits, and is as if fresh when they are taken back', { timeout: 300_000 }, async () => {
  const { faults, difference, requests } = await endure(server.path, { edits: 1500, warmUp: 0, seed: 1 });
  expect(faults).toEqual([]);
  expect(difference).toBeUndefined();
  expect(requests).toBeGreaterThan(1000);
});

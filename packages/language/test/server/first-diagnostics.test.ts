import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PublishDiagnosticsNotification, type PublishDiagnosticsParams } from 'vscode-languageserver/node';
import { buildServer, startClient } from './client.ts';

let server: Awaited<ReturnType<typeof buildServer>>;
beforeAll(async () => {
  server = await buildServer();
});
afterAll(() => server.remove());

const URI = 'untitled:large';
const SERVICES = Array.from({ length: 1200 }, (_, i) => `service s${i} { replicas: 2, cpu-time: 2 ms }\n`).join('');

/** What is published for a document when it is opened, version by version, until the last finding is there. */
async function publishedFor(
  text: string,
  last: string,
  { uri = URI, folder }: { uri?: string; folder?: string } = {},
): Promise<string[][]> {
  const client = await startClient(server.path, folder === undefined ? {} : { folder });
  const published: PublishDiagnosticsParams[] = [];
  const isLast = new Promise<void>((resolve) => {
    client.connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      if (params.uri !== uri) return;
      published.push(params);
      if (params.diagnostics.some((d) => d.code === last)) resolve();
    });
  });
  client.open(uri, text);
  await isLast;
  await client.stop();
  expect(client.trouble).toEqual([]);
  return published.map(({ diagnostics }) => [...new Set(diagnostics.map((d) => String(d.code)))].sort());
}

it('a large design is told its syntax errors first, then its names, then its findings', async () => {
  const text = `system Large\nservice lone\n${SERVICES}client users\ns1 -> nowhere { timeout: 200 ms }\ns1 -> \nflow F from users at 1/s { users -> s2 -> lone }\n`;
  const [first, second, third] = await publishedFor(text, 'single-point-of-failure');
  expect(first).toEqual(['syntax']);
  expect(second).toEqual(['syntax', 'unknown-name']);
  expect(third).toContain('single-point-of-failure');
});

it('a small one is told everything at once', async () => {
  const text =
    'system Small\nclient users\nservice s1\nservice s2\ns1 -> nowhere { timeout: 200 ms }\ns1 -> \nflow F from users at 1/s { users -> s1 -> s2 }\n';
  const [first] = await publishedFor(text, 'single-point-of-failure');
  expect(first).toEqual(expect.arrayContaining(['single-point-of-failure', 'syntax', 'unknown-name']));
});

it('a part of a large design is told first what is wrong with it by itself: names mean what it imports', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sysd-parts-'));
  try {
    const part =
      'import "./shared.sysd"\nservice lone\nlone -> nowhere { timeout: 200 ms }\nlone -> shared { timeout: 200 ms }\nlone -> s1\nlone -> \n';
    const root = `import "./part.sysd"\nsystem Large\n${SERVICES}client users\nflow F from users at 1/s { users -> s2 -> lone }\n`;
    for (const [name, text] of Object.entries({ part, root, shared: 'service shared { replicas: 2 }\n' })) {
      writeFileSync(join(folder, `${name}.sysd`), text);
    }
    const uri = pathToFileURL(join(folder, 'part.sysd')).href;
    const [first, second, third] = await publishedFor(part, 'single-point-of-failure', { uri, folder });
    expect(first).toEqual(['syntax', 'unknown-name']);
    expect(second).toEqual(['syntax', 'unknown-name']);
    expect(third).toContain('single-point-of-failure');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CodeAction, CodeActionRequest, type Diagnostic, HoverRequest, type MarkupContent } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { buildServer, type Client, startClient } from './client.ts';

// Both of two load balancers of 99 % are down 1 % × 1 % of the time: 99.99 %; all of three 99.9999 %. With api: 0.0001 + 0.9999 × 0.00001.
const SHOP = `system Shop

client users { daily-active: 100k }
loadbalancer lb { replicas: 2, mode: active-passive, failover: automatic, availability: 99%, cost: 70 USD/month per node }
service api { managed: yes, availability: 99.999% }

flow Browse from users at 20/day each {
  users -> lb -> api
  slo: availability >= 99.995%
}
`;
const URI = 'file:///work/shop.sysd';

let server: Awaited<ReturnType<typeof buildServer>>;
let client: Client;
beforeAll(async () => {
  server = await buildServer();
  client = await startClient(server.path);
});
afterAll(async () => {
  await client.stop();
  server.remove();
});
afterEach(() => {
  client.closeAll();
  expect(client.trouble).toEqual([]);
});

const isMissed = (d: Diagnostic): boolean => d.code === 'objective-missed';

/** What is shown of the newest text, as soon as it is so. */
async function shownWhen(so: (diagnostics: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
  for (;;) {
    const shown = await client.diagnostics(URI);
    if (so(shown)) return shown;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const someMissed = (shown: readonly Diagnostic[]): boolean => shown.some(isMissed);

async function actionsAt({ range }: Pick<Diagnostic, 'range'>): Promise<CodeAction[]> {
  const context = { diagnostics: [] };
  return ((await client.connection.sendRequest(CodeActionRequest.type, { textDocument: { uri: URI }, range, context })) ??
    []) as CodeAction[];
}
const edited = (text: string, action: CodeAction): string =>
  TextDocument.applyEdits(TextDocument.create(URI, '', 0, text), action.edit?.changes?.[URI] ?? []);

async function hoverOf(text: string, word: string): Promise<string> {
  const position = TextDocument.create(URI, '', 0, text).positionAt(text.indexOf(word) + 1);
  const hover = await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri: URI }, position });
  return (hover?.contents as MarkupContent | undefined)?.value ?? '';
}

describe('a missed objective', () => {
  it('is shown when the editor is quiet; its first action brings the flow there', async () => {
    client.open(URI, SHOP);
    expect((await client.diagnostics(URI)).map((d) => d.code)).toEqual([]);
    const finding = (await shownWhen(someMissed)).find(isMissed)!;
    expect(finding.message).toContain('Browse comes to 99.989 %, below its objective of 99.995 %');
    expect(finding.range.start.line).toBe(8);
    expect(finding.relatedInformation?.map((r) => r.location.range.start.line)).toEqual([3, 4]);

    const actions = await actionsAt(finding);
    expect(actions.map((a) => [a.title, a.isPreferred ?? false])).toEqual([
      ['Run 3 replicas of lb: 99.989 % → 99.9989 % (+70 USD/month)', true],
      ['Accept objective-missed on Browse, with a reason', false],
    ]);
    const before = await hoverOf(SHOP, 'Browse');
    expect(before).toContain('available: 99.989 %');
    expect(before).toContain('fails in pairs: the active instance of lb + the only standby of lb');
    const better = edited(SHOP, actions[0]!);
    expect(better).toContain('replicas: 3');
    client.edit(URI, better);
    await shownWhen((shown) => !shown.some(isMissed));
    const hover = await hoverOf(better, 'Browse');
    expect(hover).toContain('available: 99.9989 %');
    expect(hover).toContain('objective `>= 99.995%`: met');
    expect(hover).not.toContain('fails in pairs');
  });

  it('stays where it was found while one types, and goes when that is known', async () => {
    client.open(URI, SHOP);
    await shownWhen(someMissed);
    client.edit(URI, `// A remark.\n${SHOP}`);
    // Told with the first check of the new text, before its objectives can have been judged.
    expect((await client.diagnostics(URI)).find(isMissed)?.range.start.line).toBe(9);
    client.edit(URI, SHOP.replace('99.995%', '99.9%'));
    await shownWhen((shown) => !shown.some(isMissed));
  });

  it('is judged at once when the document is saved', async () => {
    client.open(URI, SHOP);
    await client.diagnostics(URI);
    void client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: URI } });
    await shownWhen(someMissed);
  });

  it('is accepted in the design, and an accept without one is told', async () => {
    const accept = '\naccept objective-missed on Browse because "The third comes in May"\n';
    client.open(URI, `${SHOP.replace('99.995%', '99.9%')}${accept}`);
    const [unused] = await shownWhen((shown) => shown.length > 0);
    expect(unused?.code).toBe('unused-accept');
    expect((await actionsAt(unused!)).map((a) => a.title)).toContain('Remove this accept');
    client.edit(URI, `${SHOP}${accept}`);
    await shownWhen((shown) => shown.length === 0);
  });

  it('answers a request at once, before the editor is quiet, and several at a time', async () => {
    client.open(URI, SHOP);
    const line = { range: { start: { line: 8, character: 4 }, end: { line: 8, character: 4 } } };
    const [one, other] = await Promise.all([actionsAt(line), actionsAt(line)]);
    expect(one.map((a) => a.title)).toEqual([
      'Run 3 replicas of lb: 99.989 % → 99.9989 % (+70 USD/month)',
      'Accept objective-missed on Browse, with a reason',
    ]);
    expect(other).toEqual(one);
    // What the request has computed is shown all the same.
    await shownWhen(someMissed);
  });

  it('that takes several changes offers the first, all of them, and each by itself', async () => {
    const text = SHOP.replace(
      'service api { managed: yes, availability: 99.999% }',
      'service api { replicas: 2, health: tcp, availability: 99% }',
    );
    client.open(URI, text);
    const finding = (await shownWhen(someMissed)).find(isMissed)!;
    const actions = await actionsAt(finding);
    // 1 − 0.9999² = 0.00019999; one of them three times 1 − 0.999999 × 0.9999 = 0.000100999…; both 0.000002.
    expect(actions.map((a) => a.title)).toEqual([
      'Run 3 replicas of lb: 99.98 % → 99.9899 % (+70 USD/month)',
      'All 2 changes that reach 99.995%: 99.98 % → 99.9998 % (api has no cost)',
      'Run 3 replicas of api: 99.98 % → 99.9899 % (api has no cost)',
      'Accept objective-missed on Browse, with a reason',
    ]);
    client.edit(URI, edited(text, actions[1]!));
    await shownWhen((shown) => !shown.some(isMissed));
    expect(await hoverOf(edited(text, actions[1]!), 'Browse')).toContain('available: 99.9998 %');
  });

  it('is not looked for where the rule is switched off', async () => {
    void client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { sysd: { rules: { 'objective-missed': 'off' } } },
    });
    client.open(URI, SHOP);
    await client.diagnostics(URI);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await client.diagnostics(URI)).toEqual([]);
    void client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { sysd: { rules: { 'objective-missed': 'warning' } } },
    });
    expect((await shownWhen(someMissed)).find(isMissed)?.severity).toBe(2);
    void client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { sysd: {} } });
  });
});

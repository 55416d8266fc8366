import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type CodeAction,
  CodeActionRequest,
  CompletionRequest,
  DefinitionRequest,
  type Diagnostic,
  DocumentFormattingRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  type Location,
  type MarkupContent,
  type Position,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  SemanticTokensDeltaRequest,
  SemanticTokensRequest,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ExportSvgResult, PreviewResult, RedrawResult, TrafficOutcome } from '../../src/lsp/protocol.ts';
import { buildServer, type Client, startClient } from './client.ts';

const SHOP = `import "./platform.sysd"

/// A small shop.
system Shop

client users { daily-active: 1M }

loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }

/// Sells things.
service api "Shop API" {
  replicas: 3
  cores: 4
  cpu-time: 10 ms
  health: http "/healthz" every 5 s
}

flow Browse from users at 10/day each {
  users -> lb -> api
  api -> orders read 2 KB when 50%
}
`;

const PLATFORM = `database orders: postgres {
  replicas: 2, failover: automatic, replication: sync
  table order { key: order_id, row: 1 KB }
}
`;

const library = join(import.meta.dirname, '..', '..', 'src', 'library');

let server: Awaited<ReturnType<typeof buildServer>>;
let folder: string;
let client: Client;
let shop: string;
let platform: string;

beforeAll(async () => {
  server = await buildServer();
  folder = mkdtempSync(join(tmpdir(), 'sysd-work-'));
  shop = pathToFileURL(join(folder, 'shop.sysd')).href;
  platform = pathToFileURL(join(folder, 'platform.sysd')).href;
  client = await startClient(server.path, { folder });
});
afterAll(async () => {
  await client.stop();
  server.remove();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  writeFileSync(join(folder, 'shop.sysd'), SHOP);
  writeFileSync(join(folder, 'platform.sysd'), PLATFORM);
  const changes = [shop, platform].map((uri) => ({ uri, type: 2 }));
  client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
});
afterEach(() => {
  client.closeAll();
  client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { sysd: {} } });
  expect(client.trouble).toEqual([]);
});

/** Position of the `offset`-th character of the first occurrence of `needle` in a text. */
function at(text: string, needle: string, offset = 0): Position {
  const index = text.indexOf(needle);
  if (index < 0) throw new Error(`no ${needle}`);
  return TextDocument.create('', '', 0, text).positionAt(index + offset);
}

const params = (uri: string, position: Position) => ({ textDocument: { uri }, position });
const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map((d) => d.code);
const apply = (uri: string, text: string, edits: readonly TextEdit[]) =>
  TextDocument.applyEdits(TextDocument.create(uri, '', 0, text), [...edits]);
const textAt = (text: string, { range }: { range: Location['range'] }) => {
  const document = TextDocument.create('', '', 0, text);
  return document.getText(range);
};

async function hoverText(uri: string, position: Position): Promise<string> {
  const hover = await client.connection.sendRequest(HoverRequest.type, params(uri, position));
  return (hover?.contents as MarkupContent | undefined)?.value ?? '';
}

async function fixes(uri: string, diagnostic: Diagnostic): Promise<CodeAction[]> {
  const context = { diagnostics: [diagnostic] };
  return ((await client.connection.sendRequest(CodeActionRequest.type, { textDocument: { uri }, range: diagnostic.range, context })) ??
    []) as CodeAction[];
}

describe('diagnostics', () => {
  it('finds nothing wrong with a sound design', async () => {
    client.open(shop, SHOP);
    expect(await client.diagnostics(shop)).toEqual([]);
  });

  it('shows a single point of failure while typing, and its quick fix takes it away', async () => {
    client.open(shop, SHOP);
    const start = at(SHOP, 'replicas: 2, mode', 'replicas: '.length);
    client.edit(shop, '1', { start, end: { ...start, character: start.character + 1 } });
    const text = SHOP.replace('replicas: 2, mode', 'replicas: 1, mode');
    const found = await client.diagnostics(shop);
    const finding = found.find((d) => d.code === 'single-point-of-failure')!;
    expect(finding.range.start.line).toBe(at(text, 'lb: haproxy').line);
    expect(finding.source).toBe('sysd');
    expect(finding.codeDescription?.href).toContain('single-point-of-failure');
    expect(finding.relatedInformation?.length).toBeGreaterThan(0);

    const [fix] = (await fixes(shop, finding)).filter((a) => a.isPreferred);
    const edits = fix!.edit!.changes![shop]!;
    client.edit(shop, apply(shop, text, edits));
    expect(codes(await client.diagnostics(shop))).not.toContain('single-point-of-failure');
  });

  it('stands on the last good design while a line is typed', async () => {
    client.open(shop, SHOP);
    await client.diagnostics(shop);
    client.edit(shop, SHOP.replace('replicas: 2, mode', 'replicas: , mode'));
    expect(codes(await client.diagnostics(shop))).not.toContain('single-point-of-failure');
  });

  it('moves findings with their elements while another line is typed', async () => {
    const text = SHOP.replace('replicas: 2, mode', 'replicas: 1, mode');
    client.open(shop, text);
    const spot = (found: readonly Diagnostic[]) => found.find((d) => d.code === 'single-point-of-failure');
    const before = spot(await client.diagnostics(shop))!;
    let edited = text;
    for (const added of ['service\n', 'service x\n\n', 'service x {\n  replicas:\n}\n\n']) {
      edited = text.replace('client users', `${added}client users`);
      client.edit(shop, edited);
      const finding = spot(await client.diagnostics(shop))!;
      expect(textAt(edited, finding)).toBe(textAt(text, before));
      expect(finding.relatedInformation!.map((r) => textAt(edited, r.location))).toEqual(
        before.relatedInformation!.map((r) => textAt(text, r.location)),
      );
    }
  });

  it('accepts a finding, with a reason, where the author says so', async () => {
    const text = SHOP.replace('replicas: 2, mode', 'replicas: 1, mode');
    client.open(shop, text);
    const finding = (await client.diagnostics(shop)).find((d) => d.code === 'single-point-of-failure')!;
    const accept = (await fixes(shop, finding)).find((a) => a.title.startsWith('Accept'))!;
    const accepted = apply(shop, text, accept.edit!.changes![shop]!);
    expect(accepted).toContain('\naccept single-point-of-failure on lb because "');
    client.edit(shop, accepted);
    expect(await client.diagnostics(shop)).toEqual([]);
  });

  it('offers the name that was meant', async () => {
    const text = SHOP.replace('api -> orders', 'api -> ordrs');
    client.open(shop, text);
    const [wrong] = (await client.diagnostics(shop)).filter((d) => d.code === 'unknown-name');
    const [fix] = await fixes(shop, wrong!);
    expect(apply(shop, text, fix!.edit!.changes![shop]!)).toBe(SHOP);
  });

  it('fixes all that has one right fix', async () => {
    const text = SHOP.replace('api -> orders', 'api -> ordrs').replace('  cores: 4', '  coers: 4');
    client.open(shop, text);
    const range = { start: { line: 0, character: 0 }, end: at(text, 'flow') };
    const context = { diagnostics: [], only: ['source.fixAll'] };
    const [all] = (await client.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: shop },
      range,
      context,
    })) as CodeAction[];
    expect(apply(shop, text, all!.edit!.changes![shop]!)).toBe(SHOP);
  });

  it('finds nothing wrong with the standard library', async () => {
    for (const name of readdirSync(library)) {
      const uri = pathToFileURL(join(library, name)).href;
      client.open(uri, readFileSync(join(library, name), 'utf8'));
      expect(await client.diagnostics(uri)).toEqual([]);
    }
  });

  it('checks a fragment as part of the designs that import it', async () => {
    client.open(platform, PLATFORM.replace('replicas: 2, ', ''));
    expect(codes(await client.diagnostics(platform))).toContain('single-point-of-failure');
  });

  it('sees a change of an imported file, in the editor and on disk', async () => {
    client.open(shop, SHOP);
    await client.diagnostics(shop);
    writeFileSync(join(folder, 'platform.sysd'), PLATFORM.replace('orders', 'sales'));
    client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: platform, type: 2 }] });
    client.edit(shop, `${SHOP}\n`);
    expect(codes(await client.diagnostics(shop))).toContain('unknown-name');
    client.open(platform, PLATFORM);
    client.edit(shop, SHOP);
    expect(await client.diagnostics(shop)).toEqual([]);
    client.close(platform);
    client.edit(shop, `${SHOP}\n`);
    expect(codes(await client.diagnostics(shop))).toContain('unknown-name');
  });

  it('takes severities from the settings', async () => {
    const text = SHOP.replace('replicas: 2, mode', 'replicas: 1, mode');
    client.open(shop, text);
    const rules = { 'single-point-of-failure': 'hint' };
    client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { sysd: { rules } } });
    client.edit(shop, `${text}\n`);
    const found = (await client.diagnostics(shop)).find((d) => d.code === 'single-point-of-failure');
    expect(found?.severity).toBe(4);
    client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { sysd: { rules: { 'single-point-of-failure': 'off' } } },
    });
    client.edit(shop, text);
    expect(await client.diagnostics(shop)).toEqual([]);
  });

  it('takes back the diagnostics of what was closed', async () => {
    client.open('untitled:a', 'servce api\n');
    expect(await client.diagnostics('untitled:a')).not.toEqual([]);
    client.close('untitled:a');
    expect(await client.diagnostics('untitled:a')).toEqual([]);
  });

  it('counts positions in UTF-16 and lines in CRLF', async () => {
    const text = SHOP.replace('"Shop API"', '"\u{1F600} Shop"').replace('api -> orders', 'api -> ordrs').replaceAll('\n', '\r\n');
    client.open(shop, text);
    const wrong = (await client.diagnostics(shop)).find((d) => d.code === 'unknown-name')!;
    expect(textAt(text, wrong)).toBe('ordrs');
  });
});

describe('names', () => {
  beforeEach(() => client.open(shop, SHOP));

  it('go to their declaration in the other file', async () => {
    const found = (await client.connection.sendRequest(DefinitionRequest.type, params(shop, at(SHOP, 'orders read', 1)))) as Location[];
    expect(found).toHaveLength(1);
    expect(found[0]!.uri).toBe(platform);
    expect(textAt(PLATFORM, found[0]!)).toBe('orders');
  });

  it('of technologies go to the standard library', async () => {
    const [found] = (await client.connection.sendRequest(DefinitionRequest.type, params(shop, at(SHOP, 'haproxy', 2)))) as Location[];
    expect(found!.uri).toMatch(/library\/load-balancers\.sysd$/);
  });

  it('of imports go to the file', async () => {
    const [found] = (await client.connection.sendRequest(DefinitionRequest.type, params(shop, at(SHOP, 'platform.sysd', 2)))) as Location[];
    expect(found!.uri).toBe(platform);
    const links = await client.connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri: shop } });
    expect(links?.map((l) => l.target)).toEqual([platform]);
  });

  it('have their references', async () => {
    const context = { includeDeclaration: true };
    const found = await client.connection.sendRequest(ReferencesRequest.type, { ...params(shop, at(SHOP, 'api "Shop', 1)), context });
    expect(found).toHaveLength(3);
    const of = await client.connection.sendRequest(ReferencesRequest.type, { ...params(platform, at(PLATFORM, 'orders', 1)), context });
    expect(of?.map((l) => l.uri).sort()).toEqual([platform, shop]);
  });

  it('are renamed in every file', async () => {
    const position = at(SHOP, 'orders read', 1);
    const prepared = await client.connection.sendRequest(PrepareRenameRequest.type, params(shop, position));
    expect(prepared).toMatchObject({ placeholder: 'orders' });
    const edit = (await client.connection.sendRequest(RenameRequest.type, {
      ...params(shop, position),
      newName: 'sales',
    })) as WorkspaceEdit;
    expect(apply(shop, SHOP, edit.changes![shop]!)).toBe(SHOP.replace('orders', 'sales'));
    expect(apply(platform, PLATFORM, edit.changes![platform]!)).toBe(PLATFORM.replace('orders', 'sales'));
  });

  it('are renamed in other designs that import the file which declares them', async () => {
    const other = shop.replace('shop.sysd', 'other.sysd');
    const OTHER = 'import "./platform.sysd"\nsystem Other\nservice jobs\nflow Nightly from jobs at 1/day { jobs -> orders read order }\n';
    client.open(other, OTHER);
    const position = at(SHOP, 'orders read', 1);
    const edit = (await client.connection.sendRequest(RenameRequest.type, {
      ...params(shop, position),
      newName: 'sales',
    })) as WorkspaceEdit;
    expect(apply(other, OTHER, edit.changes![other]!)).toBe(OTHER.replace('orders', 'sales'));
    expect(apply(shop, SHOP, edit.changes![shop]!)).toBe(SHOP.replace('orders', 'sales'));
    const found = (await client.connection.sendRequest(ReferencesRequest.type, {
      ...params(shop, position),
      context: { includeDeclaration: false },
    })) as Location[];
    expect(found.map((l) => l.uri).sort()).toEqual([other, shop].sort());
  });

  it('are not renamed to what is taken or no name, nor those of the library', async () => {
    const rename = (needle: string, newName: string) =>
      client.connection.sendRequest(RenameRequest.type, { ...params(shop, at(SHOP, needle, 1)), newName });
    await expect(rename('orders read', 'api')).rejects.toThrow('already');
    await expect(rename('orders read', 'two words')).rejects.toThrow('no name');
    await expect(rename('haproxy', 'mine')).rejects.toThrow('standard library');
  });
});

describe('what stands there', () => {
  beforeEach(() => client.open(shop, SHOP));

  it('is told of a component, with its load and where values come from', async () => {
    const text = await hoverText(shop, at(SHOP, 'api "Shop', 1));
    expect(text).toContain('Sells things');
    expect(text).toContain('service');
    // 1M users × 10 a day over 86,400 s, times the peak factor of 2.
    expect(text).toContain('116/s');
    expect(text).toContain('231/s');
    expect(text).toContain('users');
    expect(text).toContain('`replicas: 3`');
    expect(text).toMatch(/max-utilization: 70%` \*\(default/);
  });

  it('is told of a technology, with its sources', async () => {
    expect(await hoverText(shop, at(SHOP, 'haproxy', 1))).toMatch(/HAProxy.*standard library/);
  });

  it('is told of a property, a kind, a quantity, a step and a word', async () => {
    expect(await hoverText(shop, at(SHOP, 'cpu-time', 1))).toContain('Holds here: `10 ms`');
    expect(await hoverText(shop, at(SHOP, 'loadbalancer', 1))).toContain('Spreads requests');
    expect(await hoverText(shop, at(SHOP, '10/day', 1))).toContain('`10/day` = 1.15741 × 10⁻⁴/s');
    expect(await hoverText(shop, at(SHOP, '-> api', 1))).toContain('231/s');
    expect(await hoverText(shop, at(SHOP, 'read 2 KB', 1))).toContain('Read from a store');
    expect(await hoverText(shop, at(SHOP, 'each', 1))).toContain('daily active user');
  });

  it('is told while another line is broken', async () => {
    await client.diagnostics(shop);
    client.edit(shop, SHOP.replace('  cores: 4\n', '  cores: 4\n  memory: \n'));
    expect(await hoverText(shop, at(SHOP, 'api "Shop', 1))).toContain('231/s');
  });

  it('is offered where it fits', async () => {
    const text = SHOP.replace('read 2 KB', '');
    client.edit(shop, text);
    const offered = await client.connection.sendRequest(CompletionRequest.type, params(shop, at(text, 'api -> orders', 14)));
    const labels = (Array.isArray(offered) ? offered : offered!.items).map((i) => i.label);
    expect(labels).toEqual(expect.arrayContaining(['read', 'write', 'order', 'when']));
    const accept = `${SHOP}accept \n`;
    client.edit(shop, accept);
    const rules = await client.connection.sendRequest(CompletionRequest.type, params(shop, at(accept, 'accept ', 7)));
    const ids = (Array.isArray(rules) ? rules : rules!.items).map((i) => i.label);
    expect(ids).toContain('over-capacity');
    expect(ids).not.toContain('syntax');
    client.edit(shop, text);
    const technologies = await client.connection.sendRequest(CompletionRequest.type, params(shop, at(text, 'haproxy', 0)));
    expect((Array.isArray(technologies) ? technologies : technologies!.items).map((i) => i.label)).toEqual(
      expect.arrayContaining(['haproxy', 'nginx']),
    );
  });

  it('has peak rates beside it', async () => {
    const range = { start: { line: 0, character: 0 }, end: at(SHOP, 'api -> orders') };
    const hints = (await client.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri: shop }, range })) ?? [];
    const beside = (position: Position) =>
      hints.find((h) => h.position.line === position.line && h.position.character === position.character)?.label;
    expect(beside(at(SHOP, 'api "Shop', 3))).toMatch(/^231\/s · 19\.3 %$/);
    expect(beside(at(SHOP, 'lb -> api', 9))).toBe('231/s');
  });
});

describe('the shape of a document', () => {
  beforeEach(() => client.open(shop, SHOP));
  const textDocument = () => ({ uri: shop });

  it('is outlined', async () => {
    const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: textDocument() });
    expect(symbols?.map((s) => s.name)).toEqual(['Shop', 'users', 'lb', 'api', 'Browse']);
  });

  it('is folded', async () => {
    const folds = await client.connection.sendRequest(FoldingRangeRequest.type, { textDocument: textDocument() });
    expect(folds?.map((f) => [f.startLine, f.endLine])).toEqual([
      [at(SHOP, 'service').line, at(SHOP, 'health').line],
      [at(SHOP, 'flow').line, at(SHOP, 'api -> orders').line],
    ]);
  });

  it('is coloured, and again after an edit', async () => {
    const full = await client.connection.sendRequest(SemanticTokensRequest.type, { textDocument: textDocument() });
    expect(full!.data.length).toBeGreaterThan(100);
    const edited = SHOP.replace('cores: 4', 'cores: 8');
    client.edit(shop, `${edited}service more\n`);
    const delta = await client.connection.sendRequest(SemanticTokensDeltaRequest.type, {
      textDocument: textDocument(),
      previousResultId: full!.resultId!,
    });
    expect(delta).toMatchObject({ edits: [{ start: full!.data.length, deleteCount: 0 }] });
  });

  it('is formatted', async () => {
    const messy = SHOP.replace('  cores: 4', '      cores:4').replace('\n\n/// Sells', '\n\n\n\n/// Sells');
    client.edit(shop, messy);
    const options = { tabSize: 2, insertSpaces: true };
    const edits = await client.connection.sendRequest(DocumentFormattingRequest.type, { textDocument: textDocument(), options });
    expect(apply(shop, messy, edits!)).toBe(SHOP);
    const crlf = messy.replaceAll('\n', '\r\n');
    client.edit(shop, crlf);
    const again = await client.connection.sendRequest(DocumentFormattingRequest.type, { textDocument: textDocument(), options });
    expect(apply(shop, crlf, again!)).toBe(SHOP.replaceAll('\n', '\r\n'));
  });
});

describe('the preview', () => {
  beforeEach(() => client.open(shop, SHOP));
  const preview = () => client.connection.sendRequest<PreviewResult>('sysd/preview', { uri: shop, overlay: 'load' });

  it('draws every component, and follows edits', async () => {
    const drawn = await preview();
    expect(drawn).toMatchObject({ title: 'Shop', stale: false, uris: [shop, platform] });
    for (const id of ['users', 'lb', 'api', 'orders']) expect(drawn.svg).toContain(`data-element="${id}"`);
    expect(drawn.css).toContain('--vscode-');
    client.edit(shop, `${SHOP}service more\n`);
    expect((await preview()).svg).toContain('data-element="more"');
  });

  it('tells when the design has changed', async () => {
    const changed = new Promise<{ uris: string[] }>((resolve) => client.connection.onNotification('sysd/designChanged', resolve));
    client.edit(shop, `${SHOP}service more\n`);
    expect((await changed).uris).toEqual([shop, platform]);
  });

  it('shows the last good drawing while the text is broken, and says why', async () => {
    await preview();
    client.edit(shop, SHOP.replace('service api', 'service api api'));
    const drawn = await preview();
    expect(drawn.stale).toBe(true);
    expect(drawn.staleReason).toMatch(/line \d+/);
    expect(drawn.svg).toContain('data-element="api"');
  });

  describe('at another traffic', () => {
    type Asked = { factor: number; element?: string };
    const at = (traffic: unknown, failed?: readonly string[]) =>
      client.connection.sendRequest<PreviewResult>('sysd/preview', { uri: shop, overlay: 'load', traffic, ...(failed && { failed }) });
    const redraw = (drawing: unknown, traffic: Asked) =>
      client.connection.sendRequest<RedrawResult | null>('sysd/redrawAtTraffic', { uri: shop, drawing, traffic });
    const outcome = (drawing: unknown, traffic: Asked) =>
      client.connection.sendRequest<TrafficOutcome | null>('sysd/trafficOutcome', { uri: shop, drawing, traffic });

    it('changes parts of a drawing, to what it would be with that traffic', async () => {
      // 1M × 10 a day are 115.7/s on average, 231.5/s at peak: of 3 × 400/s 19.3 %, full at 5.18 times.
      const plain = await at({ factor: 1 });
      expect(plain.traffic).toMatchObject({ factor: 1, command: 'sysd estimate shop.sysd', over: [] });
      expect(plain.traffic?.breaks.find((one) => one.element === 'api')).toMatchObject({ at: expect.closeTo(5.184, 9), text: '5.18x' });
      const redrawn = await redraw(plain.drawing, { factor: 6, element: 'api' });
      const whole = await at({ factor: 6, element: 'api' });
      expect(redrawn?.traffic).toEqual(whole.traffic);
      expect(redrawn?.traffic.component?.rows[1]).toEqual({ name: 'Utilisation at peak', value: '116 %' });
      expect(redrawn?.traffic.over).toContainEqual({ element: 'api', utilisation: '116 %' });
      expect(redrawn?.parts.length).toBeGreaterThan(3);
      for (const part of redrawn?.parts ?? []) {
        expect(whole.svg).toContain(part);
        expect(plain.svg).not.toContain(part);
      }
      expect(redrawn?.parts.find((part) => part.includes('data-element="api"') && part.startsWith('<g class="node'))).toMatch(
        /^<g class="node [^"]*over/,
      );
      expect(whole.svg).toContain(redrawn?.label);
      expect((await redraw(plain.drawing, { factor: 1 }))?.parts).toEqual([]);
      expect((await redraw(whole.drawing, { factor: 1 }))?.parts).not.toEqual([]);
    });

    it('goes with failures, whose verdicts are those at that traffic', async () => {
      const down = await at({ factor: 1 }, ['api 1']);
      expect(down.failures?.flows[0]?.state).toBe('degraded');
      const more = await at({ factor: 5 }, ['api 1']);
      expect(more.failures?.flows[0]?.state).toBe('overloaded');
      expect(more.traffic?.command).toBe("sysd estimate shop.sysd --traffic 5 --fail 'api 1'");
      expect((await redraw(more.drawing, { factor: 4.9 }))?.failures?.flows[0]?.state).toBe('overloaded');
    });

    it('asks for the whole when the text has changed, and tells what takes longer', async () => {
      const { drawing } = await at({ factor: 1 });
      const later = await outcome(drawing, { factor: 2 });
      expect(later).toMatchObject({ factor: 2, flows: [{ flow: 'Browse' }] });
      expect(later?.totals[0]).toEqual({ name: 'Requests at peak', value: '462.96/s' });
      client.edit(shop, SHOP.replace('replicas: 3', 'replicas: 4'));
      expect(await redraw(drawing, { factor: 2 })).toBeNull();
      expect(await outcome(drawing, { factor: 2 })).toBeNull();
    });

    it('takes whatever a client sends', async () => {
      const { drawing } = await at({ factor: 1 });
      for (const wrong of [undefined, null, 'x', 1e9, {}]) expect(await redraw(wrong, { factor: 2 })).toBeNull();
      for (const wrong of [null, 5, {}, { factor: '5' }, { factor: -1 }, { factor: 1e300 }] as unknown[]) {
        await redraw(drawing, wrong as Asked);
        expect((await at(wrong)).svg).toContain('data-element="api"');
      }
      expect((await redraw(drawing, { factor: 2, element: '__proto__' }))?.traffic.component).toBeUndefined();
    });
  });

  describe('in a scenario', () => {
    const IN_SCENARIOS = `${SHOP}scenario "Sale" { users.peak: 10x }\nscenario "Night" { fail api 1 }\n`;
    beforeEach(() => client.edit(shop, IN_SCENARIOS));
    const inScenario = (scenario: unknown, more: object = {}) =>
      client.connection.sendRequest<PreviewResult>('sysd/preview', {
        uri: shop,
        overlay: 'load',
        traffic: { factor: 1, element: 'api' },
        scenario,
        ...more,
      });
    const utilisation = (drawn: PreviewResult) => drawn.traffic?.component?.rows[1]?.value;
    const all = [
      { title: 'Sale', text: 'users.peak: 10x', sets: true },
      { title: 'Night', text: 'fail api 1', sets: false },
    ];

    it('shows what it sets, as sysd estimate --scenario, and goes with the slider', async () => {
      // At peak 2x 231.5/s of 3 × 400/s; 10x is five times that.
      const plain = await inScenario(undefined);
      expect(plain.scenarios).toEqual({ all });
      expect(utilisation(plain)).toBe('19.3 %');
      const sale = await inScenario('Sale');
      expect(sale.scenarios).toEqual({ all, shown: 'Sale' });
      expect(utilisation(sale)).toBe('96.5 %');
      expect(sale.traffic?.command).toBe('sysd estimate shop.sysd --scenario Sale');
      expect(sale.svg).toContain('in the scenario “Sale”');
      expect(sale.failures).toBeUndefined();
      const redrawn = await client.connection.sendRequest<RedrawResult | null>('sysd/redrawAtTraffic', {
        uri: shop,
        drawing: sale.drawing,
        traffic: { factor: 2, element: 'api' },
      });
      expect(redrawn?.traffic).toEqual((await inScenario('Sale', { traffic: { factor: 2, element: 'api' } })).traffic);
      expect(redrawn?.traffic.component?.rows[1]?.value).toBe('193 %');
      const { svg } = await client.connection.sendRequest<ExportSvgResult>('sysd/exportSvg', {
        uri: shop,
        overlay: 'load',
        theme: 'light',
        scenario: 'Sale',
      });
      expect(svg).toContain('Scenario “Sale” · ');
    });

    it('shows what it fails without being asked, apart from what else fails', async () => {
      const night = await inScenario('Night');
      expect(night.failures).toMatchObject({
        down: [{ target: 'api 1', label: 'api: 1 of 3 instances', byScenario: true }],
        flows: [{ flow: 'Browse', state: 'degraded' }],
      });
      const both = await inScenario('Night', { failed: ['lb'] });
      expect(both.failures?.down.map((d) => [d.target, d.byScenario ?? false])).toEqual([
        ['api 1', true],
        ['lb', false],
      ]);
      expect(both.failures?.flows[0]?.state).toBe('fails');
      expect(both.traffic?.command).toBe('sysd estimate shop.sysd --scenario Night --fail lb');
    });

    it('follows the text, and says why it is shown as designed where the scenario is gone or has an error', async () => {
      await inScenario('Sale');
      client.edit(shop, IN_SCENARIOS.replace('10x', '4x'));
      expect(utilisation(await inScenario('Sale'))).toBe('38.6 %');
      client.edit(shop, IN_SCENARIOS.replace('service api', 'service api api'));
      expect(await inScenario('Night')).toMatchObject({
        stale: true,
        scenarios: { shown: 'Night' },
        failures: { down: [{ target: 'api 1' }] },
      });
      client.edit(shop, IN_SCENARIOS.replace('"Sale"', '"Winter sale"'));
      const gone = await inScenario('Sale');
      expect(gone.scenarios?.problem).toBe('The design has no scenario “Sale”.');
      expect(gone.scenarios?.shown).toBeUndefined();
      expect(utilisation(gone)).toBe('19.3 %');
      client.edit(shop, SHOP);
      expect((await inScenario('Sale')).scenarios).toEqual({ all: [], problem: 'The design has no scenario “Sale”.' });
      expect((await inScenario(undefined)).scenarios).toBeUndefined();
    });

    it('is offered where it stands in the text, to an editor that can show it', async () => {
      const line = IN_SCENARIOS.split('\n').findIndex((one) => one.startsWith('scenario "Night"'));
      const at = { start: { line, character: 4 }, end: { line, character: 4 } };
      const ask = { textDocument: { uri: shop }, range: at, context: { diagnostics: [] } };
      const able = await startClient(server.path, { folder, capabilities: { experimental: { sysdShowScenario: true } } });
      try {
        able.open(shop, IN_SCENARIOS);
        const shows = (found: CodeAction[] | null) =>
          found?.flatMap(({ command }) => (command?.command === 'sysd.showScenario' ? [command] : []));
        expect(shows(await able.connection.sendRequest('textDocument/codeAction', ask))).toEqual([
          { title: 'Show “Night” in the preview', command: 'sysd.showScenario', arguments: [shop, 'Night'] },
        ]);
        expect(shows(await client.connection.sendRequest('textDocument/codeAction', ask))).toEqual([]);
        expect(
          shows(
            await able.connection.sendRequest('textDocument/codeAction', {
              ...ask,
              range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
            }),
          ),
        ).toEqual([]);
      } finally {
        await able.stop();
      }
    });

    it('takes whatever a client sends', async () => {
      for (const wrong of [null, 7, {}, ['Sale']]) expect((await inScenario(wrong)).scenarios).toEqual({ all });
      for (const wrong of ['', '__proto__', 'sale', 'x'.repeat(1e5)])
        expect((await inScenario(wrong)).scenarios?.problem).toContain('no scenario');
    });
  });

  describe('with failures', () => {
    const failing = (failed: unknown, overlay = 'none') =>
      client.connection.sendRequest<PreviewResult>('sysd/preview', { uri: shop, overlay, failed });

    it('says what can fail and, asked, which flows do, as sysd check --fail', async () => {
      const none = await failing([]);
      expect(none.failures).toEqual({ down: [], dropped: [], flows: [], places: [] });
      expect(none.svg).toContain('data-fail="api"');
      expect((await preview()).failures).toBeUndefined();
      const { failures, svg } = await failing(['orders']);
      expect(failures?.down).toEqual([
        {
          target: 'orders',
          element: 'orders',
          label: 'orders: all 2 instances',
          choices: [
            { target: 'orders', label: 'all 2 instances' },
            { target: 'orders 1', label: '1 of 2 instances' },
          ],
        },
      ]);
      const [browse] = failures?.flows ?? [];
      expect(failures?.flows).toHaveLength(1);
      expect(browse).toMatchObject({
        flow: 'Browse',
        label: 'Browse',
        state: 'fails',
        share: '50 % of the requests',
        edges: ['users->lb', 'lb->api', 'api->orders'],
      });
      expect(browse?.chain.at(0)).toEqual({ element: 'orders', text: '2 of 2 instances of orders are down' });
      expect(browse?.chain.at(-1)).toEqual({ element: 'Browse', text: 'Browse fails' });
      expect(svg).toMatch(/<g class="node failure-down"[^>]*data-element="orders"/);
      expect(svg).toMatch(/<g class="link partly chain"[^>]*data-edge="api-&gt;orders"/);
    });

    it('holds several failures, and one instance', async () => {
      const { failures } = await failing(['api 1', 'lb']);
      expect(failures?.down.map((d) => d.label)).toEqual(['api: 1 of 3 instances', 'lb: all 2 instances']);
      expect(failures?.flows[0]?.state).toBe('fails');
      expect((await failing(['api 1'])).failures?.flows[0]).toMatchObject({
        state: 'degraded',
        reasons: [{ element: 'api', text: '1 of 3 instances of api is down' }],
        edges: [],
      });
    });

    it('offers copies of a stamp and does not count instances of what is run by others', async () => {
      const cells = `system Cells
region eu
region us
client users { daily-active: 1M }
service mail { managed: yes, replicas: 3 }
group cell across eu, us {
  service home { replicas: 1 }
}
flow Home from users at 10/day each {
  users -> home -> mail
}
`;
      client.edit(shop, cells);
      const { failures, svg } = await failing(['home@eu', 'home 1', 'mail']);
      expect(failures?.down.map(({ label, choices }) => [label, choices?.map((c) => c.target)])).toEqual([
        ['home: the copy in eu', ['home', 'home@eu', 'home@us']],
        ['home: 1 instance of each copy', ['home 1', 'home', 'home@eu', 'home@us']],
        ['mail', undefined],
      ]);
      expect(failures?.places).toEqual([
        { target: 'eu', label: 'eu', kind: 'region', down: false },
        { target: 'us', label: 'us', kind: 'region', down: false },
      ]);
      expect(svg).toContain('data-fail="home"');
    });

    it('follows the text: what is gone from it is dropped, and said so; what is broken keeps the last good drawing', async () => {
      expect((await failing(['api', 'orders'])).failures?.dropped).toEqual([]);
      client.edit(shop, SHOP.replace('service api "Shop API" {', 'service api api {'));
      const broken = await failing(['orders']);
      expect(broken).toMatchObject({ stale: true, failures: { flows: [{ flow: 'Browse', state: 'fails' }] } });
      client.edit(shop, SHOP.replace('  api -> orders read 2 KB when 50%\n', ''));
      expect((await failing(['orders'])).failures?.flows[0]?.state).toBe('unaffected');
      client.edit(shop, SHOP.replaceAll('api', 'web'));
      const { failures } = await failing(['api', 'orders']);
      expect(failures?.dropped).toEqual([{ target: 'api', reason: 'the design has no api' }]);
      expect(failures?.down.map((d) => d.target)).toEqual(['orders']);
    });

    it('takes whatever a client sends', async () => {
      for (const failed of [null, 'api', 7, { length: 1 }]) expect((await failing(failed)).failures).toBeUndefined();
      const { failures } = await failing([
        3,
        null,
        'x'.repeat(1e5),
        'api\nfail lb',
        'api }\nservice x',
        '__proto__',
        'api@nowhere',
        'orders',
      ]);
      expect(failures?.down.map((d) => d.target)).toEqual(['orders']);
      expect(failures?.dropped).toHaveLength(4);
      const many = await failing(Array.from({ length: 1000 }, (_, i) => `c${i}`));
      expect(many.failures?.dropped).toHaveLength(100);
    });

    it('is exported as it is shown', async () => {
      const { svg } = await client.connection.sendRequest<{ svg: string }>('sysd/exportSvg', {
        uri: shop,
        overlay: 'none',
        theme: 'light',
        failed: ['orders'],
      });
      expect(svg).toContain('orders down: the only flow fails');
    });

    it('is offered with a finding, to editors that can show it', async () => {
      const faulty = SHOP.replace('replicas: 2, mode: active-passive, failover: automatic', 'replicas: 1');
      const able = await startClient(server.path, { folder, capabilities: { experimental: { sysdShowFailure: true } } });
      const offered = async (editor: Client) => {
        editor.open(shop, faulty);
        await editor.diagnostics(shop);
        const range = { start: at(faulty, 'loadbalancer lb'), end: at(faulty, 'replicas: 1', 11) };
        const params = { textDocument: { uri: shop }, range, context: { diagnostics: [] } };
        return ((await editor.connection.sendRequest(CodeActionRequest.type, params)) ?? []).flatMap((a) =>
          'command' in a ? (a.command ?? []) : [],
        );
      };
      try {
        expect(await offered(able)).toEqual([
          { title: 'Show in the preview what fails with lb', command: 'sysd.showFailure', arguments: [shop, ['lb']] },
        ]);
      } finally {
        await able.stop();
      }
      client.close(shop);
      expect(await offered(client)).toEqual([]);
    });
  });

  it('leads from an element to its text and back', async () => {
    const reveal = (element: string) => client.connection.sendRequest<Location>('sysd/reveal', { uri: shop, element });
    expect(textAt(SHOP, await reveal('api'))).toBe('api');
    expect(await reveal('orders')).toMatchObject({ uri: platform });
    expect((await reveal('api->orders')).range.start.line).toBe(at(SHOP, 'api -> orders').line);
    const element = (position: Position) => client.connection.sendRequest('sysd/elementAt', { uri: shop, position });
    expect(await element(at(SHOP, 'cpu-time', 3))).toBe('api');
    expect(await element(at(SHOP, 'lb -> api', 1))).toBe('lb');
    expect(await element(at(SHOP, 'read 2 KB', 6))).toBe('api->orders');
    expect(await element(at(SHOP, 'system', 1))).toBe(null);
  });

  it('is exported as a file of its own', async () => {
    const { svg } = await client.connection.sendRequest<{ svg: string }>('sysd/exportSvg', { uri: shop, overlay: 'none', theme: 'dark' });
    expect(svg).toMatch(/^<svg/);
    expect(svg).not.toContain('--vscode-');
  });

  it('goes with an export of a compose project', async () => {
    const exported = await client.connection.sendRequest<{ files: { path: string }[] }>('sysd/exportCompose', { uri: platform });
    expect(exported.files.map((f) => f.path)).toContain('docker-compose.yml');
    client.edit(shop, SHOP.replace('api -> orders', 'api -> ordrs'));
    const refused = await client.connection.sendRequest('sysd/exportCompose', { uri: shop });
    expect(refused).toMatchObject({ files: [], problems: [expect.stringContaining('ordrs')] });
  });
});

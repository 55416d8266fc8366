import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { feedUri, find, findings, openFeed, openText, replace, revert, until } from './helpers.ts';

const rule = 'single-point-of-failure';
const pair = 'replicas: 2 across us, mode: active-passive';

suite('language', () => {
  teardown(revert);

  test('a .sysd file activates the extension', async () => {
    const editor = await openFeed();
    assert.equal(editor.document.languageId, 'sysd');
    await until('activation', () => vscode.extensions.getExtension('sysd.sysd-vscode')?.isActive);
  });

  test('deleting the second replica is found while typing, and the quick fix removes it', async () => {
    const editor = await openFeed();
    const { document } = editor;
    await until('the outline, so the analysis', () => outline(document.uri));
    assert.deepEqual(findings(document.uri, rule), []);
    await replace(editor, pair, pair.replace('2', '1'));
    const [found] = await until('the finding', () => {
      const now = findings(document.uri, rule);
      return now.length > 0 && now;
    });
    assert.ok(found && found.message.length > 20, 'the finding explains itself');
    assert.equal(found.range.start.line, find(document, 'loadbalancer lb').start.line);
    assert.ok(document.isDirty, 'nothing had to be saved');

    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
      vscode.CodeActionKind.QuickFix.value,
      10,
    );
    const fix = actions.find((action) => action.edit && action.isPreferred);
    assert.ok(fix?.edit, `a quick fix among: ${actions.map((action) => action.title).join(', ')}`);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await until('the finding to go', () => findings(document.uri, rule).length === 0);
  });

  test('a missed objective is found in a pause, its changes are offered the best first, and applying one raises the availability', async () => {
    const editor = await openText(
      'shop.sysd',
      `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic, availability: 99% }
service api { managed: yes, availability: 99.999% }

flow Browse from users at 10/day each {
  users -> lb -> api
  slo: availability >= 99.99%
}
`,
    );
    const { document } = editor;
    const objective = 'objective-missed';
    const [found] = await until('the finding', () => {
      const now = findings(document.uri, objective);
      return now.length > 0 && now;
    });
    assert.ok(found);
    const before = await availabilityShown(document);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
      vscode.CodeActionKind.QuickFix.value,
      20,
    );
    const [first] = actions.filter((action) => / → /.test(action.title));
    assert.ok(first?.edit && first.isPreferred, `a change among: ${actions.map((action) => action.title).join(', ')}`);
    assert.ok(await vscode.workspace.applyEdit(first.edit));
    await until('the finding to go', () => findings(document.uri, objective).length === 0);
    const after = await until('the new availability', async () => {
      const now = await availabilityShown(document);
      return now !== before && now;
    });
    assert.ok(Number(after) > Number(before), `${after} % after ${before} %`);
  });

  test('a rule can be turned off', async () => {
    const editor = await openFeed();
    await replace(editor, pair, pair.replace('2', '1'));
    await until('the finding', () => findings(editor.document.uri, rule).length > 0);
    const settings = vscode.workspace.getConfiguration('sysd');
    try {
      await settings.update('rules', { [rule]: 'off' }, vscode.ConfigurationTarget.Workspace);
      await until('the finding to go', () => findings(editor.document.uri, rule).length === 0);
    } finally {
      await settings.update('rules', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await until('the finding to come back', () => findings(editor.document.uri, rule).length > 0);
  });

  test('completion knows kinds, properties, technologies and names', async () => {
    const editor = await openText('half.sysd', 'system Half\n\nservice api { cores: 4 }\ndatabase db: postgres\n\n');
    const after = async (typed: string) => {
      const { document } = editor;
      const end = document.lineAt(document.lineCount - 1).range.end;
      await editor.edit((edit) => edit.insert(end, typed));
      const at = document.positionAt(document.getText().length);
      const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, at);
      return list.items.map((item) => (typeof item.label === 'string' ? item.label : item.label.label));
    };
    await until('the outline', () => outline(editor.document.uri));
    const labels = async (typed: string, wanted: string) => {
      const got = await after(typed);
      assert.ok(got.includes(wanted), `${wanted} after ${JSON.stringify(typed)}, among ${got.slice(0, 20).join(', ')}`);
    };
    await labels('se', 'service');
    await labels('arch q: ', 'elasticsearch');
    await labels('elasticsearch { ', 'replicas');
    await labels('}\napi -> ', 'db');
  });

  test('hover, definition, references and rename', async () => {
    const { document } = await openFeed();
    await until('the outline', () => outline(document.uri));
    const declaration = find(document, 'service api').end.translate(0, -1);
    const use = find(document, 'lb -> api').end.translate(0, -1);

    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, use);
    const text = hovers.flatMap((hover) => hover.contents.map((part) => (typeof part === 'string' ? part : part.value))).join('\n');
    assert.match(text, /Tweet and timeline API/);

    const targets = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      use,
    );
    const lines = targets.map((target) => ('range' in target ? target.range : target.targetRange).start.line);
    assert.ok(lines.includes(declaration.line), `the definition is on line ${declaration.line}, found ${lines}`);

    const uses = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeReferenceProvider', document.uri, declaration);
    assert.ok(uses.length > 5, `references of api: ${uses.length}`);

    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      use,
      'backend',
    );
    assert.equal(edit.get(document.uri).length, uses.length);
  });

  test('formatting settles', async () => {
    const editor = await openText('ugly.sysd', 'system Ugly\n\nservice   api{cores:4\n  cpu-time:   10 ms}\n');
    const format = async () => {
      const options = { tabSize: 2, insertSpaces: true };
      const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
        'vscode.executeFormatDocumentProvider',
        editor.document.uri,
        options,
      );
      const change = new vscode.WorkspaceEdit();
      change.set(editor.document.uri, edits ?? []);
      await vscode.workspace.applyEdit(change);
      return editor.document.getText();
    };
    await until('the outline', () => outline(editor.document.uri));
    const once = await format();
    assert.match(once, /service api/);
    assert.equal(await format(), once);
  });

  test('broken text keeps the outline', async () => {
    const editor = await openFeed();
    await until('the outline', () => outline(feedUri()));
    await replace(editor, 'service api "Tweet and timeline API" {', 'service api "Tweet and timeline API" { cores: : (\n  api ->');
    await until('a syntax error', () =>
      vscode.languages.getDiagnostics(feedUri()).some(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
    );
    const names = JSON.stringify(await outline(feedUri()));
    for (const name of ['api', 'tweets', 'PostTweet']) assert.ok(names.includes(name), `${name} in the outline`);
  });
});

async function outline(uri: vscode.Uri): Promise<vscode.DocumentSymbol[] | undefined> {
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>('vscode.executeDocumentSymbolProvider', uri);
  return symbols?.length ? symbols : undefined;
}

/** The percentage that the hover of the flow in the document shows, once it is known. */
function availabilityShown(document: vscode.TextDocument): Promise<string> {
  return until('the availability of the flow', async () => {
    const at = find(document, 'Browse').start;
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
    const text = hovers.flatMap((hover) => hover.contents.map((part) => (typeof part === 'string' ? part : part.value))).join('\n');
    return /available:\s*([\d.]+)/.exec(text.replaceAll('\\', ''))?.[1];
  });
}

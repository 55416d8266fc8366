import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { feedUri, findings, newFolder, openFeed, replace, revert, until } from './helpers.ts';

suite('extension', () => {
  teardown(revert);

  test('its commands are there', async () => {
    await openFeed();
    await until('activation', () => vscode.extensions.getExtension('sysd.sysd-vscode')?.isActive);
    const commands = new Set(await vscode.commands.getCommands(true));
    const { contributes } = vscode.extensions.getExtension('sysd.sysd-vscode')!.packageJSON;
    for (const { command } of contributes.commands) assert.ok(commands.has(command), command);
  });

  test('one preview opens beside the text, and no second one for the same design', async () => {
    await openFeed();
    await vscode.commands.executeCommand('sysd.openPreviewToSide');
    await until('the preview', () => previews().length === 1);
    await vscode.commands.executeCommand('sysd.openPreviewToSide', feedUri());
    assert.equal(previews().length, 1);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), feedUri().toString(), 'the text keeps the focus');
  });

  test('the compose export writes a project, and writing it again changes nothing', async () => {
    await openFeed();
    const folder = newFolder();
    await vscode.commands.executeCommand('sysd.exportCompose', feedUri(), vscode.Uri.file(folder));
    const compose = join(folder, 'docker-compose.yml');
    assert.match(readFileSync(compose, 'utf8'), /services:/);
    const read = () => new Map(filesBelow(folder).map((path) => [path, readFileSync(path, 'utf8')]));
    const before = read();
    assert.ok(before.size > 2, [...before.keys()].join(', '));
    await vscode.commands.executeCommand('sysd.exportCompose', feedUri(), vscode.Uri.file(folder));
    assert.deepEqual(read(), before);
  });

  test('the diagram is exported as SVG', async () => {
    await openFeed();
    const file = join(newFolder(), 'feed.svg');
    await vscode.commands.executeCommand('sysd.exportSvg', feedUri(), vscode.Uri.file(file));
    assert.ok(existsSync(file));
    const svg = readFileSync(file, 'utf8');
    assert.match(svg, /^<svg[^>]*viewBox=/);
    assert.doesNotMatch(svg, /var\(--/, 'colours are baked in');
  });

  test('a server that dies is started again', async function () {
    if (process.platform === 'win32') this.skip();
    const editor = await openFeed();
    await until('the server', () => serverProcess() !== undefined);
    const first = serverProcess()!;
    process.kill(first, 'SIGKILL');
    await until('another server', () => {
      const now = serverProcess();
      return now !== undefined && now !== first;
    });
    await replace(editor, 'replicas: 2 across us, mode: active-passive', 'replicas: 1 across us, mode: active-passive');
    await until('a finding from the new server', () => findings(feedUri(), 'single-point-of-failure').length > 0);
  });
});

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function previews(): vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('sysd.preview'));
}

/** The language server that this extension host started. */
function serverProcess(): number | undefined {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const line = lines.find((entry) => entry.includes('server.js') && entry.includes(`--clientProcessId=${process.pid}`));
  return line === undefined ? undefined : Number.parseInt(line, 10);
}

import * as assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

const patienceMs = 60_000;

/** The design that the suite's workspace contains. */
export function feedUri(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the suite runs in a folder with a copy of examples/twitter-feed');
  return vscode.Uri.joinPath(folder.uri, 'feed.sysd');
}

export async function openFeed(): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(feedUri()), vscode.ViewColumn.One);
}

/** Opens a new file with this text. */
export async function openText(name: string, text: string): Promise<vscode.TextEditor> {
  const uri = vscode.Uri.file(join(newFolder(), name));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
}

export const newFolder = () => mkdtempSync(join(tmpdir(), 'sysd-suite-'));

/** Waits until `probe` gives something other than undefined or false. */
export async function until<T>(what: string, probe: () => T | undefined | false | Thenable<T | undefined | false>): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found as T;
    if (Date.now() > end) assert.fail(`timed out waiting for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Range of the first occurrence of `text`. */
export function find(document: vscode.TextDocument, text: string, from = 0): vscode.Range {
  const at = document.getText().indexOf(text, from);
  assert.notEqual(at, -1, `the text contains ${JSON.stringify(text)}`);
  return new vscode.Range(document.positionAt(at), document.positionAt(at + text.length));
}

export async function replace(editor: vscode.TextEditor, before: string, after: string): Promise<void> {
  const done = await editor.edit((edit) => edit.replace(find(editor.document, before), after));
  assert.ok(done, 'the editor took the change');
}

/** Rule id of a diagnostic. */
export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : (code ?? ''));
}

export const findings = (uri: vscode.Uri, rule: string) => vscode.languages.getDiagnostics(uri).filter((found) => ruleOf(found) === rule);

/** Undoes every change of a document, so that the next test finds it as it was. */
export async function revert(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.revert');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

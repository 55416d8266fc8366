import { join } from 'node:path';
import { type ExportComposeParams, type ExportComposeResult, exportComposeRequest } from '@sysd/language/protocol';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { planFolder, writeFolder } from './folder.ts';
import { isInside, type PlannedFile } from './plan.ts';

/** Asks for a folder (unless one is given), then for leave to replace what is there, and writes the compose project. */
export async function exportCompose(client: LanguageClient, uri: vscode.Uri, given?: vscode.Uri): Promise<void> {
  const params: ExportComposeParams = { uri: uri.toString() };
  const result = await client.sendRequest<ExportComposeResult>(exportComposeRequest, params);
  if (result.files.length === 0) {
    void vscode.window.showErrorMessage(`The design cannot be exported. ${result.problems.join(' ')}`);
    return;
  }
  const outside = result.files.find((file) => !isInside(file.path));
  if (outside) throw new Error(`The export names a file outside its folder: ${outside.path}`);

  const folder = given ?? (await askForFolder(uri));
  if (folder === undefined) return;
  const plan = await planFolder(folder.fsPath, result.files);
  const chosen = await askToReplace(plan);
  if (chosen === undefined) return;
  const written = await writeFolder(folder.fsPath, plan, chosen);
  // Not awaited: the message stays until somebody answers it.
  void tell(folder, written, plan, result.problems);
}

/** A folder beside the design, which need not exist yet, or any other one. */
async function askForFolder(uri: vscode.Uri): Promise<vscode.Uri | undefined> {
  if (uri.scheme === 'file') {
    const beside = vscode.Uri.file(uri.fsPath.replace(/(\.sysd)?$/, '-compose'));
    const here = { label: `$(folder) ${beside.path.slice(beside.path.lastIndexOf('/') + 1)}`, detail: beside.fsPath, folder: beside };
    const other = { label: '$(folder-opened) Another folder…', detail: '', folder: undefined };
    const answer = await vscode.window.showQuickPick([here, other], { title: 'Folder for the compose project', ignoreFocusOut: true });
    if (answer === undefined || answer.folder) return answer?.folder;
  }
  const chosen = await vscode.window.showOpenDialog({
    canSelectFolders: true,
    canSelectFiles: false,
    defaultUri: uri.scheme === 'file' ? vscode.Uri.joinPath(uri, '..') : undefined,
    title: 'Folder for the compose project',
    openLabel: 'Export Here',
  });
  return chosen?.[0];
}

/** Which files may be written, or undefined when the user calls it off. No question where nothing is replaced. */
async function askToReplace(plan: readonly PlannedFile[]): Promise<((file: PlannedFile) => boolean) | undefined> {
  const own = plan.filter((planned) => planned.fate === 'replace-own');
  const foreign = plan.filter((planned) => planned.fate === 'replace-foreign');
  if (foreign.length > 0) {
    const detail = `Not written by sysd:\n${list(foreign)}`;
    const others = own.length > 0 ? `\n\nOf an earlier export, replaced in any case:\n${list(own)}` : '';
    const answer = await vscode.window.showWarningMessage(
      foreign.length === 1 ? 'Replace a file that is not from sysd?' : `Replace ${foreign.length} files that are not from sysd?`,
      { modal: true, detail: detail + others },
      'Keep Them',
      'Replace All',
    );
    if (answer === undefined) return undefined;
    return answer === 'Replace All' ? () => true : (planned) => planned.fate !== 'replace-foreign';
  }
  if (own.length > 0) {
    const message = own.length === 1 ? 'Replace a file of an earlier export?' : `Replace ${own.length} files of an earlier export?`;
    if ((await vscode.window.showWarningMessage(message, { modal: true, detail: list(own) }, 'Replace')) === undefined) return undefined;
  }
  return () => true;
}

const list = (files: readonly PlannedFile[]) => files.map(({ file }) => file.path).join('\n');

async function tell(folder: vscode.Uri, written: string[], plan: readonly PlannedFile[], problems: readonly string[]): Promise<void> {
  const rest = plan.length - written.length;
  const counted = `${written.length} ${written.length === 1 ? 'file' : 'files'} written to ${folder.fsPath}${rest > 0 ? `, ${rest} left as they were` : ''}.`;
  const compose = plan.find(({ file }) => /^(docker-)?compose\.ya?ml$/.test(file.path))?.file.path;
  const show = problems.length === 0 ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  const answer = await show([counted, ...problems].join(' '), ...(compose ? [`Open ${compose}`] : []));
  if (answer && compose) await vscode.window.showTextDocument(vscode.Uri.file(join(folder.fsPath, compose)));
}

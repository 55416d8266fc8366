import { writeFile } from 'node:fs/promises';
import { type ExportSvgParams, type ExportSvgResult, exportSvgRequest } from '@sysd/language/protocol';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Shown } from '../preview/panel.ts';

/** Saves the diagram, as a preview shows it, in the colours of the window's theme. The save dialog asks before it replaces a file. */
export async function exportSvg(
  client: LanguageClient,
  { uri, overlay, failed, traffic, scenario }: Shown,
  given?: vscode.Uri,
): Promise<void> {
  const theme = isDark() ? 'dark' : 'light';
  const params: ExportSvgParams = {
    uri: uri.toString(),
    overlay,
    theme,
    ...(failed && { failed }),
    ...(traffic && { traffic }),
    ...(scenario !== undefined && { scenario }),
  };
  const { svg, problem } = await client.sendRequest<ExportSvgResult>(exportSvgRequest, params);
  if (svg === undefined) {
    void vscode.window.showErrorMessage(`There is no diagram to export. ${problem ?? ''}`);
    return;
  }
  const target =
    given ?? (await vscode.window.showSaveDialog({ defaultUri: suggested(uri), filters: { SVG: ['svg'] }, title: 'Export diagram' }));
  if (target === undefined) return;
  await writeFile(target.fsPath, svg);
  void vscode.window.showInformationMessage(`Diagram written to ${target.fsPath}.`);
}

function isDark(): boolean {
  const { kind } = vscode.window.activeColorTheme;
  return kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast;
}

function suggested(uri: vscode.Uri): vscode.Uri | undefined {
  return uri.scheme === 'file' ? uri.with({ path: uri.path.replace(/\.sysd$/, '.svg') }) : undefined;
}

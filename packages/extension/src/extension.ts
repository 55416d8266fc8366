import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { exportCompose } from './export/compose.ts';
import { exportSvg } from './export/svg.ts';
import { readFailed } from './preview/messages.ts';
import type { Shown } from './preview/panel.ts';
import { Previews } from './preview/previews.ts';
import { createClient } from './server/client.ts';
import { ServerStatus } from './server/status.ts';

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const status = new ServerStatus();
  const server = createClient(context, status);
  client = server;

  const exportDesign = async (what: 'compose' | 'svg', shown: Shown, target?: vscode.Uri) => {
    if (!vscode.workspace.isTrusted) {
      void vscode.window.showWarningMessage('Exports write files: they wait until you trust this folder.');
      return;
    }
    try {
      if (what === 'compose') await exportCompose(server, shown.uri, target);
      else await exportSvg(server, shown, target);
    } catch (error) {
      void vscode.window.showErrorMessage(`The export failed: ${error instanceof Error ? error.message : error}`);
    }
  };
  const previews = new Previews({ extension: context.extensionUri, client: server, exportDesign });

  /** The design that a command is about: the one given, else that of the focused preview or editor. */
  const withDesign = async (uri: unknown, run: (uri: vscode.Uri) => unknown) => {
    const editor = vscode.window.activeTextEditor?.document;
    const design = uri instanceof vscode.Uri ? uri : (previews.active()?.uri ?? (editor?.languageId === 'sysd' ? editor.uri : undefined));
    if (design) await run(design);
    else void vscode.window.showInformationMessage('Open a .sysd file first.');
  };

  /** What the focused preview shows, if it is of that design. */
  const shownOf = (uri: vscode.Uri): Shown => {
    const preview = previews.active();
    return preview?.uri.toString() === uri.toString() ? preview : { uri, overlay: preview?.overlay ?? 'none' };
  };

  context.subscriptions.push(
    status,
    previews,
    vscode.commands.registerCommand('sysd.openPreview', (uri) =>
      withDesign(uri, (design) => previews.open(design, vscode.window.activeTextEditor?.viewColumn ?? vscode.ViewColumn.One, false)),
    ),
    vscode.commands.registerCommand('sysd.openPreviewToSide', (uri) =>
      withDesign(uri, (design) => previews.open(design, vscode.ViewColumn.Beside, true)),
    ),
    // The second argument, a folder or file, is for keybindings and tests; from menus it is something else.
    vscode.commands.registerCommand('sysd.exportCompose', (uri, folder) =>
      withDesign(uri, (design) =>
        exportDesign('compose', { uri: design, overlay: 'none' }, folder instanceof vscode.Uri ? folder : undefined),
      ),
    ),
    vscode.commands.registerCommand('sysd.exportSvg', (uri, file) =>
      withDesign(uri, (design) => exportDesign('svg', shownOf(design), file instanceof vscode.Uri ? file : undefined)),
    ),
    vscode.commands.registerCommand('sysd.showWhatFails', (uri) =>
      withDesign(uri, (design) => previews.open(design, vscode.ViewColumn.Beside, true).fail([])),
    ),
    // From a finding: the URI of the design as text, and what fails.
    vscode.commands.registerCommand('sysd.showFailure', (uri: unknown, failed: unknown) => {
      const targets = readFailed(failed);
      if (typeof uri === 'string' && targets) previews.open(vscode.Uri.parse(uri), vscode.ViewColumn.Beside, true).fail(targets);
    }),
    // From a scenario in the text: the URI of the design as text, and the title.
    vscode.commands.registerCommand('sysd.showScenario', (uri: unknown, title: unknown) => {
      if (typeof uri === 'string' && typeof title === 'string')
        previews.open(vscode.Uri.parse(uri), vscode.ViewColumn.Beside, true).showScenario(title);
    }),
    // From the context menu of the drawing, with what the page says of the element (`data-vscode-context`).
    vscode.commands.registerCommand('sysd.toggleFailure', (context: unknown) => {
      const target = typeof context === 'object' && context !== null && 'target' in context ? context.target : undefined;
      if (typeof target === 'string') previews.active()?.toggle(target);
    }),
    vscode.commands.registerCommand('sysd.showLog', () => server.outputChannel.show()),
    vscode.commands.registerCommand('sysd.restartServer', () =>
      start(() => (server.state === State.Running ? server.restart() : server.start())),
    ),
  );

  async function start(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      status.failed(error);
    }
  }
  await start(() => server.start());
}

export async function deactivate(): Promise<void> {
  if (client?.needsStop()) await client.stop();
}

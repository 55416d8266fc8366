import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';

/** Tells the user how the language server is: an item in the language status menu, and a message when it dies. */
export class ServerStatus implements vscode.Disposable {
  readonly #item = vscode.languages.createLanguageStatusItem('sysd.server', { language: 'sysd' });
  #restarts = 0;

  constructor() {
    this.#item.name = 'sysd language server';
    this.#item.command = { command: 'sysd.showLog', title: 'Show Log' };
    this.#show(State.Starting);
  }

  follow(client: LanguageClient): void {
    client.onDidChangeState((change) => this.#show(change.newState));
  }

  crashed(restarting: boolean): void {
    if (restarting) {
      this.#restarts++;
      void ask('The sysd language server stopped unexpectedly and was started again.', vscode.window.showWarningMessage, ['Show Log']);
    } else {
      const message =
        'The sysd language server keeps stopping and was left off: checks, completion and preview are not available. The log says why.';
      void ask(message, vscode.window.showErrorMessage, ['Restart', 'Show Log']);
    }
  }

  /** The server could not be started at all. */
  failed(error: unknown): void {
    this.#show(State.StartFailed);
    const why = error instanceof Error ? error.message : String(error);
    void ask(`The sysd language server could not be started: ${why}`, vscode.window.showErrorMessage, ['Restart', 'Show Log']);
  }

  dispose(): void {
    this.#item.dispose();
  }

  #show(state: State): void {
    const item = this.#item;
    item.busy = state === State.Starting;
    item.severity = vscode.LanguageStatusSeverity.Information;
    item.command = { command: 'sysd.showLog', title: 'Show Log' };
    item.detail = this.#restarts === 0 ? undefined : `started again ${this.#restarts} times after it stopped unexpectedly`;
    if (state === State.Starting) item.text = 'sysd is starting';
    else if (state === State.Running) item.text = 'sysd';
    else {
      item.text = 'sysd language server is not running';
      item.severity = vscode.LanguageStatusSeverity.Error;
      item.command = { command: 'sysd.restartServer', title: 'Restart' };
    }
  }
}

type Action = 'Restart' | 'Show Log';

async function ask(
  message: string,
  show: (message: string, ...actions: Action[]) => Thenable<Action | undefined>,
  actions: Action[],
): Promise<void> {
  const chosen = await show(message, ...actions);
  if (chosen === 'Restart') await vscode.commands.executeCommand('sysd.restartServer');
  if (chosen === 'Show Log') await vscode.commands.executeCommand('sysd.showLog');
}

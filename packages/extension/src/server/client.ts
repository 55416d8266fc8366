import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  type StaticFeature,
  TransportKind,
} from 'vscode-languageclient/node';
import { afterCrash } from './crash-policy.ts';
import type { ServerStatus } from './status.ts';

/** Tells the server that the command of its code actions is there. */
const showsFailures: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = { ...capabilities.experimental, sysdShowFailure: true, sysdShowScenario: true };
  },
  initialize: () => undefined,
  getState: () => ({ kind: 'static' }),
  clear: () => undefined,
};

/** The client of the bundled language server. A server that dies is started again, and the user is told. */
export function createClient(context: vscode.ExtensionContext, status: ServerStatus): LanguageClient {
  const module = context.asAbsolutePath('dist/server.js');
  const server: ServerOptions = {
    run: { module, transport: TransportKind.stdio },
    debug: { module, transport: TransportKind.stdio, options: { execArgv: ['--nolazy', '--inspect=6017'] } },
  };
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.sysd');
  context.subscriptions.push(watcher);

  let crashes: readonly number[] = [];
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: 'file', language: 'sysd' },
      { scheme: 'untitled', language: 'sysd' },
    ],
    synchronize: { configurationSection: 'sysd', fileEvents: watcher },
    errorHandler: {
      // A broken message is logged by the client and survived; only the end of the process is acted upon.
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed() {
        const decision = afterCrash(crashes, Date.now());
        crashes = decision.times;
        status.crashed(decision.restart);
        return { action: decision.restart ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true };
      },
    },
  };
  const client = new LanguageClient('sysd', 'sysd', server, options);
  client.registerFeature(showsFailures);
  status.follow(client);
  return client;
}

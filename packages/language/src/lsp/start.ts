import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { saveMemory } from './memory.ts';
import { serve } from './server.ts';
import { diskReader } from './session/files.ts';

/** Starts the server on this process's standard input and output. It ends when its client does. */
export function startServer(): void {
  saveMemory();
  // A fault in a callback of a library must not end the server; what it answered for is lost, the next request is not.
  const survive = (error: unknown): void => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  };
  process.on('uncaughtException', survive);
  process.on('unhandledRejection', survive);
  serve(createConnection(ProposedFeatures.all, process.stdin, process.stdout), diskReader);
}

// The browser workbench from the command line:
//   node scripts/workbench/main.ts install                 once, about 800 MB
//   node scripts/workbench/main.ts add EXTENSION.vsix      sideload into the workbench that `open` serves
//   node scripts/workbench/main.ts open FOLDER [FILE]      serve it until Ctrl-C
//   node scripts/workbench/main.ts test-server DATA EXTENSIONS   a bare one with the driver for extension tests
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { personalData, personalExtensions } from './home.ts';
import { installWorkbench } from './install.ts';
import { installExtension, serveWorkbench, type Workbench } from './serve.ts';

const usage = 'usage: node scripts/workbench/main.ts install | add EXTENSION.vsix | open FOLDER [FILE] | test-server DATA EXTENSIONS';

const say = (line: string) => console.error(line);

/** Serves the personal workbench on a folder, with a file of it open, until the process is interrupted. */
export async function openWorkbench(folder: string, file?: string): Promise<void> {
  const workbench = await serveWorkbench({ data: personalData, extensions: personalExtensions });
  console.log(`\n  ${folderUrl(workbench, folder, file)}\n`);
  say('Open this address in a browser. Ctrl-C ends it.');
  await untilInterrupted(workbench);
}

function folderUrl(workbench: Workbench, folder: string, file: string | undefined): string {
  if (file === undefined) return workbench.url(folder);
  return workbench.url(folder, [['openFile', `vscode-remote://${workbench.authority}${encodeURI(file)}`]]);
}

async function untilInterrupted(workbench: Workbench): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => workbench.stop());
  await workbench.ended;
}

async function main([command, ...args]: string[]): Promise<void> {
  const paths = args.map((arg) => resolve(arg));
  const [first, second] = paths;
  if (command === 'install') {
    installWorkbench(say);
  } else if (command === 'add' && first) {
    installWorkbench(say);
    installExtension(first, personalData, personalExtensions);
  } else if (command === 'open' && first && existsSync(first)) {
    installWorkbench(say);
    await openWorkbench(first, second);
  } else if (command === 'test-server' && first && second) {
    installWorkbench(say);
    const workbench = await serveWorkbench({ data: first, extensions: second, testDriver: true });
    console.log(workbench.url(process.cwd()));
    await untilInterrupted(workbench);
  } else {
    say(usage);
    process.exitCode = 2;
  }
}

if (import.meta.main) await main(process.argv.slice(2));

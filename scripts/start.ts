// `npm start`: an editor on an example design with the extension of this tree. Desktop VS Code where there is one, else a workbench in
// the browser. `SYSD_EDITOR=browser` asks for the browser.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { packageExtension } from '../packages/extension/build.ts';
import { buildAll } from './build.ts';
import { personalData, personalExtensions } from './workbench/home.ts';
import { installWorkbench } from './workbench/install.ts';
import { openWorkbench } from './workbench/main.ts';
import { installExtension } from './workbench/serve.ts';

const folder = resolve('examples/twitter-feed');
const file = resolve(folder, 'feed.sysd');

console.log('Building the extension …');
await buildAll();
const vsix = await packageExtension();

if (hasDesktopEditor() && openDesktopEditor()) {
  console.log(`Opened ${folder} in VS Code with the sysd extension installed.`);
} else {
  installWorkbench(console.log);
  installExtension(vsix, personalData, personalExtensions);
  await openWorkbench(folder, file);
}

function hasDesktopEditor(): boolean {
  if (process.env.SYSD_EDITOR === 'browser' || process.env.CI) return false;
  const display = process.platform === 'win32' || process.platform === 'darwin' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  // In the terminal of a remote VS Code window, `code` speaks to that window.
  if (!display && !process.env.VSCODE_IPC_HOOK_CLI) return false;
  return code(['--version']);
}

function openDesktopEditor(): boolean {
  return code(['--install-extension', vsix, '--force']) && code([folder, '--goto', file]);
}

function code(args: string[]): boolean {
  const quoted = process.platform === 'win32' ? args.map((arg) => `"${arg}"`) : args;
  return spawnSync('code', quoted, { stdio: 'ignore', shell: process.platform === 'win32' }).status === 0;
}

// Installs code-server from the npm registry alone: no compiler, no other download. About 800 MB and half a minute, once.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeServerVersion, installation, nodeMajor, workbenchHome } from './home.ts';

/**
 * Makes sure that the workbench is installed; does nothing when it is. An installation that was interrupted is never used: it is
 * prepared in a folder of its own and renamed at the end.
 *
 * @throws Error with what to do instead when the platform is not supported or npm fails.
 */
export function installWorkbench(say: (line: string) => void): void {
  if (existsSync(installation)) return;
  checkPlatform();
  say(`Installing a VS Code workbench for the browser (code-server ${codeServerVersion}, about 800 MB, once) into ${workbenchHome} …`);
  mkdirSync(workbenchHome, { recursive: true });
  removeInterrupted();
  const partial = join(workbenchHome, `partial-${process.pid}`);
  mkdirSync(partial);
  try {
    writeFileSync(join(partial, 'package.json'), '{ "private": true }\n');
    npmInstall(partial, [`code-server@${codeServerVersion}`]);
    // code-server's own postinstall does these two; here without scripts, because the compiled parts come prebuilt.
    const vscode = join(partial, 'node_modules', 'code-server', 'lib', 'vscode');
    npmInstall(vscode, ['--omit=dev']);
    npmInstall(join(vscode, 'extensions'), ['--omit=dev']);
    const os = process.platform === 'darwin' ? 'darwin' : 'linux';
    link(`code-${os}.sh`, join(vscode, 'bin', 'remote-cli', 'code-server'));
    link(`browser-${os}.sh`, join(vscode, 'bin', 'helpers', 'browser.sh'));
    // Another process may have finished the same installation meanwhile.
    if (!existsSync(installation)) renameSync(partial, installation);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  say('Workbench installed.');
}

function checkPlatform(): void {
  const instead =
    'Install VS Code from https://code.visualstudio.com and run `npm start` again: it is used when its `code` command is on PATH.';
  if (process.platform !== 'linux' && process.platform !== 'darwin') {
    throw new Error(`The browser workbench (code-server) does not run on ${process.platform}. ${instead}`);
  }
  if (Number(process.versions.node.split('.')[0]) !== nodeMajor) {
    throw new Error(
      `The browser workbench needs Node.js ${nodeMajor}, this is ${process.version}. Start it through \`npm start\`, which brings that version.`,
    );
  }
}

function npmInstall(cwd: string, args: string[]): void {
  const run = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', ...args], {
    cwd,
    encoding: 'utf8',
  });
  if (run.status === 0) return;
  throw new Error(
    `npm could not install the browser workbench (in ${cwd}):\n${run.error?.message ?? run.stderr}\nNeeded: a reachable npm registry and 800 MB of disk.`,
  );
}

function link(target: string, at: string): void {
  rmSync(at, { force: true });
  symlinkSync(target, at);
}

function removeInterrupted(): void {
  for (const name of readdirSync(workbenchHome)) {
    const pid = /^partial-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(workbenchHome, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

// `npm run build`: the language server, the command line and the VS Code extension as bundles.
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildExtension } from '../packages/extension/build.ts';
import { bundleForNode } from './bundle.ts';

const root = join(import.meta.dirname, '..');
const at = (...parts: string[]) => join(root, 'packages', ...parts);

/** Builds everything; the extension's folder is then complete and can be run or packaged. */
export async function buildAll(): Promise<void> {
  await buildServer();
  await buildCli();
  await buildExtension();
}

async function buildServer(): Promise<void> {
  if (!existsSync(at('language', 'src', 'main.ts'))) return;
  rmSync(at('language', 'dist'), { recursive: true, force: true });
  await bundleForNode(at('language', 'src', 'main.ts'), at('language', 'dist', 'server.js'));
  copyLibrary(at('language', 'dist'));
}

async function buildCli(): Promise<void> {
  if (!existsSync(at('cli', 'src', 'main.ts'))) return;
  rmSync(at('cli', 'dist'), { recursive: true, force: true });
  await bundleForNode(at('cli', 'src', 'main.ts'), at('cli', 'dist', 'sysd.js'));
  copyLibrary(at('cli', 'dist'));
}

/** The standard library is read from files beside the bundle, so that "go to definition" can open it. */
function copyLibrary(dist: string): void {
  const library = at('language', 'library');
  if (existsSync(library)) cpSync(library, join(dist, 'library'), { recursive: true });
}

if (import.meta.main) await buildAll();

// `npm run build`: the language server, the command line and the VS Code extension as bundles.
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildExtension } from '../packages/extension/build.ts';
import { assemble } from './assemble.ts';
import { buildStandin } from './build-standin.ts';
import { bundleForNode } from './bundle.ts';
import { thirdPartyNotices } from './third-party.ts';

const root = join(import.meta.dirname, '..');
const at = (...parts: string[]) => join(root, 'packages', ...parts);

/** Builds everything; the extension's folder is then complete and can be run or packaged. */
export async function buildAll(): Promise<void> {
  await buildStandin();
  await buildHost('language', 'server.js');
  await buildHost('cli', 'sysd.js');
  await buildExtension();
}

/**
 * Bundles the language server or the command line, with what both read at run time beside it: the worker that lays diagrams out, the standard
 * library (files, so that "go to definition" can open them) and the stand-in that exported projects contain.
 */
async function buildHost(name: 'language' | 'cli', file: string): Promise<void> {
  await assemble(at(name, 'dist'), async (dist) => {
    const bundles = [
      await bundleForNode(at(name, 'src', 'main.ts'), join(dist, file)),
      await bundleForNode(at('language', 'src', 'lsp', 'layout-worker.ts'), join(dist, 'layout-worker.js')),
    ];
    cpSync(at('language', 'src', 'library'), join(dist, 'library'), { recursive: true });
    cpSync(at('export', 'dist', 'standin.cjs'), join(dist, 'standin.cjs'));
    writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(bundles));
  });
}

if (import.meta.main) await buildAll();

// The stand-in program (packages/export/standin) as one CommonJS file that any Node.js 22 runs: exports put it beside the compose file.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundleForNode } from './bundle.ts';
import { thirdPartyNotices } from './third-party.ts';

const folder = join(import.meta.dirname, '..', 'packages', 'export');

/** Where the bundle is. */
export const STANDIN = join(folder, 'dist', 'standin.cjs');

export async function buildStandin(outfile = STANDIN): Promise<Metafile> {
  const metafile = await bundleForNode(join(folder, 'standin', 'main.ts'), outfile, {
    format: 'cjs',
    banner: { js: '// Made by sysd: the stand-in for services without an image.' },
    // node-postgres loads its native variant only when asked to
    external: ['pg-native'],
  });
  // the file travels alone, so the licences of what is in it travel with it
  const notices = thirdPartyNotices([metafile]).replaceAll('*/', '* /');
  writeFileSync(outfile, `${readFileSync(outfile, 'utf8')}\n/*\n${notices}\n*/\n`);
  return metafile;
}

if (import.meta.main) await buildStandin();

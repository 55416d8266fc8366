// Bundles the suite for the extension host: `dist/test/*.cjs`.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleForExtensionHost } from '../../../scripts/bundle.ts';

const suite = join(import.meta.dirname, 'suite');
const out = join(import.meta.dirname, '..', 'dist', 'test');

/** What `extensionTestsPath` is set to. */
export const testEntry = join(out, 'index.cjs');

export async function buildTests(): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  const files = readdirSync(suite).filter((file) => file === 'index.ts' || file.endsWith('.test.ts'));
  for (const file of files) await bundleForExtensionHost(join(suite, file), join(out, file.replace(/\.ts$/, '.cjs')), ['mocha']);
}

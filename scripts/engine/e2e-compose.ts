// Runs an exported stack in a real container engine: `npm run test:compose`. Exports packages/export/test/stack.sysd with the built command
// line (or takes a folder that was exported before), brings it up, and asks the running services whether they do what the design says.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEngine } from './engine.ts';
import { runStack } from './stack.ts';

const root = join(import.meta.dirname, '..', '..');

const engine = startEngine();
if ('why' in engine) {
  console.log(`not run: ${engine.why}`);
  process.exit(process.env.CI ? 1 : 0);
}

const temporary = mkdtempSync(join(tmpdir(), 'sysd-stack-'));
let failed = 1;
try {
  const folder = process.argv[2] === undefined ? await exportStack(join(temporary, 'stack')) : resolve(process.argv[2]);
  console.log(`engine: ${engine.name}`);
  failed = await runStack(folder, engine);
} finally {
  engine.stop();
  rmSync(temporary, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);

/** Exports twice: the second time nothing but sysd's own files may be written, and the secrets stay. */
async function exportStack(folder: string): Promise<string> {
  const { buildAll } = await import('../build.ts');
  await buildAll();
  sysd('export', 'compose', join(root, 'packages', 'export', 'test', 'stack.sysd'), '--out', folder);
  const secrets = readSecrets(folder);
  sysd('export', 'compose', join(root, 'packages', 'export', 'test', 'stack.sysd'), '--out', folder);
  if (JSON.stringify(secrets) !== JSON.stringify(readSecrets(folder))) throw new Error('exporting again replaced the secrets');
  return folder;
}

function sysd(...words: string[]): void {
  const run = spawnSync(process.execPath, [join(root, 'packages', 'cli', 'dist', 'sysd.js'), ...words], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`sysd ${words.join(' ')} failed with ${run.status}:\n${run.stdout}${run.stderr}`);
}

function readSecrets(folder: string): string[] {
  return readdirSync(join(folder, 'secrets')).map((file) => readFileSync(join(folder, 'secrets', file), 'utf8'));
}

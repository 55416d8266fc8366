// Runs exported designs in a real container engine: `npm run test:compose [stack|variety]`. Exports packages/export/test/*.sysd with the
// built command line, brings each up, and asks the running services whether they do what the design says.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll } from '../build.ts';
import { startEngine } from './engine.ts';
import { runStack } from './stack.ts';
import { runVariety } from './variety.ts';

const root = join(import.meta.dirname, '..', '..');

const engine = startEngine();
if ('why' in engine) {
  console.log(`not run: ${engine.why}`);
  process.exit(process.env.CI ? 1 : 0);
}

const designs = [
  ['stack', runStack],
  ['variety', runVariety],
] as const;

const temporary = mkdtempSync(join(tmpdir(), 'sysd-stack-'));
let failed = 0;
try {
  console.log(`engine: ${engine.name}`);
  await buildAll();
  for (const [name, run] of designs) {
    if (process.argv[2] !== undefined && process.argv[2] !== name) continue;
    console.log(`\n${name}.sysd`);
    failed += await run(exportDesign(name), engine);
  }
} finally {
  engine.stop();
  rmSync(temporary, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);

/** Exports twice: the second time nothing but sysd's own files may be written, and the secrets stay. */
function exportDesign(name: string): string {
  const design = join(root, 'packages', 'export', 'test', `${name}.sysd`);
  const folder = join(temporary, name);
  sysd('export', 'compose', design, '--out', folder);
  const secrets = readSecrets(folder);
  sysd('export', 'compose', design, '--out', folder);
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

// Runs exported designs in a real container engine: `npm run test:compose [stack|variety]`. Exports packages/export/test/*.sysd with the
// built command line, brings each up, and asks the running services whether they do what the design says.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll } from '../build.ts';
import { type Engine, startEngine } from './engine.ts';
import { createChecks } from './project.ts';
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
  if (process.argv[2] === undefined) failed += await readExamples(engine);
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

/** Compose reads the export of every example, also of those with images that cannot be had here. @returns how many checks failed. */
async function readExamples({ compose, env }: Engine): Promise<number> {
  console.log('\nexamples');
  const { check, result } = createChecks();
  const files = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.sysd'));
  for (const file of files.sort()) {
    const path = join(root, 'examples', file);
    const text = readFileSync(path, 'utf8');
    // fragments belong to the design that imports them, and one example is there for its errors
    if (!/^system /m.test(text) || file.startsWith('faults')) continue;
    await check(`Compose reads the export of ${file}`, () => {
      const folder = join(temporary, 'examples', file);
      sysd('export', 'compose', path, '--out', folder);
      const read = spawnSync(compose[0]!, [...compose.slice(1), 'config', '--quiet'], { cwd: folder, env, encoding: 'utf8' });
      if (read.status !== 0) throw new Error(read.stderr);
    });
  }
  return result();
}

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

// The committed output of the examples: what the command line answers for each design.
//   node scripts/examples.ts            writes examples/*/expected
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';

interface ExampleDesign {
  readonly folder: string;
  readonly file: string;
  /** Exit code of `sysd check`: 1 where faults are shown on purpose. */
  readonly check: 0 | 1;
  /** Whether the design is complete enough to be exported. */
  readonly compose: boolean;
}

export const DESIGNS: readonly ExampleDesign[] = [
  { folder: 'twitter-feed', file: 'feed.sysd', check: 0, compose: true },
  { folder: 'twitter-feed', file: 'back-of-the-envelope.sysd', check: 0, compose: false },
  { folder: 'single-server', file: 'server.sysd', check: 1, compose: true },
  { folder: 'scaled-web-app', file: 'shop.sysd', check: 0, compose: true },
  { folder: 'sharded-shop', file: 'shop.sysd', check: 1, compose: true },
  { folder: 'faults', file: 'faults.sysd', check: 1, compose: false },
];

const root = resolve(import.meta.dirname, '..');
const cli = join(root, 'packages/cli/src/main.ts');
const run = promisify(execFile);

/** Runs `sysd` in a folder; its standard output. Any other exit code than the one due is an error that shows what was said. */
async function sysd(folder: string, args: readonly string[], due: number): Promise<string> {
  const done = await run(process.execPath, [cli, ...args], {
    cwd: folder,
    maxBuffer: 64 * 2 ** 20,
    env: { ...process.env, NO_COLOR: '1' },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code?: number; stdout?: string; stderr?: string; message: string }) => ({
      code: error.code ?? -1,
      stdout: error.stdout ?? '',
      stderr: error.stderr ?? error.message,
    }),
  );
  if (done.code !== due)
    throw new Error(`sysd ${args.join(' ')} in ${folder}: exit ${done.code}, due ${due}\n${done.stderr}${done.stdout}`);
  return done.stdout;
}

/** Output files of a design: path below `expected/<design>` to content. `temporary` is an empty folder to export into. */
export async function outputsOf(design: ExampleDesign, temporary: string): Promise<Map<string, string>> {
  const folder = join(root, 'examples', design.folder);
  const outputs = new Map<string, string>();
  const keep = async (name: string, args: string[], due = 0) => {
    outputs.set(name, await sysd(folder, args, due));
  };
  await keep('check.txt', ['check', design.file, '--fail-on', 'hint'], design.check);
  await keep('check.json', ['check', design.file, '--fail-on', 'hint', '--format', 'json'], design.check);
  await keep('estimate.txt', ['estimate', design.file]);
  await keep('estimate.json', ['estimate', design.file, '--format', 'json']);
  await keep('overview.svg', ['render', design.file]);
  if (design.compose) {
    await sysd(folder, ['export', 'compose', design.file, '--out', temporary], 0);
    for (const file of filesBelow(temporary)) outputs.set(`compose/${file}`, readFileSync(join(temporary, file), 'utf8'));
  }
  return outputs;
}

/** Files below a folder as sorted relative paths with forward slashes. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

export const expectedFolder = (design: ExampleDesign): string =>
  join(root, 'examples', design.folder, 'expected', design.file.replace(/\.sysd$/, ''));

if (import.meta.main) {
  for (const design of DESIGNS) {
    const folder = expectedFolder(design);
    const temporary = join(root, '.cache/examples', design.folder, design.file);
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary, { recursive: true });
    const outputs = await outputsOf(design, temporary);
    rmSync(folder, { recursive: true, force: true });
    for (const [name, content] of outputs) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    console.log(`${relative(root, folder)}: ${outputs.size} files`);
  }
}

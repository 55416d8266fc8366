// The committed output of the examples: what the command line answers for each design.
//   node scripts/examples.ts            writes examples/*/expected
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { availability } from '../packages/cli/src/commands/availability.ts';
import { check } from '../packages/cli/src/commands/check.ts';
import { estimate } from '../packages/cli/src/commands/estimate.ts';
import { exportComposeTo } from '../packages/cli/src/commands/export-compose.ts';
import { render } from '../packages/cli/src/commands/render.ts';
import { report } from '../packages/cli/src/commands/report.ts';

interface ExampleDesign {
  readonly folder: string;
  readonly file: string;
  /** Exit code of `sysd check`: 1 where faults are shown on purpose. */
  readonly check: 0 | 1;
  /** What else the design gives an answer to. One with errors in its text gives none; one that only estimates is no stack to run. */
  readonly answers: readonly ('estimate' | 'render' | 'compose' | 'report.md' | 'report.html')[];
}

export const DESIGNS: readonly ExampleDesign[] = [
  { folder: 'twitter-feed', file: 'feed.sysd', check: 0, answers: ['estimate', 'render', 'compose', 'report.md'] },
  { folder: 'twitter-feed', file: 'back-of-the-envelope.sysd', check: 0, answers: ['estimate', 'render'] },
  { folder: 'single-server', file: 'server.sysd', check: 1, answers: ['estimate', 'render', 'compose', 'report.md', 'report.html'] },
  { folder: 'scaled-web-app', file: 'shop.sysd', check: 0, answers: ['estimate', 'render', 'compose'] },
  { folder: 'sharded-shop', file: 'shop.sysd', check: 1, answers: ['estimate', 'render', 'compose'] },
  { folder: 'adwords', file: 'dashboard.sysd', check: 0, answers: ['estimate', 'render'] },
  { folder: 'around-the-clock', file: 'library.sysd', check: 0, answers: ['estimate', 'render'] },
  { folder: 'slips', file: 'slips.sysd', check: 1, answers: ['estimate'] },
  { folder: 'faults', file: 'faults.sysd', check: 1, answers: [] },
  { folder: 'faults', file: 'limits.sysd', check: 1, answers: ['estimate'] },
];

const root = resolve(import.meta.dirname, '..');
/** Of an exported project: passwords are new each time, and the stand-in's program is built from this tree. */
const NOT_KEPT = /^(secrets|standin)\//;

/**
 * Output files of a design, as the commands of `sysd` give them in the root of the tree: path below `expected/<design>` to content.
 * `temporary` is an empty folder to export into.
 */
export async function outputsOf(design: ExampleDesign, temporary: string): Promise<Map<string, string>> {
  process.env.NO_COLOR = '1';
  const file = `examples/${design.folder}/${design.file}`;
  const outputs = new Map<string, string>();
  for (const format of ['text', 'json'] as const) {
    const { output, code } = check([file], { format, failOn: 'hint' });
    if (code !== design.check) throw new Error(`sysd check ${file}: exit ${code}, due ${design.check}\n${output}`);
    const ending = format === 'text' ? 'txt' : 'json';
    outputs.set(`check.${ending}`, output);
    if (design.answers.includes('estimate')) outputs.set(`estimate.${ending}`, estimate([file], { format, explain: false }).output);
    if (design.answers.includes('estimate')) outputs.set(`availability.${ending}`, availability([file], { format, explain: false }).output);
  }
  if (design.answers.includes('render')) {
    outputs.set('overview.svg', (await render(file, { theme: 'light', overlay: 'none', force: false })).output);
  }
  for (const name of ['report.md', 'report.html'] as const) {
    const format = name === 'report.md' ? 'markdown' : 'html';
    if (design.answers.includes(name)) outputs.set(name, (await report(file, { format, force: false })).output);
  }
  if (design.answers.includes('compose')) {
    exportComposeTo(file, { out: temporary, force: false });
    for (const name of filesBelow(temporary)) {
      if (!NOT_KEPT.test(name)) outputs.set(`compose/${name}`, readFileSync(join(temporary, name), 'utf8'));
    }
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

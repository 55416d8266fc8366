// node bench/lsp/profile.ts [--elements 10000] [--edits 30] [--warm-up 20] [--layout one|many] [--per-file 60] [--keep FILE.cpuprofile]
// Where each millisecond of a keystroke goes, as a Markdown table: a CPU profile of the server, run from source so that its frames say what
// they belong to, between each edit and the server's being idle again.
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEditor } from './editor.ts';
import { GROUP, makeGraph } from './graph.ts';
import { machine, quantile } from './machine.ts';
import { type CpuProfile, timeByPhase } from './phases.ts';
import { sysdWorkspace } from './sysd.ts';

const { values } = parseArgs({
  options: {
    elements: { type: 'string', default: '10000' },
    edits: { type: 'string', default: '30' },
    'warm-up': { type: 'string', default: '20' },
    layout: { type: 'string', default: 'one' },
    'per-file': { type: 'string', default: '60' },
    keep: { type: 'string' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'sysd-profile-'));
const main = join(import.meta.dirname, '../../packages/language/src/main.ts');
const command = [process.execPath, '--cpu-prof', '--cpu-prof-interval', '500', `--cpu-prof-dir=${folder}`, main, '--stdio'];
const workspace = sysdWorkspace(
  makeGraph(Number(values.elements)),
  values.layout === 'one' ? 'one' : { groups: Math.max(1, Math.round(Number(values['per-file']) / GROUP)) },
);
const editor = await startEditor(command, workspace);
/** µs of the clock that profiles use. */
const now = (): number => Number(process.hrtime.bigint() / 1000n);
const during: [number, number][] = [];
const wallMs: number[] = [];
const warmUp = Number(values['warm-up']);
for (let i = 0; i < warmUp + Number(values.edits); i++) {
  const bad = i % 2 === 0;
  const arrived = editor.diagnostics(bad ? `nope_${i}` : 'nope_', bad);
  const begin = now();
  const { at } = await editor.replace(bad ? workspace.bad(i) : workspace.good(i));
  const wall = (await arrived) - at;
  await editor.idle();
  if (i < warmUp) continue;
  wallMs.push(wall);
  during.push([begin, now()]);
}
await editor.stop();
const [file] = readdirSync(folder).map((name) => join(folder, name));
if (file === undefined) throw new Error('the server wrote no profile');
if (values.keep !== undefined) copyFileSync(file, values.keep);
const phases = timeByPhase(JSON.parse(readFileSync(file, 'utf8')) as CpuProfile, during);
rmSync(folder, { recursive: true, force: true });

const all = phases.reduce((sum, [, ms]) => sum + ms, 0);
console.log(
  `${values.elements} components in ${workspace.files.length === 1 ? 'one file' : `${workspace.files.length} files`}; ${machine()}`,
);
console.log(
  `edit → diagnostics: median ${quantile(wallMs, 0.5).toFixed(0)} ms, 95th percentile ${quantile(wallMs, 0.95).toFixed(0)} ms (while profiled)\n`,
);
console.log('| phase | ms a keystroke | share |\n| --- | ---: | ---: |');
for (const [phase, ms] of phases) console.log(`| ${phase} | ${(ms / during.length).toFixed(2)} | ${((ms / all) * 100).toFixed(0)} % |`);
console.log(`| all | ${(all / during.length).toFixed(2)} | |`);
process.exit(0);

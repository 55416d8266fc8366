// npm run bench:estimate
// Re-estimating after one edit against computing the same design anew; the whole answer of `sysd estimate`; a sweep of 13 points; 1,000 samples
// of the example feed against as many designs evaluated anew. Prints Markdown tables; medians of CPU times of one warm process.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { analyse, analyser, costOf, headroomOf, latencyOf, measuresOf, waitingOf } from '../../packages/analysis/src/index.ts';
import { bands } from '../../packages/cli/src/bands.ts';
import { lowerProject } from '../../packages/language/src/lower/lower.ts';
import { lowering } from '../../packages/language/src/lower/lowering.ts';
import { type Project, projectLoader } from '../../packages/language/src/project/project.ts';
import { standardLibrary } from '../../packages/language/src/standard-library.ts';
import { machine } from '../lsp/machine.ts';
import { textOf } from './text.ts';

const SIZES = [100, 1_000, 10_000];
const library = standardLibrary();

/** Median CPU time of so many runs, ms. */
function median(runs: number, f: (run: number) => unknown): number {
  const times = Array.from({ length: runs }, (_, i) => {
    const start = process.cpuUsage();
    f(i);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  }).sort((a, b) => a - b);
  return times[times.length >> 1] as number;
}

const shown = (x: number) => (x >= 100 ? x.toFixed(0) : x.toPrecision(3));
const row = (cells: readonly string[]) => console.log(`| ${cells.join(' | ')} |`);
/** Exponent by which the time grows with the size: 1 is in proportion. */
const exponent = (times: readonly number[]) => (Math.log((times.at(-1) as number) / (times[0] as number)) / Math.log(100)).toFixed(2);

/** One text after another, as an editor has them. */
function session() {
  let text = '';
  const loader = projectLoader((uri) => (uri === 'file:///bench.sysd' ? text : undefined), library);
  const lower = lowering();
  return (next: string) => {
    text = next;
    return lower(loader.load('file:///bench.sysd') as Project).design;
  };
}

interface Measured {
  readonly edit: number;
  readonly fresh: number;
  readonly answer: number;
  readonly sweep: number;
}

function measure(size: number): Measured {
  const read = session();
  const again = analyser();
  const texts = Array.from({ length: 12 }, (_, i) => textOf(size, 3 + i / 8));
  const edit = (i: number) => again(read(texts[i % texts.length] as string));
  for (let i = 0; i < texts.length; i++) edit(i);
  const runs = size >= 10_000 ? 1 : 5;
  const uri = 'file:///bench.sysd';
  const projectOf = (text: string) => projectLoader((u) => (u === uri ? text : undefined), library).load(uri) as Project;
  const anew = (i: number) => analyse(lowerProject(projectOf(texts[i] as string), {}).design);
  const parsed = projectOf(texts[0] as string);
  const whole = (set: readonly string[] = []) => {
    const { design } = lowerProject(parsed, { set });
    const analysis = analyse(design);
    return [design, analysis, headroomOf(design, analysis.traffic), measuresOf(design, analysis)] as const;
  };
  anew(0);
  const answer = () => {
    const [design, analysis] = whole();
    return [latencyOf(design), costOf(design, analysis), waitingOf(design, analysis.traffic)];
  };
  return {
    edit: median(9, edit),
    fresh: median(runs, anew),
    answer: median(Math.min(runs, 3), answer),
    sweep: median(1, () => {
      for (let i = 0; i < 13; i++) whole([`u.daily-active=${1e6 * 1.1 ** i}`]);
    }),
  };
}

console.log(`${machine()}\n`);
const measured = SIZES.map(measure);
row(['CPU ms', ...SIZES.map((s) => `${s.toLocaleString('en')} components`), 'grows with size to the power of']);
row(['---', ...SIZES.map(() => '---:'), '---:']);
const line = (name: string, of: (m: Measured) => number) => row([name, ...measured.map((m) => shown(of(m))), exponent(measured.map(of))]);
line('one number edited: parse, lower, analyse again', (m) => m.edit);
line('the same text anew', (m) => m.fresh);
row(['anew ÷ edited', ...measured.map((m) => `${shown(m.fresh / m.edit)}×`), '']);
line('all of `sysd estimate`, latencies included', (m) => m.answer);
line('growth curve of 13 points', (m) => m.sweep);

const feed = pathToFileURL(join(import.meta.dirname, '../../examples/twitter-feed/feed.sysd')).href;
const project = projectLoader((uri) => readFileSync(new URL(uri), 'utf8'), library).load(feed) as Project;
const options = { set: ['users.daily-active=80M..120M', 'followers=100..400'] };
const lowered = lowerProject(project, options);
bands(lowered, 100, options);
const sampled = median(3, () => bands(lowered, 1_000, options));
const evaluate = (i: number) => {
  const { design } = lowerProject(project, { set: [`users.daily-active=${80e6 + i * 4e4}`, `followers=${100 + i * 0.3}`] });
  return measuresOf(design, analyse(design));
};
for (let i = 0; i < 50; i++) evaluate(i);
const evaluated = median(1, () => {
  for (let i = 0; i < 1_000; i++) evaluate(i);
});
console.log();
row(['1,000 samples of the example feed', 'CPU ms', 'samples a second']);
row(['---', '---:', '---:']);
row(['`--bands`', shown(sampled), (1e6 / sampled).toFixed(0)]);
row(['every sample lowered and analysed anew', shown(evaluated), (1e6 / evaluated).toFixed(0)]);
row(['ratio', `${shown(evaluated / sampled)}×`, '']);

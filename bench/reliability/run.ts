// npm run bench:reliability
// Single failures, pairs and exact availability: the growth, and the ratios to SCRAM and to the naive loop "remove it and evaluate again" on the
// same failure functions in the same run. Prints Markdown tables; medians of CPU times. SCRAM's are of the whole command: it reads XML, and
// what it does for all orders it does at once.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { COUNT, type Design } from '@sysd/core';
import { failurePairs } from '../../packages/analysis/src/reliability/availability/pairs.ts';
import { meshesOf } from '../../packages/analysis/src/reliability/component-failure.ts';
import { evaluate } from '../../packages/analysis/src/reliability/evaluate.ts';
import { type BooleanDag, BooleanDagBuilder } from '../../packages/analysis/src/reliability/exact/boolean-dag.ts';
import { solve } from '../../packages/analysis/src/reliability/exact/exact-reliability.ts';
import { expand } from '../../packages/analysis/src/reliability/exact/expand.ts';
import { openPsaModel } from '../../packages/analysis/src/reliability/exact/open-psa-model.ts';
import type { FaultTree } from '../../packages/analysis/src/reliability/fault-tree.ts';
import { flowFailure } from '../../packages/analysis/src/reliability/flow-failure.ts';
import { singleFailures } from '../../packages/analysis/src/reliability/single-failures.ts';
import { designOf } from './design.ts';

const scramInstalled = spawnSync('bash', ['-c', 'command -v scram']).status === 0;

function median(runs: number, f: () => unknown): number {
  // Until the code is compiled.
  for (let i = 0; runs > 1 && i < runs; i++) f();
  const times = Array.from({ length: runs }, () => {
    const start = process.cpuUsage();
    f();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  }).sort((a, b) => a - b);
  return times[times.length >> 1] as number;
}

const ms = (x: number | undefined) =>
  x === undefined ? '–' : x === Number.POSITIVE_INFINITY ? '> 60,000' : x >= 100 ? x.toFixed(0) : x.toPrecision(3);
const ratio = (a: number | undefined, b: number) =>
  a === undefined ? '–' : a === Number.POSITIVE_INFINITY ? `> ${(60_000 / b).toPrecision(2)}×` : `${(a / b).toPrecision(3)}×`;
const row = (cells: readonly (string | number)[]) => console.log(`| ${cells.join(' | ')} |`);

const treesOf = (design: Design): FaultTree[] => {
  const context = { design, loadBearing: new Map(), meshes: meshesOf(design) };
  return [...design.flows.values()].map((flow) => flowFailure(context, flow, false).tree);
};

/** `0m1.234s` as bash's `times` says it, in ms. */
const cpuOf = (times: string): number =>
  [...times.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, min, s]) => sum + 60_000 * Number(min) + 1000 * Number(s), 0);

/** CPU time of SCRAM on these functions; infinite where it takes more than a minute, undefined where it is not installed or fails. */
function scram(dags: readonly BooleanDag[], options: readonly string[]): number | undefined {
  if (!scramInstalled) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'sysd-bench-'));
  try {
    const file = join(folder, 'model.xml');
    writeFileSync(file, openPsaModel(dags.map((dag, i) => ({ name: `F${i}`, title: `F${i}`, dag, q: dag.events.map(() => 0.01) }))));
    const command = ['timeout', '60', 'scram', '--bdd', ...options, '-o', join(folder, 'out.xml'), file].join(' ');
    const run = spawnSync('bash', ['-c', `${command} >/dev/null 2>&1 ; code=$?; times; exit $code`], { encoding: 'utf8' });
    // The second line is that of the children.
    if (run.status === 124) return Number.POSITIVE_INFINITY;
    return run.status === 0 ? cpuOf(run.stdout.split('\n')[1] ?? '') : undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const dagsOf = (trees: readonly FaultTree[]): BooleanDag[] =>
  trees.flatMap((tree) => {
    const dag = expand(tree, { mostEvents: 100_000 });
    return 'notEstimated' in dag ? [] : [dag];
  });

function naiveSingles(tree: FaultTree): number[] {
  const failed = tree.events.map(() => 0);
  return tree.events.flatMap((_, e) => {
    failed[e] = 1;
    const down = evaluate(tree, failed)[tree.top];
    failed[e] = 0;
    return down ? [e] : [];
  });
}

function naivePairs(tree: FaultTree): string[] {
  const singles = new Set(naiveSingles(tree));
  const failed = tree.events.map(() => 0);
  const found: string[] = [];
  const others = tree.events.map((_, i) => i).filter((i) => !singles.has(i));
  for (const a of others) {
    for (const b of others) {
      if (b < a || (a === b && (tree.events[a]?.count ?? 1) < 2)) continue;
      failed[a] = (failed[a] ?? 0) + 1;
      failed[b] = (failed[b] ?? 0) + 1;
      if (evaluate(tree, failed)[tree.top]) found.push(`${a} ${b}`);
      failed[a] = 0;
      failed[b] = 0;
    }
  }
  return found;
}

/** Each event stands in the cut sets of its neighbours, so that nothing splits into independent parts. */
function crossed(events: number): BooleanDag {
  const b = new BooleanDagBuilder();
  const all = Array.from({ length: events }, (_, i) => b.event({ id: `e${i}`, class: 0, element: `e${i}`, label: `e${i}` }));
  return b.build(b.or(all.slice(0, -4).map((e, i) => b.atLeast(3, [e, all[i + 1] as number, all[i + 2] as number, all[i + 4] as number]))));
}

console.log(
  `${cpus()[0]?.model}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}; SCRAM ${scramInstalled ? 'installed' : 'not installed'}`,
);

console.log('\nSingle failures of all flows\n');
row([
  'components',
  'flows',
  'events',
  'build trees, ms',
  'single failures, ms',
  'naive loop, ms',
  'naive ÷ sysd',
  'SCRAM, ms',
  'SCRAM ÷ sysd',
]);
row(['---:', '---:', '---:', '---:', '---:', '---:', '---:', '---:', '---:']);
for (const n of [250, 500, 1000, 2000, 5000, 10_000]) {
  const design = designOf(n, 20);
  const trees = treesOf(design);
  const events = trees.reduce((sum, t) => sum + t.events.length, 0);
  const build = median(3, () => treesOf(design));
  const own = median(15, () => trees.map(singleFailures));
  const same = trees.every((t) => singleFailures(t).events.join() === naiveSingles(t).join());
  if (!same) throw new Error('the naive loop finds other single failures');
  const naive = median(3, () => trees.map(naiveSingles));
  const theirs = n <= 1000 ? scram(dagsOf(trees), ['--limit-order', '1']) : undefined;
  row([n, 20, events, ms(build), ms(own), ms(naive), ratio(naive, own), ms(theirs), ratio(theirs, own)]);
}

console.log('\nPairs, one flow over 200 components\n');
row(['components', 'events', 'pairs', 'sysd, ms', 'naive loop, ms', 'naive ÷ sysd', 'SCRAM, ms', 'SCRAM ÷ sysd']);
row(['---:', '---:', '---:', '---:', '---:', '---:', '---:', '---:']);
{
  const [tree] = treesOf(designOf(200, 1)) as [FaultTree];
  const pairs = failurePairs(tree, singleFailures(tree));
  if ('notEstimated' in pairs) throw new Error(pairs.notEstimated);
  if (pairs.map((p) => p.join(' ')).join() !== naivePairs(tree).join()) throw new Error('the naive loop finds other pairs');
  const own = median(3, () => failurePairs(tree, singleFailures(tree)));
  const naive = median(1, () => naivePairs(tree));
  const theirs = scram(dagsOf([tree]), ['--limit-order', '2']);
  row([200, tree.events.length, pairs.length, ms(own), ms(naive), ratio(naive, own), ms(theirs), ratio(theirs, own)]);
}

console.log('\nExact availability, importances and minimal cut sets to order 3\n');
row(['model', 'events', 'sysd, ms', 'SCRAM, ms', 'SCRAM ÷ sysd']);
row(['---', '---:', '---:', '---:', '---:']);
for (const [name, dag] of [
  ['a flow of a design', dagsOf(treesOf(designOf(24, 1)))[0] as BooleanDag],
  ['a flow of a design', dagsOf(treesOf(designOf(84, 1)))[0] as BooleanDag],
  ['crossed', crossed(60)],
  ['crossed', crossed(200)],
] as const) {
  const q = dag.events.map((_, i) => ({ value: 0.01, dimension: COUNT, label: `q${i}` }));
  const own = median(3, () => solve(dag, q));
  const theirs = scram([dag], ['--limit-order', '3', '--probability', '1', '--importance', '1']);
  row([name, dag.events.length, ms(own), ms(theirs), ratio(theirs, own)]);
}

// npm run bench:lsp -- [--elements 1000] [--layout one|many|both] [--per-file 60] [--edits 8] [--only sysd] [--likec4 FOLDER]
// The language server against LikeC4's on the same graph, in turn: medians, 95th percentiles and the ratio of the medians, as Markdown.
// LikeC4 1.59.4 is not a dependency: `npm install likec4@1.59.4` in a folder of its own (default ~/.cache/sysd-bench), or pass --likec4.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { GROUP, type Layout, makeGraph } from './graph.ts';
import { likec4Workspace } from './likec4.ts';
import { machine, quantile } from './machine.ts';
import { type Measurement, measure } from './measure.ts';
import { sysdWorkspace } from './sysd.ts';

const { values } = parseArgs({
  options: {
    elements: { type: 'string', default: '1000' },
    layout: { type: 'string', default: 'both' },
    'per-file': { type: 'string', default: '60' },
    edits: { type: 'string', default: '8' },
    only: { type: 'string' },
    likec4: { type: 'string' },
  },
});
const server = join(import.meta.dirname, '../../packages/language/dist/server.js');
const likec4 = join(values.likec4 ?? join(homedir(), '.cache/sysd-bench'), 'node_modules/likec4/bin/likec4.mjs');
for (const [path, how] of [
  [server, 'npm run build'],
  ...(values.only === 'sysd' ? [] : [[likec4, 'npm install likec4@1.59.4 in ~/.cache/sysd-bench']]),
]) {
  if (path && !existsSync(path)) {
    console.error(`not run: ${path} is missing; ${how}`);
    process.exit(2);
  }
}

const rows: readonly (readonly [title: string, of: (m: Measurement) => readonly number[]])[] = [
  ['edit → diagnostics, wall ms', (m) => m.wallMs],
  ['edit → idle, server CPU ms', (m) => m.cpuMs],
  ['hover right after a keystroke, ms', (m) => m.hoverMs],
  ['completion right after a keystroke, ms', (m) => m.completionMs],
  ['semantic tokens right after a keystroke, ms', (m) => m.tokensMs],
  ['formatting of the document, ms', (m) => m.formattingMs],
  ['start → first diagnostics, ms', (m) => [m.opening.firstDiagnostics]],
  ['start → an unknown name is told, ms', (m) => [m.opening.unknownName]],
  ['peak memory of the process tree, MB', (m) => [m.peakMb]],
];

const graph = makeGraph(Number(values.elements));
const edits = Number(values.edits);
const many: Layout = { groups: Math.max(1, Math.round(Number(values['per-file']) / GROUP)) };
const layouts: readonly Layout[] = values.layout === 'one' ? ['one'] : values.layout === 'many' ? [many] : ['one', many];

const shown = (ms: number | undefined): string => (ms === undefined ? '–' : ms < 10 ? ms.toFixed(1) : ms.toFixed(0));
const cells = (xs: readonly number[] | undefined): string =>
  xs === undefined ? '–' : xs.length < 2 ? shown(xs[0]) : `${shown(quantile(xs, 0.5))} (${shown(quantile(xs, 0.95))})`;

console.log(`${values.elements} elements, ${graph.edges.length} edges; ${machine()}; medians (95th percentiles) of ${edits * 2} edits`);
for (const layout of layouts) {
  const workspace = sysdWorkspace(graph, layout);
  const peer =
    values.only === 'sysd'
      ? undefined
      : await measure([process.execPath, likec4, 'lsp', '--stdio', '--no-use-dot'], likec4Workspace(graph, layout), edits);
  const own = await measure([process.execPath, server, '--stdio'], workspace, edits);
  const where = workspace.files.length === 1 ? 'one file' : `${workspace.files.length} files`;
  console.log(`\n| ${values.elements} elements in ${where} | LikeC4 1.59.4 | sysd | ratio |\n| --- | ---: | ---: | ---: |`);
  for (const [title, of] of rows) {
    const ratio = peer ? (quantile(of(peer), 0.5) / Math.max(quantile(of(own), 0.5), 0.1)).toFixed(1) : '–';
    console.log(`| ${title} | ${cells(peer && of(peer))} | ${cells(of(own))} | ${ratio} |`);
  }
}
process.exit(0);

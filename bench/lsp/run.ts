// npm run bench:lsp -- [--elements 1000] [--edits 6] [--likec4 FOLDER]
// The language server against LikeC4's on the same graph, in turn, in one file and in many. Prints medians and their ratio.
// LikeC4 1.59.4 is not a dependency: `npm install likec4@1.59.4` in a folder of its own (default ~/.cache/sysd-bench), or pass --likec4.
import { existsSync } from 'node:fs';
import { cpus, homedir, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeGraph } from './graph.ts';
import { likec4Workspace } from './likec4.ts';
import { type Measurement, measure } from './measure.ts';
import { sysdWorkspace } from './sysd.ts';

const { values } = parseArgs({
  options: { elements: { type: 'string', default: '1000' }, edits: { type: 'string', default: '6' }, likec4: { type: 'string' } },
});
const server = join(import.meta.dirname, '../../packages/language/dist/server.js');
const likec4 = join(values.likec4 ?? join(homedir(), '.cache/sysd-bench'), 'node_modules/likec4/bin/likec4.mjs');
for (const [path, how] of [
  [server, 'npm run build'],
  [likec4, 'npm install likec4@1.59.4 in ~/.cache/sysd-bench'],
]) {
  if (path && !existsSync(path)) {
    console.error(`not run: ${path} is missing; ${how}`);
    process.exit(2);
  }
}

const median = (xs: readonly number[]) => {
  const s = [...xs].sort((a, b) => a - b);
  return ((s[(s.length - 1) >> 1] ?? 0) + (s[s.length >> 1] ?? 0)) / 2;
};
const rows: readonly [string, (m: Measurement) => number][] = [
  ['edit → diagnostics, wall ms', (m) => median(m.wallMs)],
  ['edit → idle, server CPU ms', (m) => median(m.cpuMs)],
  ['hover right after a keystroke, ms', (m) => median(m.hoverMs)],
  ['completion right after a keystroke, ms', (m) => median(m.completionMs)],
  ['first diagnostics, ms', (m) => m.firstDiagnosticsMs],
  ['peak memory, MB', (m) => m.peakMb],
];

const elements = Number(values.elements);
const edits = Number(values.edits);
const graph = makeGraph(elements);
console.log(
  `${elements} elements, ${graph.edges.length} edges; ${cpus()[0]?.model}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`,
);
for (const many of [false, true]) {
  const peer = await measure([process.execPath, likec4, 'lsp', '--stdio', '--no-use-dot'], likec4Workspace(graph, many), edits);
  const own = await measure([process.execPath, server, '--stdio'], sysdWorkspace(graph, many), edits);
  console.log(
    `\n${many ? `${graph.groups.length} files and more` : 'one file'}\n| | LikeC4 1.59.4 | sysd | ratio |\n| --- | ---: | ---: | ---: |`,
  );
  for (const [title, value] of rows) {
    const [a, b] = [value(peer), value(own)];
    console.log(`| ${title} | ${a.toFixed(0)} | ${b.toFixed(0)} | ${(a / Math.max(b, 1)).toFixed(1)} |`);
  }
}
process.exit(0);

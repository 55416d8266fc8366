// npm run test:endurance -- [--edits 50000] [--warm-up 1000] [--seed 1]
// The built server under random edits with requests in between: every request is answered, nothing fails, memory stays.
import { parseArgs } from 'node:util';
import { buildServer } from './client.ts';
import { endure } from './endure.ts';

const { values } = parseArgs({
  options: {
    edits: { type: 'string', default: '50000' },
    'warm-up': { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
});
const server = await buildServer();
try {
  const begin = performance.now();
  const { requests, faults, difference, before, after } = await endure(server.path, {
    edits: Number(values.edits),
    warmUp: Number(values['warm-up']),
    seed: Number(values.seed),
    progress: (edits, asked, memory) => console.log(`${edits} edits, ${asked} requests, ${memory.toFixed(0)} MB`),
  });
  const ratio = after / before;
  console.log(
    `${values.edits} edits, ${requests} requests in ${((performance.now() - begin) / 1000).toFixed(0)} s; faults: ${faults.length}`,
  );
  console.log(
    `resident memory: ${before.toFixed(0)} MB after ${values['warm-up']} edits, ${after.toFixed(0)} MB at the end: ${ratio.toFixed(2)} times`,
  );
  for (const fault of faults.slice(0, 20)) console.log(fault);
  if (difference)
    console.log(`differs from a fresh server at ${difference.path}\n  grown: ${difference.left}\n  fresh: ${difference.right}`);
  if (faults.length > 0 || difference || ratio > 1.5) process.exitCode = 1;
} finally {
  server.remove();
}

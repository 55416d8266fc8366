// npm run test:equality -- [--edits 100000] [--seed 1] [--length 150]
// Compares a server that grows with edits with fresh ones, run after run, and keeps the seeds of the runs that failed in seeds.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run, THOROUGH } from './run.ts';
import { report, shrink } from './shrink.ts';

const { values } = parseArgs({
  options: {
    edits: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    length: { type: 'string', default: '150' },
  },
});
const [edits, first, length] = [Number(values.edits), Number(values.seed), Number(values.length)];
const path = join(import.meta.dirname, 'seeds.json');

interface Kept {
  readonly seed: number;
  readonly edits: number;
}

let failures = 0;
const begin = performance.now();
for (let done = 0, seed = first; done < edits; done += length, seed++) {
  const failure = await run(seed, length, THOROUGH);
  if (failure) {
    failures++;
    console.log(report(failure, await shrink(failure)));
    const kept = JSON.parse(readFileSync(path, 'utf8')) as Kept[];
    if (!kept.some((k) => k.seed === seed && k.edits >= length)) {
      writeFileSync(path, `${JSON.stringify([...kept, { seed, edits: length }], null, 2)}\n`);
    }
  }
  if ((seed - first) % 20 === 19) {
    const seconds = (performance.now() - begin) / 1000;
    console.log(
      `${done + length} edits, ${failures} failures, ${seconds.toFixed(0)} s, ${((seconds * 1000) / (done + length)).toFixed(1)} ms an edit`,
    );
  }
}
console.log(`${failures === 0 ? 'equal' : `${failures} runs failed; their seeds are in seeds.json`}`);
process.exit(failures === 0 ? 0 : 1);

// Type-checks every package with its own tsconfig. Each pure package is checked without Node and DOM types, so that reaching
// for them is a type error; its tests are checked a second time with Node types (`tsconfig.test.json`).
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const projects = readdirSync('packages')
  .flatMap((name) => [`packages/${name}/tsconfig.json`, `packages/${name}/tsconfig.test.json`, `packages/${name}/webview/tsconfig.json`])
  .concat('scripts/tsconfig.json')
  .filter((path) => existsSync(path));

let failed = false;
for (const project of projects) {
  const run = spawnSync('tsc', ['-p', project, '--noEmit'], { stdio: 'inherit' });
  if (run.status !== 0) {
    console.error(`typecheck: ${project} failed`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
